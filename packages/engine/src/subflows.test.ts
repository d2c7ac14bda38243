import { describe, expect, it } from 'vitest';
import { TerminalError } from '@weft/connector-sdk';
import type { FlowDocument, Step } from '@weft/flow';
import type { Json, JsonSchema } from '@weft/json-schema';
import { createMemoryStore } from './memory/memory-store.ts';
import type { JournalEntry } from './journal.ts';
import type { FlowSource, OperationCall } from './ports.ts';
import type { NewRun } from './substrate.ts';
import { begin, benchOf, flowOf, fn, forEach, mappingOf, path, respond, send, transform, type Handle } from './testing/workshop.ts';

const call = (flow: string, changes: object = {}): Step => ({
  kind: 'subflow',
  title: `Call ${flow}`,
  flow,
  input: mappingOf({ n: path('begin', 'n') }),
  ...changes,
});

/** Flows by their id; a version is called by the flow's own id. */
const sourceOf = (flows: Record<string, FlowDocument>, takes?: JsonSchema): FlowSource => ({
  load: async ({ versionId }) => flows[versionId] ?? flowOf({}),
  called: async (_run, { flow }) =>
    flows[flow]
      ? { flowId: flow, versionId: flow, title: flow, input: takes, payloadOf: (input) => ({ body: input }) }
      : { refused: `There is no flow ${flow}.` },
});

const child = flowOf({
  begin: begin(),
  work: send({ input: mappingOf({ n: path('begin', 'body', 'n'), id: fn('uuid') }) }),
  answer: respond({ 'body.got': path('work', 'n') }),
}, ['begin → work', 'work → answer']);
const parent = flowOf({
  begin: begin(),
  call: call('child'),
  after: send({ input: mappingOf({ got: path('call', 'got') }) }),
}, ['begin → call', 'call → after']);

interface World {
  runs: () => NewRun[];
  calls: OperationCall[];
  /** Waits until the run is over. */
  over(runId: string): Promise<{ outcome: unknown; entries: JournalEntry[]; output: (stepKey: string) => Json | undefined }>;
  start(extras?: Partial<NewRun>): Promise<string>;
  cancel(runId: string): Promise<boolean>;
  childrenOf(runId: string): NewRun[];
}

async function worldOf(flows: Record<string, FlowDocument>, handle?: Handle, takes?: JsonSchema): Promise<World> {
  const store = createMemoryStore();
  const bench = await benchOf(flows['parent'] ?? flowOf({}), { store, flows: sourceOf(flows, takes), handle });
  const finished = (runId: string) => expect.poll(() => store.runs.get(runId)?.outcome?.status, { timeout: 5_000, interval: 2 }).toBeDefined();
  return {
    runs: () => [...store.runs.values()].map(({ run }) => run),
    calls: bench.calls,
    async over(runId) {
      await finished(runId);
      const { outcome, entries = [] } = store.runs.get(runId) ?? {};
      return { outcome, entries, output: (stepKey) => entries.findLast((entry) => entry.stepKey === stepKey)?.output };
    },
    async start(extras = {}) {
      return (await bench.engine.start(bench.newRun({ versionId: 'parent', flowId: 'parent', payload: { n: 5 }, ...extras }))).runId;
    },
    cancel: (runId) => bench.engine.cancel(runId),
    childrenOf: (runId) => [...store.runs.values()].map(({ run }) => run).filter((run) => run.parent?.runId === runId),
  };
}

describe('a step that calls a flow', () => {
  it('gives it what that flow says it must have, or fails; null is for the called run to judge', async () => {
    const lines: JsonSchema = { type: 'array', items: { type: 'object', required: ['sku'] } };
    const takes: JsonSchema = { type: 'object', properties: { n: { type: 'number' }, lines }, required: ['n'] };
    const input = mappingOf({ n: path('begin', 'n'), lines: path('begin', 'lines') });
    const caller = flowOf({ begin: begin(), call: call('child', { input }) }, ['begin → call']);
    const world = await worldOf({ parent: caller, child }, undefined, takes);
    const outcomeOf = async (payload: Json) => (await world.over(await world.start({ payload }))).outcome;
    expect(await outcomeOf({ lines: [] })).toMatchObject({
      status: 'failed',
      error: { kind: 'invalid_input', message: '“n” is required, and there is no value for it.', stepKey: 'call', path: ['input', 'n'] },
    });
    expect(await outcomeOf({ n: 1, lines: [{ sku: 'a' }, {}] })).toMatchObject({
      status: 'failed',
      error: { message: '“lines › 1 › sku” is required, and there is no value for it.' },
    });
    expect(world.runs().filter((run) => run.parent)).toEqual([]);
    expect(await outcomeOf({ n: 1, lines: [{ sku: null }] })).toMatchObject({ status: 'succeeded' });
  });

  it('gives it its input, and goes on with its answer', async () => {
    const world = await worldOf({ parent, child });
    const runId = await world.start();
    const { outcome, output } = await world.over(runId);
    expect(outcome).toMatchObject({ status: 'succeeded' });
    expect(output('after')).toEqual({ got: 5 });
    const [called] = world.childrenOf(runId);
    expect(called).toMatchObject({ flowId: 'child', mode: 'live', payload: { body: { n: 5 } }, parent: { runId, stepKey: 'call' }, depth: 1 });
  });

  it('names the called run in the journal from the beginning', async () => {
    const world = await worldOf({ parent, child });
    const runId = await world.start();
    const { entries } = await world.over(runId);
    expect(entries.find(({ stepKey, kind }) => stepKey === 'call' && kind === 'started')?.wait?.signals).toEqual([
      { name: 'run', key: world.childrenOf(runId)[0]?.runId },
    ]);
  });

  it('inside a loop calls once for each item, some at once', async () => {
    const each = flowOf({
      begin: begin(),
      each: forEach({ concurrency: 3, collect: path('call', 'got') }),
      call: call('child', { in: 'each', input: mappingOf({ n: path('item') }) }),
    }, ['begin → each']);
    const world = await worldOf({ parent: each, child });
    const runId = await world.start({ payload: { items: [1, 2, 3, 4, 5] } });
    const { output } = await world.over(runId);
    expect(output('each')).toMatchObject({ items: [1, 2, 3, 4, 5], succeeded: 5 });
    expect(world.childrenOf(runId)).toHaveLength(5);
  });

  it('that answers nothing gives null', async () => {
    const world = await worldOf({ parent: flowOf({ begin: begin(), call: call('child') }, ['begin → call']), child: flowOf({ begin: begin() }) });
    expect((await world.over(await world.start())).output('call')).toBeNull();
  });
});

