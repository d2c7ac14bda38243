import { describe, expect, it } from 'vitest';
import type { Step } from '@weft/flow';
import type { Json } from '@weft/json-schema';
import { Parked } from './ports.ts';
import { benchAt, startedAt } from './testing/clocked-bench.ts';
import { begin, benchOf, constant, flowOf, forEach, mappingOf, path, respond, send, stop } from './testing/workshop.ts';

const wait = (changes: object = {}): Step => ({ kind: 'wait', title: 'Wait', mode: 'duration', durationMs: 60_000, ...changes });
const forSignal = (changes: object = {}): Step => wait({ mode: 'signal', durationMs: undefined, key: path('begin', 'id'), ...changes });

describe('a wait for a time', () => {
  it('parks the run, which goes on when its time has come', async () => {
    const bench = await benchAt(flowOf({ begin: begin(), hold: wait(), send: send() }, ['begin → hold', 'hold → send']));
    const runId = await bench.park();
    expect(bench.calls).toEqual([]);
    const later = await bench.restart(startedAt + 60_000);
    await later.ended(runId, 'succeeded');
    expect(await later.outputOf(runId, 'hold')).toEqual({ resumedAt: '2026-03-01T10:01:00.000Z' });
    expect(later.calls).toHaveLength(1);
  });

  it('holds no place: others run meanwhile, even in an engine with one', async () => {
    const flow = flowOf({ begin: begin(), hold: wait(), send: send() }, ['begin → hold', 'hold → send']);
    const bench = await benchAt(flow, { concurrency: 1 });
    const runs = [await bench.park(), await bench.park(), await bench.park()];
    expect(runs.map(bench.status)).toEqual(['waiting', 'waiting', 'waiting']);
  });

  it('is woken by the engine’s own timer', async () => {
    const bench = await benchOf(flowOf({ begin: begin(), hold: wait({ durationMs: 20 }), send: send() }, ['begin → hold', 'hold → send']));
    const { runId } = await bench.engine.start(bench.newRun(), { lease: true });
    await expect.poll(() => bench.store.runs.get(runId)?.status, { timeout: 5_000 }).toBe('succeeded');
    await bench.engine.drain(1_000);
  });

  it('before its time is still parked after a restart', async () => {
    const bench = await benchAt(flowOf({ begin: begin(), hold: wait() }, ['begin → hold']));
    const runId = await bench.park();
    const later = await bench.restart(startedAt + 59_999);
    expect(later.status(runId)).toBe('waiting');
  });

  it('tells who started the run that it is parked, and the caller the run’s id', async () => {
    const bench = await benchAt(flowOf({ begin: begin(), hold: wait(), respond: respond({ body: constant('late') }) }, ['begin → hold', 'hold → respond']));
    const { runId, answer, finished } = await bench.engine.start(bench.newRun(), { lease: true });
    expect(await answer).toEqual({ status: 202, headers: {}, body: { runId } });
    await expect(finished).rejects.toThrow(Parked);
  });

  it('leaves an answer that was given before it as it is', async () => {
    const bench = await benchAt(flowOf({
      begin: begin(),
      respond: respond({ body: constant('at once') }),
      hold: wait(),
    }, ['begin → respond', 'respond → hold']));
    const { answer } = await bench.engine.start(bench.newRun(), { lease: true });
    expect(await answer).toMatchObject({ status: 200, body: 'at once' });
  });

  it('in a test run is shortened, and says so', async () => {
    const bench = await benchAt(flowOf({ begin: begin(), hold: wait() }, ['begin → hold']));
    const runId = await bench.park({}, { mode: 'test' });
    const later = await bench.restart(startedAt + 5_000);
    await later.ended(runId, 'succeeded');
    const entry = (await later.substrate.load(runId)).entries.at(-1);
    expect(entry?.warnings?.[0]?.message).toMatch(/A test run waits 5 seconds at most.*2026-03-01T10:01:00/);
  });

  it('can be ended by hand', async () => {
    const bench = await benchAt(flowOf({ begin: begin(), hold: wait(), send: send() }, ['begin → hold', 'hold → send']));
    const runId = await bench.park();
    await bench.signal(`${runId}:hold`, { by: 'Ada' }, 'skip');
    await bench.ended(runId, 'succeeded');
    expect(
      (await bench.substrate.load(runId)).entries
        .find(({ stepKey, kind }) => stepKey === 'hold' && kind === 'succeeded')?.warnings
        ?.map(({ message }) => message),
    ).toEqual(['Ada ended this wait by hand.']);
  });
});

