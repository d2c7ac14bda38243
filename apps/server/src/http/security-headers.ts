const everywhere: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};

const pagePolicy = [
  "default-src 'self'",
  "script-src 'self'",
  // Inline style attributes are how the canvas and the panels are positioned.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** The security headers of every answer. */
export const securityHeaders = ({ https }: { https: boolean }): Record<string, string> => ({
  ...everywhere,
  'content-security-policy': pagePolicy,
  ...(https && { 'strict-transport-security': 'max-age=31536000' }),
});

/** Adds them to an answer; one that brings its own content policy keeps it. */
export function addSecurityHeaders(headers: Headers, options: { https: boolean }): void {
  for (const [name, value] of Object.entries(securityHeaders(options))) {
    if (name !== 'content-security-policy' || !headers.has(name)) headers.set(name, value);
  }
}
