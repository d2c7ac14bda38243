import { isJson } from './body.ts';
import { Refused } from '../refused.ts';

/**
 * Refuses a change of state that another site's page may have sent (CSRF). Browsers name the page's origin; a caller
 * that names none is a program, and has to send JSON, which no plain form can.
 * @param publicOrigin - where the installation is reached from outside.
 */
export function requireSameOrigin(request: Request, publicOrigin: string): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  const refused = new Refused(403, 'origin.foreign', 'This request came from another site, so it was not carried out.');
  if (origin !== null) {
    if (origin !== publicOrigin && hostOf(origin) !== request.headers.get('host')) throw refused;
  } else if (site !== null) {
    if (site !== 'same-origin' && site !== 'none') throw refused;
  } else if (request.method === 'POST' && !isJson(request)) {
    throw refused;
  }
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