describe('a wait until a date', () => {
  const untilDate = (value: Json, zone?: string) =>
    flowOf(
      { begin: begin(), hold: wait({ mode: 'date', durationMs: undefined, date: constant(value) }), send: send() },
      ['begin → hold', 'hold → send'],
      zone ? { settings: { timezone: zone } } : {},
    );

  it.each([
    ['2026-03-02T08:00:00+01:00', undefined, '2026-03-02T07:00:00.000Z'],
    ['2026-03-02', undefined, '2026-03-02T00:00:00.000Z'],
    ['2026-03-02', 'Europe/Oslo', '2026-03-01T23:00:00.000Z'],
    ['2026-03-02T08:00', 'America/New_York', '2026-03-02T13:00:00.000Z'],
  ])('%s in %s means %s', async (date, zone, instant) => {
    const bench = await benchAt(untilDate(date, zone));
    const runId = await bench.park();
    expect((await bench.substrate.load(runId)).entries.at(-1)?.wait?.until).toBe(Date.parse(instant));
  });

  it('that is over does not wait', async () => {
    const bench = await benchAt(untilDate('2026-02-28'));
    const { outcome, outputs } = await bench.run();
    expect(outcome.status).toBe('succeeded');
    expect(outputs['hold']).toEqual({ resumedAt: '2026-03-01T10:00:00.000Z' });
  });

  it.each([['soon'], [null], [5]])('fails with a sentence for %s', async (value) => {
    const { outcome } = await (await benchAt(untilDate(value))).run();
    expect(outcome).toMatchObject({ status: 'failed', error: { stepKey: 'hold', path: ['date'] } });
  });
});

describe('a wait for a signal', () => {
  const flow = flowOf({
    begin: begin(),
    hold: forSignal(),
    send: send({ input: mappingOf({ got: path('hold', 'payload') }) }),
  }, ['begin → hold', 'hold → send']);

  it('goes on with what the signal brings', async () => {
    const bench = await benchAt(flow);
    const runId = await bench.park({ id: 'A1' });
    expect(await bench.signal('A2', 'not mine')).toBe(true);
    expect(bench.status(runId)).toBe('waiting');
    expect(await bench.signal('A1', { paid: true })).toBe(true);
    await bench.ended(runId, 'succeeded');
    expect(bench.calls[0]?.input).toEqual({ got: { paid: true } });
  });

  it('takes a signal that came before the run', async () => {
    const bench = await benchAt(flow);
    await bench.signal('7', { early: true });
    const { runId } = await bench.engine.start(bench.newRun({ payload: { id: 7 } }), { lease: true });
    await bench.ended(runId, 'succeeded');
    expect(bench.calls[0]?.input).toEqual({ got: { early: true } });
  });

  it('goes on once, however often the signal comes', async () => {
    const bench = await benchAt(flow);
    const runId = await bench.park({ id: 'A1' });
    await Promise.all([bench.signal('A1', 1), bench.signal('A1', 2), bench.signal('A1', 3)]);
    await bench.ended(runId, 'succeeded');
    expect(bench.calls.map(({ input }) => input)).toEqual([{ got: 1 }]);
  });

  it('goes another way when nothing came in time', async () => {
    const bench = await benchAt(
      flowOf({
        begin: begin(),
        hold: forSignal({ timeoutMs: 1_000 }),
        send: send(),
        late: stop({ outcome: 'failed', message: 'Not paid.' }),
      }, ['begin → hold', 'hold → send', 'hold.timeout → late']),
    );
    const runId = await bench.park({ id: 'A1' });
    const later = await bench.restart(startedAt + 1_000);
    await later.ended(runId, 'failed');
    expect(later.store.runs.get(runId)?.outcome?.error?.message).toBe('Not paid.');
    expect(later.calls).toEqual([]);
  });

  it('that races with its time-out has one end, whichever way', async () => {
    const bench = await benchAt(
      flowOf({
        begin: begin(),
        hold: forSignal({ timeoutMs: 1_000 }),
        send: send({ title: 'came' }),
        late: send({ title: 'late' }),
      }, ['begin → hold', 'hold → send', 'hold.timeout → late']),
    );
    const runs = [];
    for (let at = 0; at < 20; at++) runs.push(await bench.park({ id: `K${at}` }));
    const later = await bench.restart(startedAt + 500);
    later.clock.now = startedAt + 1_000;
    await Promise.all(runs.flatMap((_, at) => [later.signal(`K${at}`, at), later.substrate.wake(later.clock.now)]));
    await later.signal('nobody');
    for (const runId of runs) await later.ended(runId, 'succeeded');
    const facts = await Promise.all(
      runs.map(async (runId) => (await later.substrate.load(runId)).entries.filter(({ stepKey, kind }) => stepKey === 'hold' && kind === 'succeeded')),
    );
    expect(facts.every(({ length }) => length === 1)).toBe(true);
    expect(later.calls).toHaveLength(runs.length);
  });

  it('without a key fails with a sentence', async () => {
    const { outcome } = await (await benchAt(flow)).run({});
    expect(outcome).toMatchObject({ status: 'failed', error: { stepKey: 'hold', path: ['key'] } });
  });

  it('of a test run is not moved by what live ones wait for, but can be sent by hand', async () => {
    const bench = await benchAt(flow);
    const runId = await bench.park({ id: 'A1' }, { mode: 'test' });
    await bench.signal('A1', 'live');
    expect(bench.status(runId)).toBe('waiting');
    await bench.signal(`${runId}:hold`, { by: 'Ada', payload: { paid: false } }, 'skip');
    await bench.ended(runId, 'succeeded');
    expect(bench.calls[0]?.input).toEqual({ got: { paid: false } });
  });
});

