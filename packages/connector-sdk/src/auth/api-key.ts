import type { AuthSchemeOf, Said } from '../descriptor.ts';
import { replaceParameter } from '../query.ts';
import type { ConnectionValues } from '../runtime.ts';
import type { SignedRequest } from './behaviour.ts';
import { textOf } from './marked-secrets.ts';

/** Puts a key where the scheme, or the connection's own settings, say. */
export function putKey({ url, headers }: SignedRequest, { config, credentials }: ConnectionValues, scheme: AuthSchemeOf<'apiKey'>): void {
  const said = (part: Said<string> = ''): string => {
    if (typeof part === 'string') return part;
    return textOf(config[part.setting] ?? scheme.config?.properties?.[part.setting]?.default);
  };
  const name = said(scheme.name);
  const prefix = said(scheme.prefix).trim();
  const value = `${prefix === '' ? '' : `${prefix} `}${textOf(credentials['key'])}`;
  switch (said(scheme.in)) {
    case 'query':
      replaceParameter(url, name, value);
      break;
    case 'cookie':
      headers['cookie'] = withCookie(headers['cookie'] ?? '', name, value);
      break;
    default:
      headers[name.toLowerCase()] = value;
  }
}

/** Replaces a cookie of the same name in the request. */
function withCookie(cookies: string, name: string, value: string): string {
  const others = cookies.split(/;\s*/).filter((cookie) => cookie !== '' && cookie.split('=')[0]?.trim() !== name);
  return [...others, `${name}=${encodeURIComponent(value)}`].join('; ');
}
