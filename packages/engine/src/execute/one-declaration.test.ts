import { TerminalError } from '@weft/connector-sdk';
import { testEcho } from '@weft/flow/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryStore } from '../memory/memory-store.ts';
import { planReplay } from '../replay/plan-replay.ts';
import { dyingAt, queueRun } from '../testing/dying-at.ts';
import { rowStreams } from '../testing/row-streams.ts';
import { addEcho } from '../testing/test-echo.ts';
import { begin, benchOf, catalogue, flowOf, fn, forEach, mappingOf, overRows, path, send } from '../testing/workshop.ts';

const flow = flowOf(
  { begin: begin(), echo: testEcho({ text: fn('upper', path('begin', 'name')) }), send: send({ input: mappingOf({ said: path('echo', 'text') }) }) },
  ['begin → echo', 'echo → send'],
);
const payload = { name: 'ada' };

describe('a kind of step whose executor is one object', () => {
  let remove: () => void;
  beforeAll(() => void (remove = addEcho()));
  afterAll(() => remove());

  it('is planned and runs', async () => {
    const bench = await benchOf(flow);
    expect((await bench.run(payload)).outputs['echo']).toEqual({ text: 'ADA' });
    expect(bench.calls[0]?.input).toEqual({ said: 'ADA' });
  });

  it('fails with a sentence where it cannot be made ready', async () => {
    const broken = flowOf({ begin: begin(), echo: testEcho({ text: fn('noSuchFunction') }) }, ['begin → echo']);
    expect((await (await benchOf(broken)).run()).outcome).toMatchObject({
      status: 'failed',
      error: { stepKey: 'echo', message: expect.stringContaining('noSuchFunction') as string },
    });
  });

  it('runs for each item of a list', async () => {
    const looped = flowOf({
      begin: begin(),
      each: forEach({ collect: path('echo', 'text') }),
      echo: testEcho({ in: 'each', text: path('item') }),
    }, ['begin → each']);
    expect((await (await benchOf(looped)).run({ items: ['a', 'b'] })).outputs['each']).toMatchObject({ items: ['a', 'b'] });
  });

  it('is taken from the journal after a kill', async () => {
    const store = createMemoryStore();
    await queueRun(store, { payload });
    const { substrate, died } = dyingAt({ commit: 1, when: 'before' }, store);
    await benchOf(flow, { substrate });
    await died;
    expect(store.runs.get('run_1')?.entries.map(({ stepKey, kind }) => `${stepKey} ${kind}`)).toEqual(['begin succeeded', 'echo succeeded', 'send started']);
    // What it says now is not what it would say again.
    store.runs.get('run_1')!.entries[1]!.output = { text: 'as it was' };
    const last = await benchOf(flow, { store });
    await expect.poll(() => store.runs.get('run_1')?.status).toBe('succeeded');
    expect(last.calls[0]?.input).toEqual({ said: 'as it was' });
  });

  it('is kept by a replay from a step behind it', async () => {
    const down = await benchOf(flow, {
      handle: () => {
        throw new TerminalError('Down.');
      },
    });
    const { entries, runId } = await down.run(payload);
    const plan = planReplay({ before: flow, after: flow, entries, from: 'send', catalogue });
    if ('refused' in plan) throw new Error(plan.refused);
    expect(plan.entries.map(({ stepKey }) => stepKey)).toEqual(['begin', 'echo']);
    const again = await benchOf(flow);
    expect((await again.run(payload, { entries: plan.entries, replayOf: runId, lease: false })).outcome.status).toBe('succeeded');
    expect(again.calls[0]?.input).toEqual({ said: 'ADA' });
  });

  it('is replaced by its pin in a test run', async () => {
    const pinned = flowOf({
      ...flow.steps,
      echo: testEcho({ samples: [{ title: 'Kept', output: { text: 'pinned' } }], pinned: 0 }),
    }, ['begin → echo', 'echo → send']);
    const bench = await benchOf(pinned);
    await bench.run(payload, { mode: 'test' });
    expect(bench.calls[0]?.input).toEqual({ said: 'pinned' });
  });

  it('is refused in a stream, since it says that it does not belong there', async () => {
    const streamed = flowOf({ begin: begin(), each: overRows({ onItemError: 'skip' }), echo: testEcho({ in: 'each' }) }, ['begin → each']);
    const { outcome } = await (await benchOf(streamed, { streams: rowStreams({ rows: [1, 2] }) })).run();
    expect(outcome).toMatchObject({ status: 'failed', error: { kind: 'unsupported', message: '“Echo” is too slow for a stream: move it out of the loop.' } });
  });
});