describe('several waits', () => {
  it('in two branches each have their own end; what follows both runs once', async () => {
    const bench = await benchAt(
      flowOf(
        {
          begin: begin(),
          a: forSignal({ key: constant('a') }),
          b: forSignal({ key: constant('b') }),
          side: send({ title: 'side' }),
          both: send({ title: 'both' }),
        },
        ['begin → a', 'begin → b', 'begin → side', 'a → both', 'b → both'],
      ),
    );
    const runId = await bench.park();
    expect(bench.calls.map(({ stepKey }) => stepKey)).toEqual(['side']);
    await bench.signal('b', 2, 'step:flow_1/b');
    await expect.poll(() => bench.outputOf(runId, 'b')).toMatchObject({ payload: 2 });
    await bench.ended(runId, 'waiting');
    expect(bench.calls).toHaveLength(1);
    await bench.signal('a', 1, 'step:flow_1/a');
    await bench.ended(runId, 'succeeded');
    expect(bench.calls.map(({ stepKey }) => stepKey)).toEqual(['side', 'both']);
  });

  it('in a loop wait for one item after the other, and the loop’s result is whole', async () => {
    const bench = await benchAt(
      flowOf({
        begin: begin(),
        each: forEach({ collect: path('hold', 'payload') }),
        hold: forSignal({ in: 'each', key: path('item') }),
        send: send(),
      }, ['begin → each', 'each → send']),
    );
    const runId = await bench.park({ items: ['x', 'y', 'z'] });
    for (const key of ['z', 'x', 'y']) await bench.signal(key, `${key} came`);
    await bench.ended(runId, 'succeeded');
    expect(await bench.outputOf(runId, 'each')).toMatchObject({ items: ['x came', 'y came', 'z came'], succeeded: 3 });
    expect(bench.calls).toHaveLength(1);
  });

  it('in a loop wait at once where the loop does several items at once', async () => {
    const bench = await benchAt(flowOf({
      begin: begin(),
      each: forEach({ concurrency: 2 }),
      hold: forSignal({ in: 'each', key: path('item') }),
    }, ['begin → each']));
    const runId = await bench.park({ items: ['x', 'y', 'z'] });
    const waits = bench.store.runs.get(runId)?.waits?.waits.map(({ stepKey }) => stepKey);
    expect(waits).toEqual(['each[0]/hold', 'each[1]/hold']);
    for (const key of ['x', 'y', 'z']) await bench.signal(key);
    await bench.ended(runId, 'succeeded');
  });

  it('end with the run when another way fails', async () => {
    const bench = await benchAt(flowOf({ begin: begin(), hold: wait(), end: stop({ outcome: 'failed' }) }, ['begin → hold', 'begin → end']));
    const { outcome } = await bench.run();
    expect(outcome.status).toBe('failed');
  });
});

describe('a parked run', () => {
  it('can be cancelled, and nothing moves it afterwards', async () => {
    const bench = await benchAt(flowOf({ begin: begin(), hold: forSignal(), send: send() }, ['begin → hold', 'hold → send']));
    const runId = await bench.park({ id: 'A1' });
    expect(await bench.engine.cancel(runId)).toBe(true);
    await bench.signal('A1');
    expect(bench.status(runId)).toBe('cancelled');
    expect(bench.calls).toEqual([]);
  });

  it('repeats no effect from before the wait', async () => {
    const bench = await benchAt(flowOf({
      begin: begin(),
      first: send(),
      hold: forSignal(),
      second: send(),
    }, ['begin → first', 'first → hold', 'hold → second']));
    const runId = await bench.park({ id: 'A1' });
    const later = await bench.restart(startedAt + 1);
    await later.signal('A1');
    await later.ended(runId, 'succeeded');
    expect(bench.calls.map(({ stepKey }) => stepKey)).toEqual(['first']);
    expect(later.calls.map(({ stepKey }) => stepKey)).toEqual(['second']);
  });

  it('is told to whoever watches: parked, then at work, then over', async () => {
    const bench = await benchAt(flowOf({ begin: begin(), hold: forSignal() }, ['begin → hold']));
    const runId = await bench.park({ id: 'A1' });
    await bench.signal('A1');
    await bench.ended(runId, 'succeeded');
    expect(bench.events.filter(({ type }) => type !== 'run.steps').map(({ type }) => type)).toEqual([
      'run.started', 'run.parked', 'run.started', 'run.finished',
    ]);
  });
});

