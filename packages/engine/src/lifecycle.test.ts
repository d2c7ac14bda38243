import { describe, expect, it, vi } from 'vitest';
import { Interrupted } from './run/interrupted.ts';
import { begin, benchOf, branch, constant, flowOf, fn, forEach, path, respond, send, transform, type Handle } from './testing/workshop.ts';

const chain = flowOf({ begin: begin(), first: send(), second: send(), answer: respond({ body: path('second') }) }, [
  'begin → first',
  'first → second',
  'second → answer',
]);

/** Operations that wait to be let go, and what is waiting. */
function gate() {
  const waiting = new Map<string, () => void>();
  let arrived = () => undefined as void;
  const handle: Handle = ({ stepKey, signal, input }) =>
    new Promise((resolve, reject) => {
      waiting.set(stepKey, () => resolve(input));
      signal.addEventListener('abort', () => reject(new Error('told to stop')));
      arrived();
    });
  const reached = (stepKey: string) =>
    new Promise<void>((resolve) => {
      arrived = () => waiting.has(stepKey) && resolve();
      arrived();
    });
  return { handle, reached, release: (stepKey: string) => waiting.get(stepKey)?.() };
}

describe('starting', () => {
  it('the same event twice starts one run, and both hear its end', async () => {
    const { engine, newRun, store } = await benchOf(chain);
    const [one, two] = [newRun({ eventId: 'e' }), newRun({ eventId: 'e' })];
    const first = await engine.start(one, { lease: true });
    const second = await engine.start(two, { lease: true });
    expect(second).toMatchObject({ created: false, runId: one.runId });
    expect(await second.finished).toEqual(await first.finished);
    expect(store.runs.size).toBe(1);
  });

  it('an event whose run is long over answers 202 with that run’s id', async () => {
    const { engine, newRun, run } = await benchOf(chain);
    const { runId } = await run({}, { eventId: 'e' });
    const again = await engine.start(newRun({ eventId: 'e' }), { lease: true });
    expect(again).toMatchObject({ created: false, runId });
    expect(await again.answer).toEqual({ status: 202, headers: {}, body: { runId } });
    await expect(again.finished).rejects.toThrow('read its record');
  });

  it('more runs than there are places are queued, and all of them end', async () => {
    let most = 0;
    let now = 0;
    const bench = await benchOf(chain, {
      concurrency: 2,
      handle: async () => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setImmediate(resolve));
        now -= 1;
        return {};
      },
    });
    const runs = await Promise.all(Array.from({ length: 12 }, (_, at) => bench.run({}, { lease: at % 2 === 0 })));
    expect(runs.map(({ outcome }) => outcome.status)).toEqual(Array.from({ length: 12 }, () => 'succeeded'));
    expect(runs.every(({ answer }) => answer.status === 200)).toBe(true);
    expect(most).toBe(2);
  });

  it('goes on although the queue could not be read once, and reports it', async () => {
    const reported: unknown[] = [];
    const bench = await benchOf(chain, { report: (error) => reported.push(error) });
    const { claim } = bench.substrate;
    let broken = true;
    bench.substrate.claim = async (free) => {
      if (!broken) return claim(free);
      broken = false;
      throw new Error('The database is locked.');
    };
    expect((await bench.run({}, { lease: false })).outcome.status).toBe('succeeded');
    expect(reported).toEqual([new Error('The database is locked.')]);
  });
});

