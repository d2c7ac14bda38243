import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Json, JsonObject, SourceBatch } from '@weft/connector-sdk';
import { createTestContext } from '@weft/connector-sdk/conformance';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { isRunning, openFiles, tellsChildren } from '../test/children.ts';
import odd from '../test/odd-connector.ts';
import { createGuests, type GuestsOptions } from './index.ts';

const program = fileURLToPath(new URL('../test/guest.ts', import.meta.url));

function start(options: Partial<GuestsOptions> = {}) {
  const guests = createGuests({ program, ...options });
  onTestFinished(() => guests.close());
  const { operations } = guests.isolated(odd);
  const run = (operation: string, input: JsonObject = {}, changes: Parameters<typeof createTestContext>[0] = {}) =>
    operations[operation]!.run!(createTestContext(changes), input, {});
  return { operations, run };
}

const stoppedAfter = (ms: number) => ({ signal: AbortSignal.timeout(ms) });

describe('a call in a guest', () => {
  test('gives what the handler gives, with what it was called with', async () => {
    const { run } = start();
    const connection = { scheme: 's', config: { host: 'x' }, credentials: {} };
    await expect(run('echo', { a: ['ü', 1n as never] }, { connection })).resolves.toMatchObject({ input: { a: ['ü', 1n] }, connection: { host: 'x' } });
  });

  test.each([
    ['refuse', { name: 'InputError', path: ['input', 'name'], message: 'No such name.', kind: 'not_found', retryable: false }],
    ['later', { name: 'RetryableError', retryAfterMs: 7, retryable: true }],
    ['bug', { name: 'UnexpectedError', message: 'Something unexpected happened: x is not a function' }],
  ])('fails as the handler fails: %s', async (operation, failure) => {
    await expect(start().run(operation)).rejects.toMatchObject(failure);
  });

  test('gets what the host lends by asking for it, and its refusals', async () => {
    const context = createTestContext({
      egress: {
        http: { request: async ({ url }) => ({ status: url.length, headers: {}, url, body: new Uint8Array() }) },
        net: { resolve: async () => ({ address: '192.0.2.1', family: 4 }) },
      },
    });
    const { operations } = start();
    await expect(operations['lent']!.run!(context, {}, {})).resolves.toEqual({
      address: '192.0.2.1',
      text: 'written',
      refused: ['config', 'file'],
      status: 17,
    });
    expect([context.warned, context.logged]).toEqual([['careful'], [{ message: 'said', details: { a: 1 } }]]);
  });

  test.each([0, 1, 499, 500, 501, 20_000])('gives %i rows whole', async (count) => {
    const { rows } = (await start().run('rows', { count })) as { rows: Json[] };
    expect(rows).toHaveLength(count);
    expect(rows.at(-1)).toEqual(count === 0 ? undefined : { id: count - 1, title: `t${count - 1}` });
  });

  test('gives no more than a host has room for', async () => {
    await expect(start().run('much')).rejects.toMatchObject({ kind: 'unsupported', message: expect.stringContaining('32 MB') });
  });

  test.runIf(tellsChildren)('has no environment, reads and writes nothing of the machine, and has none of our files open', async () => {
    const ours = openSync(program, 'r');
    onTestFinished(() => closeSync(ours));
    process.env['WEFT_CANARY'] = 'x';
    onTestFinished(() => void delete process.env['WEFT_CANARY']);
    const { run } = start();
    const { env, passwd, writes } = (await run('look')) as { env: string[]; passwd: string; writes: string };
    // What the shell and Node's channel set is of no interest to anybody.
    expect(env.filter((name) => !/^(?:PWD|TZ|NODE_CHANNEL_\w+|SHLVL|_|OLDPWD)$/.test(name))).toEqual([]);
    expect([passwd, writes]).toEqual(['ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED']);
    const { pid } = (await run('echo')) as { pid: number };
    expect(openFiles(pid).filter((path) => path.includes('/guests/test/'))).toEqual([]);
  });
});

describe('a guest that ends in the middle of its call', () => {
  test('is replaced once for what only reads', async () => {
    await expect(start().run('die-once')).resolves.toEqual({ died: 'once' });
  });

  test('twice, ends the call with a sentence, and nothing else', async () => {
    const { run } = start();
    const beside = run('rows', { count: 3 });
    await expect(run('die')).rejects.toMatchObject({ name: 'TerminalError', kind: 'upstream', message: expect.stringContaining('could not be read') });
    await expect(beside).resolves.toMatchObject({ count: 3 });
    await expect(run('rows', { count: 1 })).resolves.toMatchObject({ count: 1 });
  });

  test('says what it died of, where it can', async () => {
    await expect(start().run('throw-outside')).rejects.toThrow(/Unknown message 7/);
  });

  test.each(['fill', 'allocate'])('by its memory is said to need too much of it: %s', { timeout: 60_000 }, async (operation) => {
    await expect(start().run(operation)).rejects.toMatchObject({ name: 'TerminalError' });
  });

  test('of a change is never replaced: nobody knows what it did', async () => {
    const { operations, run } = start();
    const unknown = { name: 'TerminalError', message: expect.stringContaining('nobody knows whether it was done') };
    await expect(run('change')).rejects.toMatchObject(unknown);
    await expect(operations['change']!.write!(createTestContext(), [{}], {}, { keyOf: String, adds: false })).rejects.toMatchObject(unknown);
  });
});

