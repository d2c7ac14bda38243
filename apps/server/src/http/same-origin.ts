import { isJson } from './body.ts';
import { Refused } from '../refused.ts';
import type { OwnAddresses } from './own-addresses.ts';

/**
 * Refuses a change of state that another site's page may have sent (CSRF). Browsers name the page's origin; a caller
 * that names none is a program, and has to send JSON, which no plain form can.
 */
export function requireSameOrigin(request: Request, own: OwnAddresses): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  const refused = new Refused(
    403,
    'origin.foreign',
    'This request came from another site, so it was not carried out. If it is the address of this installation, an administrator has to set WEFT_PUBLIC_URL to it.',
  );
  if (origin !== null) {
    if (!own.isOwnOrigin(origin, request.headers.get('host'))) throw refused;
  } else if (site !== null) {
    if (site !== 'same-origin' && site !== 'none') throw refused;
  } else if (request.method === 'POST' && !isJson(request)) {
    throw refused;
  }
}

/** Refuses a request for a name that is none of this installation's, whatever it asks for. */
export function requireOwnHost(request: Request, own: OwnAddresses): void {
  if (own.isOwnHost(request.headers.get('host'))) return;
  throw new Refused(
    421,
    'host.unknown',
    'Weft does not answer under this name. Open it at its own address; a proxy in front has to pass the Host header on, and WEFT_PUBLIC_URL has to name the address.',
  );
}
