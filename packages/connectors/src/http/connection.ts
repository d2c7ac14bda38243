import { InputError, type ConnectionValues, type JsonObject } from '@weft/connector-sdk';
import { apiKeyAuth, basicAuth, bearerAuth, choice, noAuth } from '@weft/connector-sdk/author';
import { z } from 'zod';

const host = z
  .string()
  .min(1)
  .meta({
    title: 'Host',
    description: 'The credentials are sent to this host only, as in api.example.com or api.example.com:8443. Several are separated by commas; *.example.com stands for every host below.',
    examples: ['api.example.com'],
  });

export const connectionConfig = z.object({ host });

export const auth = [
  bearerAuth(),
  basicAuth(),
  apiKeyAuth({
    config: z.object({
      host,
      placement: choice({ header: 'In a header', query: 'In the address (query)' }, { title: 'Where the key goes' }).default('header'),
      name: z.string().min(1).regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/).meta({ title: 'Name', description: 'Of the header or the query parameter.', examples: ['X-API-Key', 'api_key'] }).default('X-API-Key'),
      prefix: z.string().meta({ title: 'Before the key', description: 'Some services want a word before the key, as in "Token".' }).optional(),
    }),
  }),
  noAuth(),
];

/**
 * Adds the connection's credentials to a request, if it goes where they belong.
 * @throws {InputError} at `input.url` when it goes anywhere else: a mapping must not carry credentials away.
 */
export function authorize(connection: ConnectionValues, url: URL, headers: Record<string, string>): void {
  if (connection.scheme === 'none') return;
  const allowed = hostsOf(connection.config);
  if (!allowed.some((entry) => isHost(entry, url))) {
    throw new InputError(
      ['input', 'url'],
      `The chosen connection is for ${allowed.join(', ')}, and this address goes to ${url.host}. Nothing was sent. Correct the address, or choose another connection.`,
    );
  }
  schemes[connection.scheme]?.(connection, url, headers);
}

/** The first host of a connection, as the address that a test calls. */
export function testAddress(config: JsonObject): string {
  const entry = (hostsOf(config)[0] ?? '').replace(/^\*\./, '');
  const isLocal = /^(localhost|127\.|\[::1\])/.test(entry);
  return `${isLocal ? 'http' : 'https'}://${entry}/`;
}

/** The values that must not appear in any message. */
export function secretsOf({ credentials }: ConnectionValues): string[] {
  return [text(credentials['token']), text(credentials['password']), text(credentials['key']), basicValue(credentials)].filter((value) => value !== '');
}

const schemes: Record<string, (connection: ConnectionValues, url: URL, headers: Record<string, string>) => void> = {
  bearer: ({ credentials }, _url, headers) => {
    headers['authorization'] = `Bearer ${text(credentials['token'])}`;
  },
  basic: ({ credentials }, _url, headers) => {
    headers['authorization'] = `Basic ${basicValue(credentials)}`;
  },
  'api-key': ({ credentials, config }, url, headers) => {
    const prefix = text(config['prefix']).trim();
    const value = `${prefix === '' ? '' : `${prefix} `}${text(credentials['key'])}`;
    const name = text(config['name']) || 'X-API-Key';
    if (config['placement'] === 'query') url.searchParams.set(name, value);
    else headers[name.toLowerCase()] = value;
  },
};

function basicValue(credentials: JsonObject): string {
  return Buffer.from(`${text(credentials['username'])}:${text(credentials['password'])}`).toString('base64');
}

function hostsOf(config: JsonObject): string[] {
  // People paste whole addresses; the host is what counts.
  return text(config['host'])
    .split(',')
    .map((entry) => entry.trim().toLowerCase().replace(/^https?:\/\//, '').replace(/[/?#].*$/s, ''))
    .filter((entry) => entry !== '');
}

/** An entry without a port stands for the usual ports of http and https: another port is another service. */
function isHost(entry: string, url: URL): boolean {
  if (entry.startsWith('*.')) {
    const parent = entry.slice(1);
    return url.host.endsWith(parent) && url.host.length > parent.length;
  }
  return normalHost(entry, url.protocol) === url.host;
}

/** As the URL standard writes hosts: without the usual port, and 127.1 as 127.0.0.1. */
function normalHost(entry: string, protocol: string): string | undefined {
  return URL.parse(`${protocol}//${entry}/`)?.host;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