describe('a call that takes too long', () => {
  test('is told to end, and its guest serves the next', async () => {
    const { run } = start();
    const { pid } = (await run('echo')) as { pid: number };
    await expect(run('wait', {}, stoppedAfter(50))).rejects.toMatchObject({ message: 'Told to end.' });
    await expect(run('echo')).resolves.toMatchObject({ pid });
  });

  test('is killed where it does not hear, and the host stays awake', async () => {
    const { run } = start();
    let turns = 0;
    const awake = setInterval(() => (turns += 1), 5);
    await expect(run('spin', {}, stoppedAfter(1_500))).rejects.toMatchObject({ kind: 'timeout', retryable: true });
    clearInterval(awake);
    expect(turns).toBeGreaterThanOrEqual(20);
    await expect(run('rows', { count: 1 })).resolves.toMatchObject({ count: 1 });
  });

  test('is given up while it waits for its turn', async () => {
    const { run } = start({ maxCalls: 1 });
    const first = run('wait', {}, stoppedAfter(2_000));
    await expect(run('echo', {}, stoppedAfter(100))).rejects.toMatchObject({ kind: 'timeout' });
    await expect(first).rejects.toThrow(/Told to end/);
  });
});

describe('guests', () => {
  test('serve one workspace each, and the same one again', async () => {
    const { run } = start();
    const pidFor = async (workspaceId: string) => ((await run('echo', {}, { workspaceId })) as { pid: number }).pid;
    const [first, other] = [await pidFor('ws_1'), await pidFor('ws_2')];
    expect(other).not.toBe(first);
    expect([await pidFor('ws_1'), await pidFor('ws_2')]).toEqual([first, other]);
  });

  test('are as many as are allowed, of one workspace half of them; a neighbour gets its turn at once', async () => {
    const { run } = start({ maxCalls: 4 });
    const all = Promise.allSettled(Array.from({ length: 10 }, () => run('wait', {}, stoppedAfter(3_000))));
    await expect(run('rows', { count: 1 }, { workspaceId: 'ws_2' })).resolves.toMatchObject({ count: 1 });
    const pids = await Promise.all(Array.from({ length: 20 }, async () => ((await run('echo', {}, { workspaceId: 'ws_3' })) as { pid: number }).pid));
    expect(new Set(pids).size).toBeLessThanOrEqual(2);
    await all;
  });

  test.runIf(tellsChildren)('end when nobody has used them for a while', async () => {
    const { run } = start({ keptMs: 1 });
    const { pid } = (await run('echo')) as { pid: number };
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 10_000 });
  });

  test.runIf(tellsChildren)('end soon after a host that is killed, whatever they do', { timeout: 60_000 }, async () => {
    const host = hostOf('spin');
    const [line] = (await once(host.stdout ?? host, 'data')) as [Buffer];
    const pid = Number(line.toString());
    expect(isRunning(pid)).toBe(true);
    host.kill('SIGKILL');
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 30_000, interval: 100 });
  });
});

describe('a stream from a guest', () => {
  const read = (input: JsonObject, batchSize = 10, { operations } = start(), cursor?: Json) =>
    operations['numbers']!.read!(createTestContext(), input, {}, { batchSize, cursor });
  const numbersOf = (batches: SourceBatch[]) => batches.flatMap(({ records }) => records.map((record) => (record as { n: number }).n));

  test('has all batches in their order, with their cursors', async () => {
    const batches = await all(read({ to: 95 }));
    expect(numbersOf(batches)).toEqual(Array.from({ length: 95 }, (_, n) => n));
    expect(batches.map(({ cursor }) => cursor)).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
  });

  test('goes on behind the last batch when its guest dies', async () => {
    expect(numbersOf(await all(read({ to: 95, diesAt: [10, 20] })))).toHaveLength(95);
    expect(numbersOf(await all(read({ to: 95, diesAt: [40] })))).toEqual(Array.from({ length: 95 }, (_, n) => n));
  });

  test('fails where it cannot go on', async () => {
    await expect(all(read({ to: 95, diesAt: [70], noCursor: true }))).rejects.toMatchObject({ name: 'TerminalError' });
  });

  test('that is left early leaves its guest to the next', async () => {
    const started = start();
    for await (const { records } of read({ to: 1_000_000 }, 10, started)) {
      expect(records).toHaveLength(10);
      break;
    }
    const { calls } = (await started.run('echo')) as { calls: number };
    expect(calls).toBe(2);
  });

  test('does not wait for ever for the place of another one', { timeout: 30_000 }, async () => {
    const started = start({ maxStreams: 1, patienceMs: 100 });
    for await (const _outer of read({ to: 20 }, 10, started)) expect(numbersOf(await all(read({ to: 20 }, 10, started)))).toHaveLength(20);
  });
});

async function all(batches: AsyncIterable<SourceBatch>): Promise<SourceBatch[]> {
  const found: SourceBatch[] = [];
  for await (const batch of batches) found.push(batch);
  return found;
}

/** A process that starts a call, says in which guest, and waits. */
function hostOf(operation: string): ChildProcess {
  const from = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const code = `
    import { createGuests } from ${from('./index.ts')};
    import odd from ${from('../test/odd-connector.ts')};
    const { operations } = createGuests({ program: ${JSON.stringify(program)} }).isolated(odd);
    const context = { workspaceId: 'w', runId: 'r', idempotencyKey: 'k', now: new Date(), signal: new AbortController().signal };
    const { pid } = await operations.echo.run(context, {}, {});
    void operations.${operation}.run(context, {}, {});
    setTimeout(() => console.log(pid), 300);`;
  const host = spawn(process.execPath, ['--input-type=module', '--eval', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void host.kill('SIGKILL'));
  return host;
}
