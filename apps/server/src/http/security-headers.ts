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

/** Adds to every answer what the browser should refuse. An answer that brings its own content policy keeps it. */
export function addSecurityHeaders(headers: Headers, { https }: { https: boolean }): void {
  for (const [name, value] of Object.entries(everywhere)) headers.set(name, value);
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', pagePolicy);
  if (https) headers.set('strict-transport-security', 'max-age=31536000');
}
