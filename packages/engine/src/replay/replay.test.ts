import { describe, expect, it } from 'vitest';
import { RetryableError, TerminalError } from '@weft/connector-sdk';
import type { FlowDocument } from '@weft/flow';
import type { Json } from '@weft/json-schema';
import { rowStreams } from '../testing/row-streams.ts';
import {
  begin, benchOf, branch, catalogue, constant, fn, flowOf, forEach, look, mappingOf, overRows, path, send, stop, transform, type Handle,
} from '../testing/workshop.ts';
import { planReplay, type NoReplay, type ReplayPlan } from './plan-replay.ts';

/** Runs `before`, then replays it on `after`; the second run finds what `repaired` does. */
async function replayed(before: FlowDocument, from: string, options: { after?: FlowDocument; payload?: Json; handle?: Handle; repaired?: Handle } = {}) {
  const { after = before, payload = {}, handle, repaired } = options;
  const first = await benchOf(before, handle ? { handle } : {});
  const original = await first.run(payload);
  const plan = expectPlan(planReplay({ before, after, entries: original.entries, from, catalogue }));
  const second = await benchOf(after, repaired ? { handle: repaired } : {});
  const again = await second.run(payload, { entries: plan.entries, replayOf: original.runId, replayFrom: plan.from, effectsOf: original.runId, lease: false });
  return { original, plan, again, calls: second.calls.map(({ stepKey }) => stepKey), before: first.calls, after: second.calls };
}

function expectPlan(plan: ReplayPlan | NoReplay): ReplayPlan {
  if ('refused' in plan) throw new Error(plan.refused);
  return plan;
}

const chain = flowOf(
  {
    begin: begin(),
    stamp: transform({ id: fn('uuid') }),
    a: send({ input: mappingOf({ id: path('stamp', 'id') }) }),
    b: send({ title: 'B', input: mappingOf({ id: path('stamp', 'id'), a: path('a') }) }),
    c: send({ title: 'C', input: mappingOf({ b: path('b') }) }),
  },
  ['begin → stamp', 'stamp → a', 'a → b', 'b → c'],
);

describe('replaying a run', () => {
  it('does the chosen step and all after it, under the keys and with the ids of the first time', async () => {
    const { again, calls, before, after, original } = await replayed(chain, 'b');
    expect(calls).toEqual(['b', 'c']);
    expect(again.outcome.status).toBe('succeeded');
    expect(after.map(({ idempotencyKey, input }) => ({ idempotencyKey, input }))).toEqual(before
      .slice(1)
      .map(({ idempotencyKey, input }) => ({ idempotencyKey, input })));
    expect(again.outputs).toEqual(original.outputs);
  });

  it('from the beginning does everything again, and makes the same ids', async () => {
    const { calls, again, original } = await replayed(chain, 'begin');
    expect(calls).toEqual(['a', 'b', 'c']);
    expect(again.outputs['stamp']).toEqual(original.outputs['stamp']);
  });

  it('goes on where it failed, once what was wrong is repaired', async () => {
    const down: Handle = ({ stepKey, input }) => {
      if (stepKey === 'b') throw new TerminalError('Down.');
      return input;
    };
    const { original, again, calls, before, after } = await replayed(chain, 'b', { handle: down, repaired: ({ input }) => input });
    expect(original.outcome.status).toBe('failed');
    expect(calls).toEqual(['b', 'c']);
    expect(after[0]?.idempotencyKey).toBe(before.at(-1)?.idempotencyKey);
    expect(again.outcome.status).toBe('succeeded');
  });

  it('keeps what runs beside the chosen step, unless it had failed', async () => {
    const beside = flowOf({ begin: begin(), a: send(), b: send(), join: send() }, ['begin → a', 'begin → b', 'a → join', 'b → join']);
    expect((await replayed(beside, 'b')).calls).toEqual(['b', 'join']);
    const down: Handle = ({ stepKey }) => {
      if (stepKey === 'a') throw new TerminalError('Down.');
      return {};
    };
    expect((await replayed(beside, 'b', { handle: down, repaired: () => ({}) })).calls.toSorted()).toEqual(['a', 'b', 'join']);
  });
});

it('of a run that a stop step ended beside the chosen one ends as that run did, and says why', async () => {
  const flow = (message?: string) => flowOf({
    begin: begin(),
    a: send(),
    end: stop({ title: 'Give up', outcome: 'failed', message: message || undefined }),
  }, ['begin → a', 'begin → end']);
  for (const [message, said] of [['Not today.', 'Not today.'], [undefined, 'The flow stopped at “Give up”.']] as const) {
    const { original, again } = await replayed(flow(message), 'a');
    expect(again.outcome).toMatchObject({ status: 'failed', error: { message: said, stepKey: 'end' } });
    expect(again.outcome.error).toEqual(original.outcome.error);
  }
});

