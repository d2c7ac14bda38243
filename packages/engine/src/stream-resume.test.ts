import type { Json } from '@weft/json-schema';
import { describe, expect, it } from 'vitest';
import { createMemoryStore, type MemoryStore } from './memory/memory-store.ts';
import { createMemorySubstrate } from './memory/memory-substrate.ts';
import type { Substrate } from './substrate.ts';
import { createDisk, rowStreams, type RowsOptions, type TestDisk } from './testing/rows.ts';
import { begin, benchOf, constant, file, filter, flowOf, fn, mappingOf, overRows, path, respond, send, transform } from './testing/workshop.ts';

const rows = (count: number): Json[] => Array.from({ length: count }, (_, at) => ({ n: at === 4 ? 'broken' : String(at + 1) }));

const flow = flowOf(
  {
    begin: begin(),
    each: overRows({ onItemError: 'collect', collect: path('shape', 'n') }),
    shape: transform({ n: fn('toNumber', path('row', 'n')), id: fn('uuid') }, { in: 'each' }),
    some: filter(fn('notEquals', path('shape', 'n'), constant(3)), { in: 'each' }),
    out: file({ in: 'each', input: mappingOf({ n: path('shape', 'n'), id: path('shape', 'id') }) }),
    answer: respond({ body: path('each') }),
  },
  ['begin → each', 'shape → some', 'some → out', 'each → answer'],
);

/** A process that dies at a commit: before it (nothing of it is stored) or right after it (nobody hears of it). */
function dyingAt(commit: number, when: 'before' | 'after', inner: Substrate): { substrate: Substrate; died: Promise<void> } {
  const { promise: died, resolve } = Promise.withResolvers<void>();
  const silence = new Promise<never>(() => undefined);
  let count = 0;
  let isDead = false;
  const write = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isDead) return silence;
    if (count++ !== commit) return work();
    isDead = true;
    if (when === 'after') await work();
    resolve();
    return silence;
  };
  return {
    died,
    substrate: {
      ...inner,
      commit: (lease, entries, stream) => write(() => inner.commit(lease, entries, stream)),
      finish: (lease, outcome, entries) => write(() => inner.finish(lease, outcome, entries)),
    },
  };
}

interface Told {
  disk: TestDisk;
  store: MemoryStore;
  reads: number[];
}

/** Runs the flow in a process that dies at this commit, and then in one that lives. */
async function killedAt(commit: number, when: 'before' | 'after', options: Partial<RowsOptions> = {}): Promise<Told> {
  const store = createMemoryStore();
  const disk = createDisk();
  const reads: number[] = [];
  const streams = () => {
    const made = rowStreams({ rows: rows(11), disk, onRead: (from) => reads.push(from), ...options });
    return { ...made, sync: undefined };
  };
  const inner = createMemorySubstrate(store);
  await inner.open();
  await inner.start({ runId: 'run_1', payload: {}, workspaceId: 'ws', flowId: 'f', versionId: 'v', mode: 'live', createdAt: 1 });
  const { substrate, died } = dyingAt(commit, when, createMemorySubstrate(store));
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const { sync: _sync, ...first } = streams();
  await benchOf(flow, { substrate, streams: first, publish: (event) => event.type === 'run.finished' && resolve() });
  await Promise.race([died, over]);
  const { sync: _none, ...second } = streams();
  const last = await benchOf(flow, { store, streams: second });
  await last.engine.drain(10_000);
  return { disk, store, reads };
}

