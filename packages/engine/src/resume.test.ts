import { RetryableError } from '@weft/connector-sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '@weft/json-schema';
import type { FlowDocument } from '@weft/flow';
import { createMemoryStore } from './memory/memory-store.ts';
import type { OperationCall } from './ports.ts';
import { dyingAt, queueRun, type Death } from './testing/dying-at.ts';
import {
  begin, benchOf, branch, constant, filter, flowOf, fn, forEach, look, mappingOf, path, respond, send, transform, type Handle,
} from './testing/workshop.ts';

const everything = flowOf(
  {
    begin: begin(),
    stamp: transform({ at: fn('now'), id: fn('uuid'), items: path('begin', 'items') }),
    read: look({ input: mappingOf({ id: path('stamp', 'id') }) }),
    first: send({ input: mappingOf({ stamp: path('stamp'), read: path('read') }) }),
    after: transform({ at: fn('now'), first: path('first') }),
    each: forEach({ items: path('stamp', 'items'), collect: path('stock', 'n'), onItemError: 'collect' }),
    odd: filter(fn('equals', fn('modulo', path('item'), constant(2)), constant(1)), { in: 'each' }),
    note: transform({ id: fn('uuid'), item: path('item') }, { in: 'each' }),
    stock: send({
      in: 'each',
      input: mappingOf({ n: path('item'), note: path('note'), after: path('after') }),
      retry: { attempts: 2, backoff: 'fixed', delayMs: 0 },
    }),
    which: branch({ many: fn('greaterThan', path('each', 'succeeded'), constant(1)) }),
    left: send({ input: mappingOf({ n: path('each', 'succeeded') }) }),
    right: send(),
    beside: send({ onError: 'port' }),
    alert: transform({ told: path('beside', 'error', 'message') }),
    tell: send({ input: mappingOf({ told: path('alert', 'told') }) }),
    answer: respond({ body: path('each'), status: constant(201) }),
  },
  [
    'begin → stamp',
    'stamp → read',
    'read → first',
    'first → after',
    'after → each',
    'odd → note',
    'note → stock',
    'each → which',
    'which.many → left',
    'which.else → right',
    'stamp → beside',
    'beside.error → alert',
    'alert → tell',
    'left → answer',
    'right → answer',
  ],
);

/** Operations whose outcome depends on nothing but the call, as an idempotent service's would. */
const service: Handle = ({ stepKey, attempt, input }) => {
  if (stepKey === 'beside') throw new Error('Always down.');
  if (stepKey.startsWith('each[2]') && attempt === 1) throw new RetryableError('Once down.');
  if (stepKey.startsWith('each[4]')) throw new RetryableError('Never up.');
  return { ...input, from: stepKey };
};

interface Story {
  /** What each call was asked to do, by its idempotency key; more than one only if a repeat differed. */
  asked: Map<string, Set<string>>;
  outcome: unknown;
  calls: number;
}

/** Runs a flow to its end over as many processes as it takes; each but the last dies at its n-th commit. */
async function live(
  flow: FlowDocument,
  payload: Json,
  deaths: Death[],
  { now = () => 1_700_000_000_000, signals = [] }: { now?: () => number; signals?: [stepId: string, key: string][] } = {},
): Promise<Story> {
  const store = createMemoryStore();
  const asked: Story['asked'] = new Map();
  let calls = 0;
  const handle = (call: OperationCall) => {
    calls += 1;
    const request = JSON.stringify({ input: call.input, config: call.config, ...(call.use.operation === 'send' && { startedAt: call.startedAt }) });
    asked.set(call.idempotencyKey, (asked.get(call.idempotencyKey) ?? new Set()).add(request));
    return service(call);
  };
  const before = await queueRun(store, { payload });
  for (const [stepId, key] of signals) await before.signal({ workspaceId: 'ws', name: `step:f/${stepId}`, key, payload: { of: key }, at: 1 });
  for (const death of deaths) {
    const { substrate, died } = dyingAt(death, store);
    const { promise: over, resolve } = Promise.withResolvers<void>();
    const publish = (event: { type: string }) => event.type === 'run.finished' && resolve();
    await benchOf(flow, { substrate, handle, now, publish });
    if (!store.runs.get('run_1')?.outcome) await Promise.race([died, over]);
  }
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const last = await benchOf(flow, { store, handle, now, publish: ({ type }) => type === 'run.finished' && resolve() });
  if (!store.runs.get('run_1')?.outcome) await over;
  await last.engine.drain(10_000);
  return { asked, outcome: store.runs.get('run_1')?.outcome, calls };
}

