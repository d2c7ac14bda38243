import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectors } from '@weft/connectors';
import { createEngine, createMemoryStore, createMemorySubstrate } from '@weft/engine';
import { catalogueOf, type FlowDocument } from '@weft/flow';
import { createAjvValidator } from '@weft/json-schema/ajv';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { flowOf, http, respond, text, webhook } from '../../../test/flow-parts.ts';
import { createHookIndex } from './hook-index.ts';
import { createListening } from './listening.ts';
import { createWebhookReceiver } from './receiver.ts';

const catalogue = catalogueOf(connectors.map(({ descriptor }) => descriptor));
const log = pino({ level: 'silent' });
let server: Server | undefined;
afterEach(() => void server?.close());

/** A receiver on a real server and a real engine; only the storage and the outside world are in memory. */
async function receiving(document: FlowDocument, options: { deadlineMs?: number; diskFull?: boolean; released?: Promise<void> } = {}) {
  const store = createMemoryStore();
  const substrate = createMemorySubstrate(store);
  const engine = createEngine({
    substrate,
    flows: { load: async () => document },
    runner: {
      async invoke() {
        await options.released;
        return { status: 200, headers: {}, body: 'late' };
      },
    },
    catalogue,
    validator: createAjvValidator(),
  });
  await engine.open();
  if (options.diskFull) substrate.start = () => Promise.reject(new Error('database or disk is full'));
  const flow = { workspaceId: 'ws_1', flowId: 'flow_1', versionId: 'ver_1', number: 1, document, enabled: true };
  const { receive } = createWebhookReceiver({
    hooks: createHookIndex({
      flows: { byWebhookPath: async (workspaceId, path) => (`${workspaceId}/${path}` === 'ws_1/orders' ? flow : null) },
      catalogue,
      secretOf: async () => undefined,
    }),
    listening: createListening(),
    engine,
    limitBytes: () => 1_000,
    refused: () => undefined,
    log,
    deadlineMs: options.deadlineMs,
  });
  const listening = createServer(receive);
  server = listening;
  await new Promise<void>((done) => void listening.listen(0, '127.0.0.1', done));
  const { port } = listening.address() as AddressInfo;
  return { engine, store, substrate, post: () => fetch(`http://127.0.0.1:${port}/hooks/ws_1/orders`, { method: 'POST' }) };
}

test('whoever waits too long for the answer gets the run, which goes on', async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const document = flowOf({
    trigger: webhook({ path: 'orders' }),
    slow: http({ url: text('https://example.com') }),
    respond: respond({ body: text('done') }),
  }, [
    'trigger → slow',
    'slow → respond',
  ]);
  const { post, substrate } = await receiving(document, { deadlineMs: 20, released });
  const response = await post();
  expect(response.status).toBe(202);
  const { runId } = (await response.json()) as { runId: string };
  release();
  await expect.poll(async () => (await substrate.load(runId)).entries.at(-1)).toMatchObject({ stepKey: 'respond', kind: 'succeeded' });
});

test('whoever is told the run instead of the answer is told one that is stored, also where no step has had an effect so far', async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const slow = http({ url: text('https://example.com') }, { config: { method: 'GET' } });
  const { post, store } = await receiving(flowOf({ trigger: webhook({ path: 'orders' }), slow }, ['trigger → slow']), { deadlineMs: 20, released });
  const { runId } = (await (await post()).json()) as { runId: string };
  expect(store.runs.get(runId)?.status).toBe('running');
  release();
  await expect.poll(() => store.runs.get(runId)?.status).toBe('succeeded');
});

test('a call that cannot be stored is not accepted, and the sender is told to come back', async () => {
  const { post } = await receiving(flowOf({ trigger: webhook({ path: 'orders', respond: 'immediately' }) }), { diskFull: true });
  const response = await post();
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await response.text()).not.toContain('disk');
});