describe('a stream whose process dies', () => {
  it('at any commit, before or after it, ends as if nothing had happened', async () => {
    const whole = await killedAt(1_000, 'before');
    const answer = whole.store.runs.get('run_1')?.outcome?.answer;
    expect(answer?.body).toMatchObject({ read: 11, succeeded: 9, failed: 1, skipped: 1, items: [1, 2, 4, 6, 7, 8, 9, 10, 11] });
    for (let commit = 0; commit < 8; commit += 1) {
      for (const when of ['before', 'after'] as const) {
        const { disk, store } = await killedAt(commit, when);
        expect(disk.lines, `${when} commit ${commit}`).toEqual(whole.disk.lines);
        expect(store.runs.get('run_1')?.outcome).toMatchObject({ status: 'succeeded', answer: { body: { read: 11, succeeded: 9, failed: 1, skipped: 1 } } });
        expect(store.letters.map(({ batch, index, record }) => ({ batch, index, record }))).toEqual([{ batch: 1, index: 1, record: { n: 'broken' } }]);
      }
    }
  });

  it('begins again where its source cannot go on, says so, and leaves nothing twice', async () => {
    const { disk, store } = await killedAt(1, 'after', { resumable: false });
    const whole = await killedAt(1_000, 'before', { resumable: false });
    expect(disk.lines).toEqual(whole.disk.lines);
    expect(store.letters).toHaveLength(1);
    const { entries = [], progress } = store.runs.get('run_1') ?? {};
    if (progress?.get('each')?.restarts === 0) return;
    expect(entries.find(({ stepKey, kind }) => stepKey === 'each' && kind === 'succeeded')?.warnings?.[0]).toMatch(/began again from the beginning once/);
  });

  it('calls again under the same keys what it had called for a batch that was not committed', async () => {
    const store = createMemoryStore();
    const calling = flowOf({ begin: begin(), each: overRows({ batchSize: 2 }), call: send({ in: 'each', input: mappingOf({ n: path('row', 'n') }) }) }, ['begin → each']);
    const inner = createMemorySubstrate(store);
    await inner.open();
    await inner.start({ runId: 'run_1', payload: {}, workspaceId: 'ws', flowId: 'f', versionId: 'v', mode: 'live', createdAt: 1 });
    const { substrate, died } = dyingAt(1, 'before', createMemorySubstrate(store));
    const first = await benchOf(calling, { substrate, streams: rowStreams({ rows: rows(4).slice(0, 4) }) });
    await died;
    const second = await benchOf(calling, { store, streams: rowStreams({ rows: rows(4) }) });
    await second.engine.drain(10_000);
    const keys = (bench: typeof first) => bench.calls.map(({ idempotencyKey }) => idempotencyKey);
    expect(keys(first)).toEqual(['run_1:each[0:0]/call', 'run_1:each[0:1]/call', 'run_1:each[1:0]/call', 'run_1:each[1:1]/call']);
    expect(keys(second)).toEqual(['run_1:each[1:0]/call', 'run_1:each[1:1]/call']);
  });
});

describe('dead letters that are done again', () => {
  it('keep the keys and ids of the first time, add to what was written, and may fail once more', async () => {
    const store = createMemoryStore();
    const disk = createDisk();
    const first = await benchOf(flow, { store, streams: rowStreams({ rows: [{ n: '1' }, { n: 'a' }, { n: 'b' }], disk }) });
    const { runId, entries } = await first.run();
    const upstream = entries.filter(({ stepKey }) => stepKey === 'begin');
    const mended = flowOf({ ...flow.steps, shape: transform({ n: path('row', 'n'), id: fn('uuid'), bad: fn('equals', path('row', 'n'), constant('b')) }, { in: 'each' }), some: filter(fn('not', path('shape', 'bad')), { in: 'each' }) }, ['begin → each', 'shape → some', 'some → out', 'each → answer']);
    const second = await benchOf(mended, { store, streams: rowStreams({ rows: [], disk }) });
    const again = await second.run({}, { replayOf: runId, effectsOf: runId, entries: upstream, letters: { runId, stepKey: 'each' }, lease: false });
    expect(again.outcome).toMatchObject({ status: 'succeeded' });
    expect(disk.lines.map((line) => (JSON.parse(line) as { n: Json }).n)).toEqual([1, 'a']);
    expect(disk.writes.at(-1)?.keys).toEqual([`${runId}:each[0:1]/out`]);
    expect(store.runs.get(again.runId)?.progress?.get('each')).toMatchObject({ read: 2, succeeded: 1, skipped: 1, finished: true });
  });
});
