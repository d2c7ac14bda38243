/** The files of a new connector: one action over HTTP with a connection, its icon and its tests. They pass as they are. */
export function connectorFiles(id: string): Record<string, string> {
  const title = id.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
  return { 'index.ts': index(id, title), 'connection.ts': connection(title), 'get-item.ts': operation(title), 'icon.ts': icon, [`${id}.test.ts`]: tests };
}

const index = (id: string, title: string) => `import { bearerAuth, defineConnector } from '@weft/connector-sdk/author';
import { call, connectionConfig } from './connection.ts';
import { getItem } from './get-item.ts';
import { icon } from './icon.ts';

export default defineConnector({
  id: '${id}',
  version: '1.0.0',
  title: '${title}',
  description: 'Reads items from ${title}.',
  icon,
  categories: ['Web'],
  auth: [bearerAuth({ hostSetting: 'baseUrl' })],
  connectionConfig,
  operations: [getItem],
  async testConnection(context) {
    await call(context, '/items');
    return '${title} accepted the credentials.';
  },
});
`;

const connection = (title: string) => `import type { Json, OperationContext } from '@weft/connector-sdk';
import { errorForAnswer, readJson } from '@weft/connector-sdk/author';
import { z } from 'zod';

export const connectionConfig = z.object({
  baseUrl: z.url().meta({ title: 'Address', description: 'Where ${title} answers.', examples: ['https://api.example.com/v1'] }),
});

/** One call to ${title}, with the credentials that Weft adds. Every failing status becomes an error that says whether to try again. */
export async function call({ http, signal, connection }: OperationContext, path: string): Promise<Json> {
  const answer = await http.request({
    method: 'GET',
    url: \`\${String(connection?.config['baseUrl']).replace(/\\/$/, '')}\${path}\`,
    headers: { accept: 'application/json' },
    signal,
  });
  const failed = errorForAnswer(answer);
  if (failed !== undefined) throw failed;
  return readJson(answer);
}
`;

const operation = (title: string) => `import {
  accessDenied, authFailed, brokenAnswer, defineAction, notFound, rateLimited, upstreamFailed,
} from '@weft/connector-sdk/author';
import { z } from 'zod';
import { call } from './connection.ts';

const item = z.object({
  id: z.string().meta({ title: 'Id' }),
  name: z.string().meta({ title: 'Name' }),
});

/** Reads one item by its id. */
export const getItem = defineAction({
  id: 'get-item',
  title: 'Get an item',
  description: 'Reads one item of ${title} by its id.',
  summary: 'Item {input.id}',
  connection: 'required',
  effect: 'read',
  input: z.object({ id: z.string().min(1).meta({ title: 'Id', examples: ['42'] }) }),
  output: item,
  failures: [authFailed('401'), accessDenied('403'), notFound('404'), rateLimited('429'), upstreamFailed('5xx'), brokenAnswer()],
  samples: [{ title: 'An item', input: { id: '42' }, output: { id: '42', name: 'Tea' } }],

  async run(context, { id }) {
    // Weft checks the answer against \`item\` before the next step sees it.
    return (await call(context, \`/items/\${encodeURIComponent(id)}\`)) as z.input<typeof item>;
  },
});
`;

const icon = `/** A box. */
export const icon = \`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="m12 3 8 4.5v9L12 21l-8-4.5v-9Z"/><path d="m4 7.5 8 4.5 8-4.5"/><path d="M12 12v9"/></svg>\`;
`;

const tests = `import { describeConnector } from '@weft/connector-sdk/conformance';
import { expect, test } from 'vitest';
import { createTestContext, loopbackEgress } from '../../test/context.ts';
import { startServer } from '../../test/echo-server.ts';
import connector from './index.ts';

const connectionTo = (origin: string) => ({ scheme: 'bearer', config: { baseUrl: origin }, credentials: { token: 'canary-token' } });

describeConnector(connector, {
  egress: loopbackEgress,
  faults: { 'get-item': ({ origin }) => ({ input: { id: '42' }, connection: connectionTo(origin) }) },
});

test('an item is asked for by its id, with the token', async () => {
  const { origin, requests } = await startServer((_request, response) => void response.end(JSON.stringify({ id: 'a/b', name: 'Tea' })));
  const context = createTestContext({ connector, connection: connectionTo(origin) });
  await expect(connector.operations['get-item']?.run?.(context, { id: 'a/b' }, {})).resolves.toEqual({ id: 'a/b', name: 'Tea' });
  expect(requests[0]).toMatchObject({ url: '/items/a%2Fb', headers: { authorization: 'Bearer canary-token' } });
});

test('a connection can be tested', async () => {
  const { origin } = await startServer((_request, response) => void response.end('[]'));
  await expect(connector.testConnection?.(createTestContext({ connector, connection: connectionTo(origin) }))).resolves.toContain('accepted');
});
`;
