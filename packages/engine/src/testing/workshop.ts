import { connector, operation } from '@weft/connector-sdk/testing';
import { catalogueOf, type FlowDocument, type Step } from '@weft/flow';
import { mappingOf, path } from '@weft/flow/testing';
import type { Json, JsonObject } from '@weft/json-schema';
import { createInterpretingValidator } from '@weft/json-schema/interpreter';
import type { Expression } from '@weft/mapping';
import { createEngine } from '../engine/engine.ts';
import { createMemoryStore, type MemoryStore } from '../memory/memory-store.ts';
import { createMemorySubstrate } from '../memory/memory-substrate.ts';
import type { Engine, EngineOptions, OperationCall, OperationRunner, RunEvent } from '../ports.ts';
import type { NewRun, Substrate } from '../substrate.ts';

/** One connector with an operation for each promise the engine makes about operations. */
const workshop = connector({
  id: 'workshop',
  operations: [
    operation('begin', { kind: 'trigger', trigger: { strategy: 'webhook' } }),
    operation('send'),
    operation('look', { effect: 'read' }),
    operation('rows', { kind: 'source', effect: 'read', stream: { role: 'source', resumable: true } }),
    operation('file', { stream: { role: 'sink', resumable: true } }),
    operation('blind', { stream: { role: 'sink', resumable: false } }),
    operation('store', {
      stream: { role: 'sink', resumable: true },
      input: { type: 'object', properties: { n: { type: ['number', 'string'] }, kind: { type: 'string', default: 'plain' } }, required: ['n'] },
      output: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
      outputSource: 'declared',
    }),
    operation('strict', {
      config: { type: 'object', properties: { mode: { type: 'string', default: 'fast' } } },
      input: {
        type: 'object',
        properties: { amount: { type: 'number' }, currency: { type: 'string', default: 'NOK' } },
        required: ['amount'],
      },
      output: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
      outputSource: 'declared',
    }),
  ],
});

export const catalogue = catalogueOf([workshop]);
const operationRef = (id: string) => ({ connector: 'workshop', version: '1.0.0', operation: id });

export { constant, flowOf, fn, mappingOf, path } from '@weft/flow/testing';

export const begin = (changes: object = {}): Step => ({ kind: 'trigger', title: 'Begin', use: operationRef('begin'), ...changes });
export const send = (changes: object = {}): Step => ({ kind: 'action', title: 'Send', use: operationRef('send'), ...changes });
export const look = (changes: object = {}): Step => ({ kind: 'action', title: 'Look', use: operationRef('look'), ...changes });
export const strict = (changes: object = {}): Step => ({ kind: 'action', title: 'Strict', use: operationRef('strict'), ...changes });
export const transform = (rules: Record<string, Expression>, changes: object = {}): Step => ({
  kind: 'transform',
  title: 'Reshape',
  input: mappingOf(rules),
  ...changes,
});
export const filter = (condition: Expression, changes: object = {}): Step => ({ kind: 'filter', title: 'Only some', condition, ...changes });
export const branch = (cases: Record<string, Expression>, changes: object = {}): Step => ({
  kind: 'branch',
  title: 'Which',
  cases: Object.entries(cases).map(([id, condition]) => ({ id, title: id, condition })),
  ...changes,
});
export const forEach = (changes: object = {}): Step => ({ kind: 'forEach', title: 'Each', items: path('begin', 'items'), as: 'item', ...changes });
/** A loop over the stream `rows`. */
export const overRows = (changes: object = {}): Step => ({
  kind: 'forEach',
  title: 'Each',
  source: { use: operationRef('rows') },
  as: 'row',
  batchSize: 3,
  ...changes,
});
export const file = (changes: object = {}): Step => ({ kind: 'action', title: 'File', use: operationRef('file'), ...changes });
export const blind = (changes: object = {}): Step => ({ kind: 'action', title: 'Blind', use: operationRef('blind'), ...changes });
/** A sink that declares what it takes and gives. */
export const store = (changes: object = {}): Step => ({ kind: 'action', title: 'Store', use: operationRef('store'), ...changes });
export const respond = (rules: Record<string, Expression>, changes: object = {}): Step => ({
  kind: 'respond',
  title: 'Answer',
  input: mappingOf(rules),
  ...changes,
});
export const stop = (changes: object = {}): Step => ({ kind: 'stop', title: 'Stop', ...changes });

export type Handle = (call: OperationCall) => Json | Promise<Json>;

export interface Bench {
  engine: Engine;
  store: MemoryStore;
  substrate: Substrate;
  events: RunEvent[];
  /** Every call of an operation, in order. */
  calls: OperationCall[];
  newRun(extras?: Partial<NewRun>): NewRun;
  /** Starts a run, waits for its end, and gives all that is left of it. */
  run(payload?: Json, extras?: Partial<NewRun> & { lease?: boolean }): Promise<Ran>;
}

export interface Ran {
  runId: string;
  outcome: Awaited<Awaited<ReturnType<Engine['start']>>['finished']>;
  answer: Awaited<Awaited<ReturnType<Engine['start']>>['answer']>;
  entries: MemoryStore['runs'] extends Map<string, infer S> ? (S extends { entries: infer E } ? E : never) : never;
  /** `step kind` of every entry, in order. */
  facts: string[];
  /** Of the last entry of each step that gave something. */
  outputs: JsonObject;
}

export interface BenchOptions extends Partial<EngineOptions> {
  /** What `rows` gives and `file` takes. */
  streams?: Partial<Pick<OperationRunner, 'read' | 'write' | 'sync'>>;
  store?: MemoryStore;
  /** What operations do. Default: give their input back. */
  handle?: Handle;
}

let counter = 0;

/** An open engine over a memory substrate that runs one flow. The port to operations is the test's own. */
export async function benchOf(flow: FlowDocument, options: BenchOptions = {}): Promise<Bench> {
  const { handle = ({ input }) => input, store = createMemoryStore(), streams = {}, ...rest } = options;
  const events: RunEvent[] = [];
  const calls: OperationCall[] = [];
  const substrate = rest.substrate ?? createMemorySubstrate(store);
  const engine = createEngine({
    flows: { load: async () => flow },
    runner: {
      invoke: async (call) => {
        calls.push(call);
        return handle(call);
      },
      ...streams,
    },
    catalogue,
    validator: createInterpretingValidator(),
    publish: (event) => events.push(event),
    ...rest,
    substrate,
  });
  await engine.open();
  const newRun = (extras: Partial<NewRun> = {}): NewRun => ({
    runId: `run_${++counter}`,
    workspaceId: 'ws_1',
    flowId: 'flow_1',
    versionId: 'version_1',
    mode: 'live',
    payload: {},
    createdAt: 1_700_000_000_000,
    ...extras,
  });
  return {
    engine,
    store,
    substrate,
    events,
    calls,
    newRun,
    async run(payload = {}, { lease = true, ...extras } = {}) {
      const started = await engine.start(newRun({ payload, ...extras }), { lease });
      const [answer, outcome] = await Promise.all([started.answer, started.finished]);
      const { entries } = await substrate.load(started.runId);
      return {
        runId: started.runId,
        outcome,
        answer,
        entries,
        facts: entries.map(({ stepKey, kind }) => `${stepKey} ${kind}`),
        outputs: Object.fromEntries(entries.flatMap(({ stepKey, output }) => (output === undefined ? [] : [[stepKey, output]]))),
      };
    },
  };
}
