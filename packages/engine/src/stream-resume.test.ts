import type { Json } from '@weft/json-schema';
import { describe, expect, it } from 'vitest';
import { createMemoryStore, type MemoryStore } from './memory/memory-store.ts';
import { dyingAt, queueRun, type Death } from './testing/dying-at.ts';
import { createDisk, rowStreams, type RowsOptions, type TestDisk } from './testing/row-streams.ts';
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

interface Told {
  disk: TestDisk;
  store: MemoryStore;
}

/** Runs the flow in a process that dies at this commit, and then in one that lives. */
async function killedAt(death: Death, options: Partial<RowsOptions> = {}): Promise<Told> {
  const store = createMemoryStore();
  const disk = createDisk();
  const streams = () => {
    const { sync: _sync, ...unsynced } = rowStreams({ rows: rows(11), disk, ...options });
    return unsynced;
  };
  await queueRun(store);
  const { substrate, died } = dyingAt(death, store);
  const { promise: over, resolve } = Promise.withResolvers<void>();
  await benchOf(flow, { substrate, streams: streams(), publish: (event) => event.type === 'run.finished' && resolve() });
  await Promise.race([died, over]);
  const last = await benchOf(flow, { store, streams: streams() });
  await last.engine.drain(10_000);
  return { disk, store };
}

const never: Death = { commit: 1_000, when: 'before' };

describe('a stream whose process dies', () => {
  it('at any commit, before or after it, ends as if nothing had happened', async () => {
    const whole = await killedAt(never);
    const answer = whole.store.runs.get('run_1')?.outcome?.answer;
    expect(answer?.body).toMatchObject({ read: 11, succeeded: 9, failed: 1, skipped: 1, items: [1, 2, 4, 6, 7, 8, 9, 10, 11] });
    for (let commit = 0; commit < 8; commit += 1) {
      for (const when of ['before', 'after'] as const) {
        const { disk, store } = await killedAt({ commit, when });
        expect(disk.lines, `${when} commit ${commit}`).toEqual(whole.disk.lines);
        expect(store.runs.get('run_1')?.outcome).toMatchObject({ status: 'succeeded', answer: { body: { read: 11, succeeded: 9, failed: 1, skipped: 1 } } });
        expect(store.letters.map(({ batch, index, record }) => ({ batch, index, record }))).toEqual([{ batch: 1, index: 1, record: { n: 'broken' } }]);
      }
    }
  });

  it('begins again where its source cannot go on, says so, and leaves nothing twice', async () => {
    const { disk, store } = await killedAt({ commit: 1, when: 'after' }, { resumable: false });
    const whole = await killedAt(never, { resumable: false });
    expect(disk.lines).toEqual(whole.disk.lines);
    expect(store.letters).toHaveLength(1);
    const { entries = [], progress } = store.runs.get('run_1') ?? {};
    if (progress?.get('each')?.restarts === 0) return;
    expect(
      entries.find(({ stepKey, kind }) => stepKey === 'each' && kind === 'succeeded')?.warnings?.[0]?.message,
    ).toMatch(/began again from the beginning once/);
  });

  it('calls again under the same keys what it had called for a batch that was not committed', async () => {
    const store = createMemoryStore();
    const calling = flowOf({
      begin: begin(),
      each: overRows({ batchSize: 2 }),
      call: send({ in: 'each', input: mappingOf({ n: path('row', 'n') }) }),
    }, ['begin → each']);
    await queueRun(store);
    const { substrate, died } = dyingAt({ commit: 1, when: 'before' }, store);
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
    const mended = flowOf({
      ...flow.steps,
      shape: transform({ n: path('row', 'n'), id: fn('uuid'), bad: fn('equals', path('row', 'n'), constant('b')) }, { in: 'each' }),
      some: filter(fn('not', path('shape', 'bad')), { in: 'each' }),
    }, ['begin → each', 'shape → some', 'some → out', 'each → answer']);
    const second = await benchOf(mended, { store, streams: rowStreams({ rows: [], disk }) });
    const again = await second.run({}, { replayOf: runId, effectsOf: runId, entries: upstream, deadLetters: { runId, stepKey: 'each' }, lease: false });
    expect(again.outcome).toMatchObject({ status: 'succeeded' });
    expect(disk.lines.map((line) => (JSON.parse(line) as { n: Json }).n)).toEqual([1, 'a']);
    expect(disk.writes.at(-1)?.keys).toEqual([`${runId}:each[0:1]/out`]);
    expect(store.runs.get(again.runId)?.progress?.get('each')).toMatchObject({ read: 2, succeeded: 1, skipped: 1, finished: true });
  });
});
