import { RetryableError } from '@weft/connector-sdk';
import { describe, expect, it } from 'vitest';
import { createMemoryStore, createMemorySubstrate, Parked, type OperationLimits, type QueueReason } from './index.ts';
import { createDisk, rowStreams } from './testing/row-streams.ts';
import { begin, benchOf, file, flowOf, forEach, mappingOf, overRows, path, send } from './testing/workshop.ts';

const limitsOf = (calls: number, perMs: number): OperationLimits => ({
  bucketsOf: ({ connection }) => [{ name: connection ?? 'all', limit: { calls, perMs }, of: 'connection' }],
  isHeld: () => false,
});

const startedAt = 1_700_000_000_000;
const single = flowOf({ begin: begin(), send: send() }, ['begin → send']);

describe('a rate limit', () => {
  it('lets every call of a loop have its turn', async () => {
    const flow = flowOf({ begin: begin(), each: forEach(), send: send({ in: 'each' }) }, ['begin → each']);
    const clock = { now: startedAt };
    const bench = await benchOf(flow, { limits: limitsOf(100, 2_000), now: () => clock.now });
    expect((await bench.run({ items: Array.from({ length: 15 }, (_, at) => at) })).outcome.status).toBe('succeeded');
    expect(bench.calls).toHaveLength(15);
    // The clock stood still, so all of them were counted at the same moment: ten at once, the others one after another.
    expect(await bench.substrate.take('all', { calls: 100, perMs: 2_000 }, clock.now)).toBe(132);
  });

  it('that is far away parks the run, which says what it waits for, and calls once its time has come', async () => {
    const clock = { now: startedAt };
    const bench = await benchOf(single, { limits: limitsOf(1, 60_000), now: () => clock.now });
    await bench.run();
    const { runId, finished } = await bench.engine.start(bench.newRun(), { lease: true });
    await expect(finished).rejects.toThrow(Parked);
    expect(bench.calls).toHaveLength(1);
    expect(bench.store.runs.get(runId)?.status).toBe('waiting');
    const { entries } = await bench.substrate.load(runId);
    const rate = { calls: 1, perMs: 60_000, of: 'connection' };
    expect(entries.at(-1)).toMatchObject({ stepKey: 'send', kind: 'started', wait: { until: startedAt + 60_000, rate } });

    clock.now += 60_000;
    await bench.substrate.wake(clock.now);
    bench.engine.recheck();
    await expect.poll(() => bench.store.runs.get(runId)?.status).toBe('succeeded');
    expect(bench.calls).toHaveLength(2);
    // Its place was counted when it began to wait: the next one waits one stretch, not two.
    expect(await bench.substrate.take('all', { calls: 1, perMs: 60_000 }, clock.now)).toBe(60_000);
  });

  it('counts each connection by itself', async () => {
    const flow = flowOf({ begin: begin(), one: send({ connection: 'conn_1' }), two: send({ connection: 'conn_2' }) }, ['begin → one', 'one → two']);
    const bench = await benchOf(flow, { limits: limitsOf(1, 3_600_000) });
    expect((await bench.run()).outcome.status).toBe('succeeded');
  });
});

describe('a rate limit in a stream', () => {
  it('makes its records wait in memory, since a stream is not put aside for one of them', async () => {
    const flow = flowOf({ begin: begin(), each: overRows(), send: send({ in: 'each' }) }, ['begin → each']);
    const bench = await benchOf(flow, { limits: limitsOf(20, 300), streams: rowStreams({ rows: Array.from({ length: 25 }, (_, at) => ({ at })) }) });
    expect((await bench.run()).outcome.status).toBe('succeeded');
    expect(bench.calls).toHaveLength(25);
  });
});

