import {
  type ConnectionValues, REDACTED, RetryableError, TerminalError, type Connector, type OperationContext,
} from '@weft/connector-sdk';
import type { LentFiles } from '../stores/files/file-store.ts';
import { customAuth, secret } from '@weft/connector-sdk/author';
import { connector, operation } from '@weft/connector-sdk/testing';
import { createEgress } from '@weft/egress';
import type { OperationCall } from '@weft/engine';
import type { JsonObject } from '@weft/json-schema';
import pino from 'pino';
import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createRunner } from './runner.ts';

const canary = 'canary-of-the-vault';
const values: ConnectionValues = { scheme: 'own', config: {}, credentials: { user: 'ada', pass: canary } };
const passOf = ({ connection }: OperationContext): string => String(connection?.credentials['pass']);

/** Gives away what it can, by every way there is. */
const leaky: Connector = {
  descriptor: connector({
    id: 'leaky',
    auth: [customAuth({ id: 'own', title: 'Own', fields: z.object({ user: z.string(), pass: secret({ title: 'Pass' }) }) })],
    operations: ['act', 'list', 'put'].map((id) => operation(id)),
  }),
  operations: {
    act: {
      async run(context, { fails }) {
        context.log(`with ${passOf(context)}`, { pass: [passOf(context)] });
        if (fails === true) throw new RetryableError(`not with ${passOf(context)}`, { retryAfterMs: 7 });
        return { pass: passOf(context), basic: Buffer.from(`ada:${passOf(context)}`).toString('base64') };
      },
      options: { all: async (context) => [{ value: passOf(context), title: 'One' }] },
      poll: async (context) => ({ items: [{ id: '1', value: passOf(context) }], cursor: null, more: false }),
    },
    list: {
      async *read(context) {
        yield { records: [passOf(context)], cursor: { at: 1 } };
        throw new Error(`broken by ${passOf(context)}`);
      },
    },
    put: {
      write: async (context, inputs) => ({
        state: { length: 3 },
        outputs: [{ pass: passOf(context) }, ...inputs.slice(2).map(({ megabytes }) => 'x'.repeat(Number(megabytes) << 20))],
        failures: [{ index: 1, error: new TerminalError(`no ${passOf(context)}`, { kind: 'conflict' }) }],
      }),
      sync: async (context) => Promise.reject(new Error(passOf(context))),
    },
  },
  testConnection: async (context) => `Signed in with ${passOf(context)}.`,
};
let [inside, most] = [0, 0];
/** Takes no more than two calls at once, and gives back where it could go. */
const narrow: Connector = {
  descriptor: connector({
    id: 'narrow',
    operations: [operation('act', { limits: { concurrency: 2 } })],
    governance: { allowedHosts: ['api.example.com'], dataClasses: [] },
  }),
  operations: {
    act: {
      async run({ http, net, signal: ending }, { url, host }) {
        most = Math.max(most, (inside += 1));
        try {
          await new Promise(setImmediate);
          if (url !== undefined) await http.request({ method: 'GET', url: String(url), signal: ending });
          if (host !== undefined) await net.resolve(String(host), 25);
          return null;
        } finally {
          inside -= 1;
        }
      },
    },
  },
};
/** Has a way to connect of the same name. */
const other: Connector = {
  descriptor: connector({ id: 'other', auth: leaky.descriptor.auth, operations: [operation('act')] }),
  operations: { act: { run: async () => null } },
};

const lines: string[] = [];
beforeEach(() => void lines.splice(0));
const { http, net } = createEgress({ allowed: () => [] });
const opened = { id: 'conn_1', workspaceId: 'ws_1', connector: 'leaky', version: 1, values };
const runner = createRunner({
  connectors: [leaky, narrow, other],
  http,
  net,
  openConnection: async (workspaceId, id) => (workspaceId === opened.workspaceId && id === opened.id ? opened : null),
  renewConnection: async (used) => used,
  // Nothing here has to do with files.
  filesOf: () => ({ ended: () => undefined }) as LentFiles,
  log: pino({ base: null }, { write: (line: string) => void lines.push(line) }),
});