describe('a called flow that fails', () => {
  const down: Handle = ({ stepKey, input }) => {
    if (stepKey === 'work') throw new TerminalError('The ERP is closed.', { kind: 'upstream' });
    return input;
  };

  it('fails the step with its error', async () => {
    const { outcome } = await (async (world) => world.over(await world.start()))(await worldOf({ parent, child }, down));
    expect(outcome).toMatchObject({ status: 'failed', error: { kind: 'upstream', message: 'The ERP is closed.', stepKey: 'call' } });
  });

  it('leads to the error port, or is passed, where the step says so', async () => {
    const ported = flowOf({
      begin: begin(),
      call: call('child', { onError: 'port' }),
      alert: transform({ told: path('call', 'error', 'message') }),
    }, ['begin → call', 'call.error → alert']);
    const world = await worldOf({ parent: ported, child }, down);
    expect((await world.over(await world.start())).output('alert')).toEqual({ told: 'The ERP is closed.' });
    const passing = flowOf({
      begin: begin(),
      call: call('child', { onError: 'continue' }),
      after: transform({ n: path('begin', 'n') }),
    }, ['begin → call', 'call → after']);
    const other = await worldOf({ parent: passing, child }, down);
    expect((await other.over(await other.start())).outcome).toMatchObject({ status: 'succeeded' });
  });

  it('that is not there fails the step with the reason', async () => {
    const world = await worldOf({ parent });
    expect((await world.over(await world.start())).outcome).toMatchObject({ status: 'failed', error: { message: 'There is no flow child.', stepKey: 'call' } });
  });
});

describe('calls in calls', () => {
  it('are at most eight deep', async () => {
    const world = await worldOf({ parent: flowOf({ begin: begin(), call: call('parent') }, ['begin → call']) });
    const runId = await world.start();
    const { outcome } = await world.over(runId);
    expect(outcome).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('8 calls deep') as string } });
    expect(world.runs()).toHaveLength(9);
  });

  it('are cancelled with the run on top, and nothing goes on below', async () => {
    const middle = flowOf({ begin: begin(), call: call('child') }, ['begin → call']);
    const top = flowOf({ begin: begin(), call: call('middle') }, ['begin → call']);
    const { promise: reached, resolve } = Promise.withResolvers<void>();
    const world = await worldOf({ parent: top, middle, child }, ({ signal }) => {
      resolve();
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    });
    const runId = await world.start();
    await reached;
    expect(await world.cancel(runId)).toBe(true);
    for (const { runId: any } of world.runs()) expect((await world.over(any)).outcome).toMatchObject({ status: 'cancelled' });
    expect(world.runs()).toHaveLength(3);
  });

  it('are given up when the run that called them fails at another step', async () => {
    const flow = flowOf({ begin: begin(), call: call('child'), beside: call('bad') }, ['begin → call', 'begin → beside']);
    const world = await worldOf({ parent: flow, child, bad: flowOf({ begin: begin(), work: send({ title: 'Bad' }) }, ['begin → work']) }, ({ signal, run }) => {
      if (run.flowId === 'bad') throw new TerminalError('No.');
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    });
    const runId = await world.start();
    expect((await world.over(runId)).outcome).toMatchObject({ status: 'failed' });
    const given = world.childrenOf(runId).find(({ flowId }) => flowId === 'child');
    expect((await world.over(given?.runId ?? '')).outcome).toMatchObject({ status: 'cancelled' });
  });
});

it('a replay calls again under the keys and with the ids of the first call', async () => {
  const world = await worldOf({ parent, child });
  const runId = await world.start();
  await world.over(runId);
  const again = await world.start({ replayOf: runId, replayFrom: 'call', effectsOf: runId, entries: [] });
  await world.over(again);
  const [first, second] = world.calls.filter(({ stepKey }) => stepKey === 'work');
  expect(second?.idempotencyKey).toBe(first?.idempotencyKey);
  expect(second?.input).toEqual(first?.input);
  expect(world.childrenOf(again)[0]?.runId).not.toBe(world.childrenOf(runId)[0]?.runId);
});