/** Waits before, inside and beside effects; every signal is there already. */
const patient = flowOf(
  {
    begin: begin(),
    first: send(),
    hold: { kind: 'wait', title: 'Hold', mode: 'signal', key: path('begin', 'id') },
    side: { kind: 'wait', title: 'Side', mode: 'signal', key: constant('side') },
    each: forEach({ items: path('begin', 'items'), concurrency: 2, collect: path('inner', 'payload', 'of') }),
    inner: { kind: 'wait', title: 'Inner', mode: 'signal', key: path('item'), in: 'each' },
    stock: send({
      in: 'each',
      input: mappingOf({ of: path('inner', 'payload'), id: fn('uuid'), at: fn('now') }),
      retry: { attempts: 2, backoff: 'fixed', delayMs: 0 },
    }),
    both: send({ input: mappingOf({ held: path('hold', 'payload'), side: path('side', 'payload'), each: path('each', 'items') }) }),
    answer: respond({ body: path('each', 'items') }),
  },
  ['begin → first', 'first → hold', 'begin → side', 'hold → each', 'inner → stock', 'each → both', 'side → both', 'both → answer'],
);

describe('a run that waits and is killed', () => {
  const payload = { id: 'A1', items: ['x', 'y', 'z'] };
  const signals: [string, string][] = [['hold', 'A1'], ['side', 'side'], ['inner', 'x'], ['inner', 'y'], ['inner', 'z']];

  it('at any of its commits ends as if nothing had happened, and asks every service the same under the same key', async () => {
    const undisturbed = await live(patient, payload, [], { signals });
    expect(undisturbed.outcome).toMatchObject({ status: 'succeeded', answer: { body: ['x', 'y', 'z'] } });
    for (let commit = 0; commit < 20; commit++) {
      for (const when of ['before', 'after'] as const) {
        const story = await live(patient, payload, [{ commit, when }], { signals });
        expect(story.outcome).toEqual(undisturbed.outcome);
        expect([...story.asked].toSorted()).toEqual([...undisturbed.asked].toSorted());
      }
    }
  });
});