describe('a store that is away for a moment', () => {
  it('delays a run and loses nothing', async () => {
    const bench = await benchOf(chain);
    const { commit, finish } = bench.substrate;
    let failures = 2;
    const flaky =
      <A extends unknown[]>(write: (...args: A) => Promise<void>) =>
      async (...args: A) => {
        if (failures-- > 0) throw new Error('The database is locked.');
        return write(...args);
      };
    bench.substrate.commit = flaky(commit);
    bench.substrate.finish = flaky(finish);
    const { outcome, facts } = await bench.run();
    expect(outcome.status).toBe('succeeded');
    expect(facts).toHaveLength(6);
    expect(bench.calls).toHaveLength(2);
  });

  it('for long gives a run back; it goes on by itself where the store has it, once that is there again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    try {
      const bench = await benchOf(chain);
      const { commit, giveBack } = bench.substrate;
      let isAway = false;
      const away = new Error('The disk is full.');
      bench.substrate.commit = async (lease, entries) => {
        isAway ||= entries.some(({ stepKey, kind }) => stepKey === 'second' && kind === 'started');
        return isAway ? Promise.reject(away) : commit(lease, entries);
      };
      bench.substrate.giveBack = async (lease) => (isAway ? Promise.reject(away) : giveBack(lease));
      const { runId } = bench.newRun();
      const started = await bench.engine.start(bench.newRun({ runId }), { lease: true });
      await vi.advanceTimersByTimeAsync(20_000);
      await expect(started.finished).rejects.toThrow(/could not be stored: The disk is full/);
      expect(bench.store.runs.get(runId)?.status).toBe('running');
      bench.substrate.commit = commit;
      isAway = false;
      await vi.waitFor(() => expect(bench.store.runs.get(runId)?.status).toBe('succeeded'));
      // What the first call gave stood in the commit that was lost.
      expect(bench.calls.map(({ stepKey }) => stepKey)).toEqual(['first', 'first', 'second']);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('cancelling', () => {
  it('a run in flight aborts what it waits for, keeps what was committed, and is final', async () => {
    const { handle, reached } = gate();
    const bench = await benchOf(chain, { handle });
    const { runId } = bench.newRun();
    const started = await bench.engine.start(bench.newRun({ runId }), { lease: true });
    await reached('first');
    expect(await bench.engine.cancel(runId)).toBe(true);
    expect(await started.finished).toMatchObject({ status: 'cancelled' });
    expect(await started.answer).toMatchObject({ status: 500, body: { error: 'The run was cancelled.' } });
    await bench.engine.drain(1_000);
    expect(bench.store.runs.get(runId)).toMatchObject({ status: 'cancelled', entries: [{ stepKey: 'begin' }, { stepKey: 'first', kind: 'started' }] });
    expect(bench.events.at(-1)).toMatchObject({ type: 'run.finished', outcome: { status: 'cancelled' } });
    expect(await bench.engine.cancel(runId)).toBe(false);
    expect(bench.calls).toHaveLength(1);
  });

  it('a queued run never starts', async () => {
    const { handle, reached, release } = gate();
    const bench = await benchOf(chain, { handle, concurrency: 1 });
    await bench.engine.start(bench.newRun());
    await reached('first');
    const queued = await bench.engine.start(bench.newRun());
    expect(await bench.engine.cancel(queued.runId)).toBe(true);
    expect(await queued.finished).toMatchObject({ status: 'cancelled' });
    // While it waited, what it was started with was in the store only.
    expect(bench.events.at(-1)).toMatchObject({ type: 'run.finished', run: { runId: queued.runId, payload: null } });
    release('first');
    await reached('second');
    release('second');
    await bench.engine.drain(1_000);
    expect(new Set(bench.calls.map(({ run }) => run.runId)).has(queued.runId)).toBe(false);
  });

  it('a run that waits to try again ends the waiting', async () => {
    const flow = flowOf({ begin: begin(), send: send({ retry: { attempts: 5, backoff: 'fixed', delayMs: 3_600_000 } }) }, ['begin → send']);
    const { RetryableError } = await import('@weft/connector-sdk');
    const { promise: failed, resolve } = Promise.withResolvers<void>();
    const bench = await benchOf(flow, {
      publish: (event) => event.type === 'run.steps' && event.entries.some(({ kind }) => kind === 'failed') && resolve(),
      handle: () => {
        throw new RetryableError('Busy.');
      },
    });
    const { runId, finished } = await bench.engine.start(bench.newRun(), { lease: true });
    await failed;
    await bench.engine.cancel(runId);
    expect((await finished).status).toBe('cancelled');
    await bench.engine.drain(10_000);
  });
});

describe('stopping the process', () => {
  it('waits for runs in flight', async () => {
    const { handle, reached, release } = gate();
    const bench = await benchOf(chain, { handle });
    const { finished } = await bench.engine.start(bench.newRun(), { lease: true });
    await reached('first');
    const drained = bench.engine.drain(10_000);
    release('first');
    await reached('second');
    release('second');
    await drained;
    expect((await finished).status).toBe('succeeded');
  });

  it('leaves what takes too long to the next process, which goes on where this one was', async () => {
    const { handle, reached, release } = gate();
    const bench = await benchOf(chain, { handle });
    const { finished, runId } = await bench.engine.start(bench.newRun(), { lease: true });
    await reached('first');
    release('first');
    await reached('second');
    await bench.engine.drain(0);
    await expect(finished).rejects.toThrow(Interrupted);
    expect(bench.store.runs.get(runId)?.status).toBe('running');

    const next = await benchOf(chain, { store: bench.store });
    await next.engine.drain(1_000);
    expect(next.store.runs.get(runId)?.outcome).toMatchObject({ status: 'succeeded', answer: { status: 200 } });
    expect(next.calls.map(({ stepKey, attempt }) => `${stepKey} ${attempt}`)).toEqual(['second 1']);
    expect(next.calls[0]?.idempotencyKey).toBe(bench.calls[1]?.idempotencyKey);
    expect(next.calls[0]?.startedAt).toBe(bench.calls[1]?.startedAt);
  });

  it('takes no new runs, and what is started meanwhile waits in the queue', async () => {
    const bench = await benchOf(chain);
    await bench.engine.drain(0);
    const { runId } = await bench.engine.start(bench.newRun(), { lease: true });
    expect(bench.store.runs.get(runId)?.status).toBe('queued');
    const next = await benchOf(chain, { store: bench.store });
    await next.engine.drain(1_000);
    expect(bench.store.runs.get(runId)?.status).toBe('succeeded');
  });
});

describe('a test run', () => {
  const flow = flowOf(
    {
      begin: begin({ samples: [{ title: 'S', output: { from: 'pin' } }], pinned: 0 }),
      send: send({ samples: [{ title: 'S', output: { id: 'pinned' } }], pinned: 0 }),
      shape: transform({ id: path('send', 'id'), from: path('begin', 'from') }),
      after: send(),
    },
    ['begin → send', 'send → shape', 'shape → after'],
  );

  it('takes pinned samples instead of running steps, but what it was started with for the trigger', async () => {
    const { calls, run } = await benchOf(flow);
    const { outputs, entries } = await run({ from: 'payload' }, { mode: 'test' });
    expect(outputs['shape']).toEqual({ id: 'pinned', from: 'payload' });
    expect(calls.map(({ stepKey }) => stepKey)).toEqual(['after']);
    expect(entries.find(({ stepKey }) => stepKey === 'send')?.warnings?.[0]?.message).toContain('pinned');
  });

  it('goes the way that a pinned branch says', async () => {
    const pinned = { samples: [{ title: 'S', output: { case: 'b' } }], pinned: 0 };
    const ways = flowOf({ begin: begin(), which: branch({ a: constant(true), b: constant(false) }, pinned), a: transform({}), b: transform({}) }, [
      'begin → which',
      'which.a → a',
      'which.b → b',
    ]);
    expect((await (await benchOf(ways)).run({}, { mode: 'test' })).facts).toContain('b succeeded');
  });

  it('a live run looks at no pin', async () => {
    const { calls, run } = await benchOf(flow);
    await run({});
    expect(calls.map(({ stepKey }) => stepKey)).toEqual(['send', 'after']);
  });

  it('up to a step runs what leads to it and nothing else', async () => {
    const { run } = await benchOf(flow);
    expect((await run({}, { mode: 'test', until: 'shape' })).facts).toEqual(['begin succeeded', 'send succeeded', 'shape succeeded']);
    expect((await run({}, { mode: 'test', until: 'begin' })).facts).toEqual(['begin succeeded']);
  });

  it('up to a step inside a loop runs one item, up to a step after it all of them', async () => {
    const loop = flowOf(
      { begin: begin(), each: forEach(), a: transform({}, { in: 'each' }), b: transform({}, { in: 'each' }), after: transform({}), last: send() },
      ['begin → each', 'a → b', 'each → after', 'after → last'],
    );
    const { run } = await benchOf(loop);
    const inside = await run({ items: [1, 2] }, { mode: 'test', until: 'a' });
    expect(inside.facts).toEqual(['begin succeeded', 'each[0]/a succeeded', 'each succeeded']);
    const behind = await run({ items: [1, 2] }, { mode: 'test', until: 'after' });
    expect(behind.facts.filter((fact) => fact.startsWith('each['))).toHaveLength(4);
    expect(behind.facts.at(-1)).toBe('after succeeded');
  });

  it('commits before every operation, so that it can be watched', async () => {
    const { run, events } = await benchOf(chain);
    await run({}, { mode: 'test' });
    const published = events.flatMap((event) => (event.type === 'run.steps' ? [event.entries.map(({ stepKey, kind }) => `${stepKey} ${kind}`)] : []));
    expect(published).toEqual([['begin succeeded', 'first started'], ['first succeeded', 'second started'], ['second succeeded', 'answer succeeded']]);
  });
});

describe('what a mapping calls now and uuid', () => {
  it('is the same for the same run, however often it is worked out', async () => {
    const flow = flowOf({ begin: begin(), shape: transform({ at: fn('now'), id: fn('uuid') }) }, ['begin → shape']);
    const once = await (await benchOf(flow)).run({}, { runId: 'run_same' });
    const again = await (await benchOf(flow)).run({}, { runId: 'run_same' });
    const other = await (await benchOf(flow)).run({}, { runId: 'run_other' });
    expect(once.outputs['shape']).toEqual(again.outputs['shape']);
    expect(once.outputs['shape']).toMatchObject({ at: '2023-11-14T22:13:20Z' });
    expect(once.outputs['shape']).not.toEqual(other.outputs['shape']);
  });
});