describe('replaying inside a loop', () => {
  const loop = flowOf(
    {
      begin: begin(),
      each: forEach({ onItemError: 'collect', collect: path('note', 'n') }),
      stock: send({ title: 'Reserve', in: 'each', input: mappingOf({ n: path('item') }) }),
      note: send({ title: 'Note', in: 'each', input: mappingOf({ n: path('stock', 'n') }) }),
      done: send({ title: 'Done', input: mappingOf({ all: path('each', 'items') }) }),
    },
    ['begin → each', 'stock → note', 'each → done'],
  );
  const payload = { items: [1, 2, 3, 4] };
  const some: Handle = ({ stepKey, input }) => {
    if (stepKey === 'each[1]/note' || stepKey === 'each[3]/stock') throw new TerminalError('Down.');
    return input;
  };
  const fine: Handle = ({ input }) => input;

  it('goes on with the items that had failed; the others keep what they have', async () => {
    const { calls, again } = await replayed(loop, 'each[3]/stock', { payload, handle: some, repaired: fine });
    expect(calls).toEqual(['each[1]/note', 'each[3]/stock', 'each[3]/note', 'done']);
    expect(again.outputs['each']).toMatchObject({ items: [1, 2, 3, 4], succeeded: 4, failed: 0 });
  });

  it('at an item that succeeded does that item again from the step', async () => {
    const { calls } = await replayed(loop, 'each[2]/note', { payload, repaired: fine });
    expect(calls).toEqual(['each[2]/note', 'done']);
  });

  it('at a step without an item does it again for every item', async () => {
    const { calls } = await replayed(loop, 'note', { payload });
    expect(calls).toEqual(['each[0]/note', 'each[1]/note', 'each[2]/note', 'each[3]/note', 'done']);
  });

  it('at the loop itself begins it anew', async () => {
    const { calls } = await replayed(loop, 'each', { payload });
    expect(calls).toHaveLength(9);
  });

  it('begins the loop anew where it goes over other items now', async () => {
    const after = { ...loop, steps: { ...loop.steps, each: { ...loop.steps['each']!, items: path('begin', 'others') } } } as FlowDocument;
    const { calls, plan } = await replayed(loop, 'each[3]/stock', { after, payload: { items: [1, 2, 3, 4], others: [7] }, handle: some, repaired: fine });
    expect(plan.from).toBe('each');
    expect(calls).toEqual(['each[0]/stock', 'each[0]/note', 'done']);
  });

  it('says at how many places each effect was done and tried', async () => {
    const { plan } = await replayed(loop, 'each[3]/stock', { payload, handle: some, repaired: fine });
    expect(plan.effects).toEqual([
      { stepId: 'stock', title: 'Reserve', repeat: 'unsafe', done: 0, tried: 1 },
      { stepId: 'note', title: 'Note', repeat: 'unsafe', done: 0, tried: 1 },
      { stepId: 'done', title: 'Done', repeat: 'unsafe', done: 1, tried: 0 },
    ]);
  });

  it('goes on in a nested loop at the item that had failed', async () => {
    const nested = flowOf(
      {
        begin: begin(),
        each: forEach(),
        inner: forEach({ in: 'each', items: path('item', 'parts'), as: 'part' }),
        stock: send({ in: 'inner', input: mappingOf({ n: path('part') }) }),
        after: send({ in: 'each' }),
      },
      ['begin → each', 'inner → after'],
    );
    const down: Handle = ({ stepKey }) => {
      if (stepKey === 'each[1]/inner[1]/stock') throw new TerminalError('Down.');
      return {};
    };
    const { calls } = await replayed(nested, 'each[1]/inner[1]/stock', {
      payload: { items: [{ parts: [1, 2] }, { parts: [3, 4, 5] }] },
      handle: down,
      repaired: () => ({}),
    });
    expect(calls).toEqual(['each[1]/inner[1]/stock', 'each[1]/inner[2]/stock', 'each[1]/after']);
  });

  it('far into a long loop, where pure steps leave no entry, gives the same ids', async () => {
    const long = flowOf(
      {
        begin: begin(),
        each: forEach({ onItemError: 'collect' }),
        id: transform({ id: fn('uuid') }, { in: 'each' }),
        put: send({ in: 'each', input: mappingOf({ id: path('id', 'id') }) }),
      },
      ['begin → each', 'id → put'],
    );
    const items = Array.from({ length: 260 }, (_, at) => at);
    const down: Handle = ({ stepKey, input }) => {
      if (stepKey === 'each[250]/put') throw new TerminalError('Down.');
      return input;
    };
    const { before, after } = await replayed(long, 'each[250]/put', { payload: { items }, handle: down, repaired: fine });
    expect(after.map(({ stepKey, input }) => ({ stepKey, input }))).toEqual(before
      .filter(({ stepKey }) => stepKey === 'each[250]/put')
      .map(({ stepKey, input }) => ({ stepKey, input })));
  });
});