describe('a run that is killed', () => {
  const payload = { items: [1, 2, 3, 4, 5, 7] };

  it('at any of its commits ends as if nothing had happened, and asks every service the same under the same key', async () => {
    const undisturbed = await live(everything, payload, []);
    expect(undisturbed.outcome).toMatchObject({ status: 'succeeded', answer: { status: 201, body: { succeeded: 3, failed: 1, skipped: 2 } } });
    let commit = 0;
    for (let ended = false; !ended; commit++) {
      for (const when of ['before', 'after'] as const) {
        const story = await live(everything, payload, [{ commit, when }]);
        expect(story.outcome).toEqual(undisturbed.outcome);
        expect([...story.asked].toSorted()).toEqual([...undisturbed.asked].toSorted());
        ended = story.calls === undisturbed.calls && commit > 10;
      }
    }
    expect(commit).toBeGreaterThan(10);
  });

  it('again and again, at random, ends the same too', async () => {
    const undisturbed = await live(everything, payload, []);
    const death = fc.record({ commit: fc.integer({ min: 0, max: 6 }), when: fc.constantFrom('before' as const, 'after' as const) });
    await fc.assert(
      fc.asyncProperty(fc.array(death, { maxLength: 8 }), async (deaths) => {
        const story = await live(everything, payload, deaths);
        expect(story.outcome).toEqual(undisturbed.outcome);
        for (const [key, requests] of story.asked) expect([...requests]).toEqual([...(undisturbed.asked.get(key) ?? [])]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a step that may be done at most once', () => {
  const careful = flowOf({
    begin: begin(),
    once: send({ title: 'Pay', delivery: 'at-most-once', onError: 'port' }),
    alert: send(),
    answer: respond({ body: constant('done') }),
  }, [
    'begin → once',
    'once.error → alert',
    'once → answer',
  ]);

  it('is never called twice, at whatever commit the process dies; one that was in flight fails with an unknown outcome', async () => {
    const begunBeforeTheCrash: boolean[] = [];
    for (let commit = 0; commit < 6; commit++) {
      for (const when of ['before', 'after'] as const) {
        const store = createMemoryStore();
        const calls: string[] = [];
        const handle: Handle = ({ stepKey }) => {
          calls.push(stepKey);
          return {};
        };
        await queueRun(store);
        const { substrate, died } = dyingAt({ commit, when }, store);
        const { promise: over, resolve } = Promise.withResolvers<void>();
        const publish = ({ type }: { type: string }) => type === 'run.finished' && resolve();
        await benchOf(careful, { substrate, handle, publish });
        await Promise.race([died, over]);
        if (!store.runs.get('run_1')?.outcome) {
          const next = Promise.withResolvers<void>();
          await benchOf(careful, { store, handle, publish: ({ type }) => type === 'run.finished' && next.resolve() });
          await next.promise;
        }
        expect(calls.filter((stepKey) => stepKey === 'once').length).toBeLessThanOrEqual(1);
        const unknown = store.runs.get('run_1')?.entries.find(({ stepKey, kind }) => stepKey === 'once' && kind === 'failed');
        begunBeforeTheCrash.push(unknown?.error?.kind === 'unknown' && unknown.error.message.includes('“Pay” was in flight'));
      }
    }
    expect(begunBeforeTheCrash).toContain(true);
    expect(begunBeforeTheCrash).toContain(false);
  });
});

describe('a repeated call', () => {
  it('asks for exactly the same, although the clock has gone on and the run died in between', async () => {
    let time = 1_700_000_000_000;
    const ticking = () => (time += 1_234);
    for (let commit = 0; commit < 12; commit++) {
      for (const when of ['before', 'after'] as const) {
        const { asked, calls } = await live(everything, { items: [1, 2, 3, 4, 5, 7] }, [{ commit, when }], { now: ticking });
        expect([...asked].filter(([, requests]) => requests.size !== 1)).toEqual([]);
        expect(calls).toBeGreaterThan(8);
      }
    }
  });
});

describe('a run that goes on', () => {
  it('does not call again what has its result in the journal', async () => {
    const flow = flowOf({ begin: begin(), a: send(), b: send(), c: send() }, ['begin → a', 'a → b', 'b → c']);
    const story = async (commit: number) => {
      const store = createMemoryStore();
      await queueRun(store);
      const { substrate, died } = dyingAt({ commit, when: 'after' }, store);
      await benchOf(flow, { substrate });
      await died;
      const next = await benchOf(flow, { store });
      await next.engine.drain(10_000);
      return next.calls.map(({ stepKey }) => stepKey);
    };
    // Commits: [begin, a started], [a succeeded, b started], [b succeeded, c started], finish.
    expect(await story(0)).toEqual(['a', 'b', 'c']);
    expect(await story(1)).toEqual(['b', 'c']);
    expect(await story(2)).toEqual(['c']);
    expect(await story(3)).toEqual([]);
  });

  it('counts the tries of the process before', async () => {
    const flow = flowOf({ begin: begin(), a: send({ retry: { attempts: 3, backoff: 'fixed', delayMs: 0 } }) }, ['begin → a']);
    const store = createMemoryStore();
    const { substrate, died } = dyingAt({ commit: 1, when: 'after' }, store);
    const down: Handle = () => {
      throw new RetryableError('Down.');
    };
    const first = await benchOf(flow, { substrate, handle: down });
    await first.engine.start(first.newRun({ runId: 'r' }));
    await died;
    const next = await benchOf(flow, { store, handle: down });
    await next.engine.drain(10_000);
    expect(next.calls.map(({ attempt }) => attempt)).toEqual([2, 3]);
    expect(store.runs.get('r')?.outcome?.status).toBe('failed');
  });
});