const { signal } = new AbortController();
const refTo = (id: string, from = 'leaky') => ({ connector: from, version: '1.0.0', operation: id });
const call = (id: string, input: JsonObject = {}, changes: Partial<OperationCall> = {}): OperationCall => ({
  // The engine's own matters stay out of this.
  run: { workspaceId: 'ws_1', runId: 'run_1' } as OperationCall['run'],
  stepKey: 'a', attempt: 1, use: refTo(id), connection: opened.id, config: {}, input, signal, idempotencyKey: 'run_1:a', startedAt: 0, ...changes,
});

describe('no secret of the connection leaves connector code', () => {
  test('in a result, whole or in the form in which HTTP writes it', async () => {
    await expect(runner.invoke(call('act'))).resolves.toEqual({ pass: REDACTED, basic: REDACTED });
  });

  test('in an error, which keeps its class and what it decides', async () => {
    const failed = runner.invoke(call('act', { fails: true }));
    await expect(failed).rejects.toBeInstanceOf(RetryableError);
    await expect(failed).rejects.toMatchObject({ message: `not with ${REDACTED}`, retryAfterMs: 7 });
  });

  test('in a log', async () => {
    await runner.invoke(call('act'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(REDACTED);
    expect(lines[0]).not.toContain(canary);
  });

  test('in the batches of a source, nor in how it ends', async () => {
    const batches = runner.read!(call('list'), { batchSize: 10 })[Symbol.asyncIterator]();
    await expect(batches.next()).resolves.toEqual({ done: false, value: { records: [REDACTED], cursor: { at: 1 } } });
    await expect(batches.next()).rejects.toMatchObject({ message: `Something unexpected happened: broken by ${REDACTED}` });
  });

  test('in what a sink gives and refuses; its state stays as it is', async () => {
    const written = await runner.write!(call('put'), [{}, {}], { keyOf: String, adds: false });
    expect(written).toMatchObject({
      state: { length: 3 },
      outputs: [{ pass: REDACTED }],
      failures: [{ index: 1, error: { message: `no ${REDACTED}`, kind: 'conflict' } }],
    });
    await expect(runner.sync!(call('put'), {})).rejects.toThrow(`Something unexpected happened: ${REDACTED}`);
  });

  test('in choices, in what is new, and in what a test of it says', async () => {
    const question = { workspaceId: 'ws_1', use: refTo('act'), connection: opened.id, config: {}, signal };
    await expect(runner.options({ ...question, source: 'all' })).resolves.toEqual([{ value: REDACTED, title: 'One' }]);
    await expect(runner.poll({ ...question, request: { cursor: null, baseline: false, limit: 1 } })).resolves.toMatchObject({ items: [{ value: REDACTED }] });
    await expect(runner.testConnection(opened, signal)).resolves.toBe(`Signed in with ${REDACTED}.`);
  });
});

test.each<[string, Partial<OperationCall>]>([
  ['of another connector', { use: refTo('act', 'other') }],
  ['of another workspace', { run: { workspaceId: 'ws_2', runId: 'run_1' } as OperationCall['run'] }],
  ['that is gone', { connection: 'conn_2' }],
])('a connection %s is not lent', async (_title, changes) => {
  await expect(runner.invoke(call('act', {}, changes))).rejects.toMatchObject({ path: ['connection'] });
});

test('one record of a stream may give as much as one step of a run, and no more', async () => {
  const { outputs, failures = [] } = await runner.write!(call('put'), [{}, {}, { megabytes: 15 }, { megabytes: 17 }], { keyOf: String, adds: false });
  expect(outputs).toHaveLength(3);
  expect(failures.map(({ index, error }) => [index, error.kind])).toEqual([[1, 'conflict'], [2, 'unsupported']]);
});

describe('what an operation declares holds, whatever its code does', () => {
  const free = { use: refTo('act', 'narrow'), connection: undefined };

  test('no more calls at once than it takes; the others wait, and one that fails gives its place back', async () => {
    const inputs = Array.from({ length: 20 }, (_, index): JsonObject => (index % 2 === 0 ? {} : { host: 'evil.example' }));
    await Promise.allSettled(inputs.map((input) => runner.invoke(call('act', input, free))));
    expect(most).toBe(2);
    await expect(runner.invoke(call('act', {}, free))).resolves.toBeNull();
  });

  test.each<JsonObject>([{ url: 'https://evil.example/' }, { host: 'evil.example' }])('it reaches no host that is not named: %o', async (input) => {
    await expect(runner.invoke(call('act', input, free))).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('only api.example.com') as string,
    });
  });
});