describe('a connector version that is switched off', () => {
  it('sends a run that reaches it back into the queue, where it waits; what was done is not done again', async () => {
    let held = false;
    const reason: QueueReason = { kind: 'connector', connector: 'workshop', version: '1.0.0', note: 'Broken' };
    const store = createMemoryStore();
    const flow = flowOf({ begin: begin(), first: send(), second: send() }, ['begin → first', 'first → second']);
    const bench = await benchOf(flow, {
      store,
      substrate: createMemorySubstrate(store, { holdOn: () => (held ? reason : undefined) }),
      limits: { bucketsOf: () => [], isHeld: () => held },
      handle: ({ stepKey }) => {
        if (stepKey === 'first') held = true;
        return {};
      },
    });
    const { runId, finished } = await bench.engine.start(bench.newRun(), { lease: true });
    await expect(finished).rejects.toThrow(Parked);
    await expect.poll(() => store.runs.get(runId)?.status, { timeout: 5_000 }).toBe('queued');
    expect(await bench.engine.whyQueued([runId])).toEqual({ [runId]: reason });
    expect(bench.calls.map(({ stepKey }) => stepKey)).toEqual(['first']);
    held = false;
    bench.engine.recheck();
    await expect.poll(() => store.runs.get(runId)?.status).toBe('succeeded');
    expect(bench.calls.map(({ stepKey }) => stepKey)).toEqual(['first', 'second']);
  });
});

describe('a stream whose run is held back', () => {
  it('goes back into the queue after its batch, and on from there when it may', async () => {
    let held = false;
    const disk = createDisk();
    const reads: number[] = [];
    const store = createMemoryStore();
    const flow = flowOf({ begin: begin(), each: overRows(), out: file({ in: 'each', input: mappingOf({ n: path('row', 'n') }) }) }, ['begin → each']);
    const bench = await benchOf(flow, {
      store,
      substrate: createMemorySubstrate(store, { holdOn: () => (held ? { kind: 'paused' } : undefined) }),
      limits: { bucketsOf: () => [], isHeld: () => false, holdsBack: () => held },
      streams: rowStreams({
        rows: Array.from({ length: 9 }, (_, n) => ({ n })),
        disk,
        onRead(from) {
          reads.push(from);
          if (reads.length === 2) held = true;
        },
      }),
    });
    const { runId, finished } = await bench.engine.start(bench.newRun(), { lease: true });
    await expect(finished).rejects.toThrow(Parked);
    await expect.poll(() => store.runs.get(runId)?.status, { timeout: 5_000 }).toBe('queued');
    expect(disk.lines.length).toBeLessThan(9);
    held = false;
    bench.engine.recheck();
    await expect.poll(() => store.runs.get(runId)?.status).toBe('succeeded');
    expect(disk.lines).toEqual(Array.from({ length: 9 }, (_, n) => JSON.stringify({ n })));
    // Nothing before the place where it stood is read again.
    expect(reads.filter((from) => from === 0)).toHaveLength(1);
  });

  it('goes on to its end where its source could not go on in the middle', async () => {
    const flow = flowOf({ begin: begin(), each: overRows() }, ['begin → each']);
    const bench = await benchOf(flow, {
      limits: { bucketsOf: () => [], isHeld: () => false, holdsBack: () => true },
      streams: rowStreams({ rows: Array.from({ length: 9 }, (_, n) => ({ n })), resumable: false }),
    });
    expect((await bench.run()).outcome.status).toBe('succeeded');
  });
});

describe('a far retry', () => {
  it('parks the run instead of holding it in memory', async () => {
    const clock = { now: startedAt };
    const flow = flowOf({ begin: begin(), send: send({ retry: { attempts: 2, backoff: 'fixed' } }) }, ['begin → send']);
    let tries = 0;
    const bench = await benchOf(flow, {
      now: () => clock.now,
      handle: () => {
        tries += 1;
        if (tries === 1) throw new RetryableError('Come back in ten minutes.', { kind: 'rate_limited', retryAfterMs: 600_000 });
        return {};
      },
    });
    const { runId, finished } = await bench.engine.start(bench.newRun(), { lease: true });
    await expect(finished).rejects.toThrow(Parked);
    expect(bench.store.runs.get(runId)?.status).toBe('waiting');
    clock.now += 600_000;
    await bench.substrate.wake(clock.now);
    bench.engine.recheck();
    await expect.poll(() => bench.store.runs.get(runId)?.status).toBe('succeeded');
    expect(tries).toBe(2);
  });
});
