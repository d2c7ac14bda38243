import type { JsonObject } from '@weft/connector-sdk';
import { apiKeyAuth, basicAuth, bearerAuth, choice, hostsIn, noAuth } from '@weft/connector-sdk/author';
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
  bearerAuth({ hostSetting: 'host' }),
  basicAuth({ hostSetting: 'host' }),
  apiKeyAuth({
    hostSetting: 'host',
    in: { setting: 'placement' },
    name: { setting: 'name' },
    prefix: { setting: 'prefix' },
    config: z.object({
      host,
      placement: choice({ header: 'In a header', query: 'In the address (query)' }, { title: 'Where the key goes' }).default('header'),
      name: z.string()
        .min(1)
        .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/)
        .meta({ title: 'Name', description: 'Of the header or the query parameter.', examples: ['X-API-Key', 'api_key'] })
        .default('X-API-Key'),
      prefix: z.string().meta({ title: 'Before the key', description: 'Some services want a word before the key, as in "Token".' }).optional(),
    }),
  }),
  noAuth(),
];

/** The first host of a connection, as the address that a test calls. */
export function testAddress(config: JsonObject): string {
  const host = typeof config['host'] === 'string' ? config['host'] : '';
  const entry = (hostsIn(host)[0] ?? '').replace(/^\*\./, '');
  const isLocal = /^(localhost|127\.|\[::1\])/.test(entry);
  return `${isLocal ? 'http' : 'https'}://${entry}/`;
}