describe('replaying on another version', () => {
  const changed = (changes: Partial<FlowDocument['steps']>, edges = chain.edges): FlowDocument => ({
    ...chain,
    steps: { ...chain.steps, ...changes } as FlowDocument['steps'],
    edges,
  });

  it('keeps steps that only have another title, note, time limit or number of tries', async () => {
    const after = changed({
      a: { ...chain.steps['a']!, title: 'Renamed', note: 'x', timeoutMs: 5, retry: { attempts: 3, backoff: 'fixed' } } as FlowDocument['steps'][string],
    });
    const { plan, calls } = await replayed(chain, 'b', { after });
    expect(plan).toMatchObject({ from: 'b', changed: [] });
    expect(calls).toEqual(['b', 'c']);
  });

  it('does not mind that the chosen step or one after it has changed: that is what it is for', async () => {
    const after = changed({ b: send({ input: mappingOf({ fixed: constant(true) }) }), c: send() });
    const { plan, after: calls } = await replayed(chain, 'b', { after });
    expect(plan.changed).toEqual([]);
    expect(calls[0]?.input).toEqual({ fixed: true });
  });

  it('begins at the earliest step before it that behaves differently', async () => {
    const { plan, calls } = await replayed(chain, 'c', { after: changed({ a: send({ input: mappingOf({ id: constant('other') }) }) }) });
    expect(plan).toMatchObject({ from: 'a', changed: ['a'] });
    expect(calls).toEqual(['a', 'b', 'c']);
  });

  it('begins at a new step before it', async () => {
    const edges: FlowDocument['edges'] = [
      ...chain.edges.filter(({ to }) => to !== 'b'),
      { from: ['a', 'next'], to: 'between' },
      { from: ['between', 'next'], to: 'b' },
    ];
    const { plan, calls } = await replayed(chain, 'c', { after: changed({ between: look() }, edges) });
    expect(plan.from).toBe('between');
    expect(calls).toEqual(['between', 'b', 'c']);
  });

  it('begins where the chosen step was taken out, or refuses where nothing shows where', async () => {
    const without = (stepId: string, edges: FlowDocument['edges']): FlowDocument => {
      const { [stepId]: _gone, ...steps } = chain.steps;
      return { ...chain, steps, edges };
    };
    const ran = await (await benchOf(chain)).run({});
    const request = { before: chain, entries: ran.entries, catalogue };
    const skipping = without('b', [...chain.edges.filter(({ from, to }) => from[0] !== 'b' && to !== 'b'), { from: ['a', 'next'], to: 'c' }]);
    expect(planReplay({ ...request, from: 'b', after: skipping })).toMatchObject({
      from: 'c',
      entries: expect.arrayContaining([expect.objectContaining({ stepKey: 'a' })]) as unknown,
    });
    expect(planReplay({ ...request, from: 'c', after: without('c', chain.edges.filter(({ to }) => to !== 'c')) })).toHaveProperty('refused');
    expect(planReplay({ ...request, from: 'nobody', after: chain })).toHaveProperty('refused');
  });

  it('does a step again that had passed its failure on, where it no longer does', async () => {
    const before = flowOf({ begin: begin(), a: send({ onError: 'continue' }), b: send() }, ['begin → a', 'a → b']);
    const after = { ...before, steps: { ...before.steps, a: send() } };
    const down: Handle = ({ stepKey }) => {
      if (stepKey === 'a') throw new RetryableError('Down.');
      return {};
    };
    const { plan } = await replayed(before, 'b', { after, handle: down, repaired: () => ({}) });
    expect(plan.changed).toEqual(['a']);
  });
});

it('names steps that were never reached, as done for the first time', async () => {
  const flow = flowOf({
    begin: begin(),
    which: branch({ yes: path('begin', 'yes') }),
    a: send({ title: 'A' }),
    b: look({ title: 'B' }),
  }, ['begin → which', 'which.yes → a', 'which.else → b']);
  const { plan } = await replayed(flow, 'which', { payload: { yes: true } });
  expect(plan.effects).toEqual([
    { stepId: 'a', title: 'A', repeat: 'unsafe', done: 1, tried: 0 },
    { stepId: 'b', title: 'B', repeat: 'read', done: 0, tried: 0 },
  ]);
});

it('of a stream goes through the source from its first record, whichever step inside was chosen, and says how far it had come', async () => {
  const flow = flowOf(
    {
      begin: begin(),
      each: overRows({ onItemError: 'stop' }),
      tell: send({ title: 'Tell', in: 'each', input: mappingOf({ n: path('row', 'n') }) }),
      after: send({ title: 'After' }),
    },
    ['begin → each', 'each → after'],
  );
  const down: Handle = ({ input }) => {
    if (JSON.stringify(input).includes('3')) throw new TerminalError('Down.');
    return {};
  };
  const bench = await benchOf(flow, { handle: down, streams: rowStreams({ rows: [{ n: 1 }, { n: 2 }, { n: 3 }] }) });
  const { runId, outcome } = await bench.run({});
  expect(outcome.status).toBe('failed');
  const { entries, progress = [] } = await bench.substrate.load(runId);
  for (const from of ['each', 'tell', 'each[0:1]/tell']) {
    expect(expectPlan(planReplay({ before: flow, after: flow, entries, progress, from, catalogue }))).toMatchObject({
      from: 'each',
      anew: [{ stepId: 'each', title: 'Each', read: 3 }],
      effects: [
        { stepId: 'tell', done: 0, tried: 0, perRecord: true },
        { stepId: 'after', done: 0, tried: 0 },
      ],
    });
  }
});
