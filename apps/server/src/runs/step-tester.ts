import {
  type CalledFlow,
  createEngine,
  createMemoryStore,
  createMemorySubstrate,
  type JournalEntry,
  type MemoryStore,
  type NewRun,
  type OperationRunner,
  type Outcome as RunOutcome,
  Parked,
  type RunError,
  type Wait,
} from '@weft/engine';
import { triggerOf, type Catalogue, type FlowDocument, type Step } from '@weft/flow';
import { inferSchema, type Json, type JsonObject, type SchemaValidator } from '@weft/json-schema';
import { newId } from '../db/ids.ts';
import type { StepTest } from '@weft/api';
import { Refused } from '../refused.ts';
import { heldProblems } from '../stores/holds/held-problems.ts';
import type { HoldStore } from '../stores/holds/hold-store.ts';
import type { CalledFlows } from '../subflows/called-flows.ts';
import { redact } from '../redact/redact.ts';
import type { VersionDocuments } from '../stores/flows/version-documents.ts';
import { createFlowSource } from './flow-source.ts';
import { redactSaid } from '../redact/redact-said.ts';

export interface StepTestCall {
  workspaceId: string;
  flowId: string;
  document: FlowDocument;
  stepId: string;
  /** Outputs of upstream steps and items of enclosing loops, by the names that paths start with. */
  scope: JsonObject;
}

export interface StepTester {
  /** @throws {Refused} 422 for a trigger, which nothing can run, and for a step that waits. */
  test(call: StepTestCall, signal: AbortSignal): Promise<StepTest>;
}

export interface StepTesterParts {
  runner: OperationRunner;
  catalogue: Catalogue;
  validator: SchemaValidator;
  holds: Pick<HoldStore, 'connectorNote'>;
  documents: Pick<VersionDocuments, 'find'>;
  called: CalledFlows['called'];
}

/**
 * Runs one step with the engine that runs flows, in memory: around the step, every name of the scope becomes a pinned step that
 * gives its value. So a test means what the run will do, and leaves nothing in the history. Flows that it calls run in memory too.
 */
export function createStepTester({ runner, catalogue, validator, holds, documents, called }: StepTesterParts): StepTester {
  const { load } = createFlowSource(documents);

  /** As a test run calls it: the draft, but none that is above it here, nor one that needs a connector that is off. */
  async function calledBy(runs: MemoryStore['runs'], run: NewRun, call: { flow: string; version?: number }): Promise<CalledFlow | { refused: string }> {
    const found = await called(run, call);
    if ('refused' in found) return found;
    for (let above: NewRun | undefined = run; above; above = above.parent && runs.get(above.parent.runId)?.run) {
      if (above.flowId === call.flow) return { refused: `“${found.title}” would end up calling itself, which would never end: let it call another flow.` };
    }
    const document = documents.find(found.versionId)?.document;
    const [held] = document ? heldProblems(document, holds, catalogue) : [];
    return held ? { refused: held.message } : found;
  }

  return {
    async test({ workspaceId, flowId, document, stepId, scope }, signal) {
      const around = isolatedStep(document, stepId, scope);
      const [held] = heldProblems(around.document, holds, catalogue);
      if (held) throw new Refused(422, 'step.held', held.message);
      const store = createMemoryStore();
      const substrate = createMemorySubstrate(store);
      const runId = newId('run');
      const end = Promise.withResolvers<RunOutcome>();
      // It may be over before anybody waits for it.
      end.promise.catch(() => undefined);
      const engine = createEngine({
        substrate,
        flows: {
          load: async (run) => (run.runId === runId ? around.document : load(run)),
          called: (run, call) => calledBy(store.runs, run, call),
        },
        runner,
        catalogue,
        validator,
        publish(event) {
          if (event.type === 'run.parked' && event.waits.some((wait) => isOutside(wait, event.at))) end.reject(whyNotAlone());
          if (event.type === 'run.finished' && event.run.runId === runId) end.resolve(event.outcome);
        },
      });
      await engine.open();
      const cancel = () => {
        void engine.cancel(runId);
        end.reject(signal.reason);
      };
      signal.addEventListener('abort', cancel, { once: true });
      try {
        const startedAt = Date.now();
        const { finished } = await engine.start(
          { runId, workspaceId, flowId, versionId: runId, mode: 'test', payload: around.payload, createdAt: startedAt, until: stepId },
          { lease: true },
        );
        // While a flow that it calls runs, it is parked.
        finished.then(end.resolve, (error: unknown) => error instanceof Parked || end.reject(error));
        const outcome = await end.promise;
        const durationMs = Date.now() - startedAt;
        const { entries } = await substrate.load(runId);
        return stepTest({ stepId, entries: entries.filter(({ stepKey }) => stepKey === stepId), error: outcome.error, durationMs });
      } finally {
        signal.removeEventListener('abort', cancel);
        await engine.drain(0);
        await substrate.close();
      }
    },
  };
}

/** Longer than anybody watches a button. */
const maxWaitMs = 15_000;

/** A called flow ends by itself, and so does a short wait. */
const isOutside = ({ signals, until }: Wait, now: number): boolean =>
  !signals.some(({ name }) => name === 'run') && (until === undefined || until - now > maxWaitMs);

/** What waits for something outside would keep the test waiting as well. */
const whyNotAlone = () =>
  new Refused(422, 'step.waits', 'This step waits for something outside, so it cannot be tried on its own. Start a test run instead.');

interface Outcome {
  stepId: string;
  /** Of this step. */
  entries: JournalEntry[];
  /** Of the run. */
  error?: RunError;
  durationMs: number;
}

function stepTest({ stepId, entries, error: runError, durationMs }: Outcome): StepTest {
  const last = entries.at(-1);
  // Steps that are a mapping and nothing else have no input of their own: what was mapped is what they give.
  const input = redact(entries.findLast((entry) => entry.input !== undefined)?.input ?? last?.output ?? null);
  const error = last?.error ?? runError;
  if (error) return { stepId, status: 'failed', input, error: redactSaid(error), durationMs };
  const output = redact(last?.output);
  return {
    stepId,
    status: 'succeeded',
    input,
    durationMs,
    ...(output !== undefined && { output, outputSchema: inferSchema([output]) }),
  };
}

/** A flow in which the step finds its scope, and nothing else runs. */
function isolatedStep(document: FlowDocument, stepId: string, scope: JsonObject): { document: FlowDocument; payload: Json } {
  const { stepId: triggerId, step: trigger } = triggerOf(document) ?? { stepId: startId, step: anyStart };
  if (triggerId === stepId) {
    throw new Refused(422, 'step.trigger', 'A trigger waits for something outside. Listen for a test call, or paste an example.');
  }
  const inner = innerSteps(document, stepId);
  const steps: Record<string, Step> = { [triggerId]: withoutPin(trigger), [stepId]: alone(document, stepId) };
  for (const id of inner) steps[id] = document.steps[id] ?? anyStart;
  const edges: FlowDocument['edges'] = document.edges.filter(({ from, to }) => inner.has(from[0]) && inner.has(to));
  const names = Object.keys(scope).filter((name) => !Object.hasOwn(steps, name));
  for (const name of names) {
    steps[name] = { kind: 'transform', title: name, pinned: 0, samples: [{ title: name, output: scope[name] ?? null }] };
    edges.push({ from: [triggerId, 'next'], to: name }, { from: [name, 'next'], to: stepId });
  }
  if (names.length === 0) edges.push({ from: [triggerId, 'next'], to: stepId });
  return { document: { ...document, steps, edges, notes: [], layout: {} }, payload: scope[triggerId] ?? null };
}

const startId = 'start';
/** Supplies the payload, so its operation does not matter. */
const anyStart: Step = { kind: 'trigger', title: 'Start', use: { connector: '', version: '', operation: '' } };

function withoutPin(step: Step): Step {
  const { pinned: _, ...rest } = step;
  return rest;
}

/** Outside its loop, without its pin, and tried once: a test shows the first attempt. */
function alone(document: FlowDocument, stepId: string): Step {
  const { in: _, ...step } = withoutPin(document.steps[stepId] ?? anyStart);
  if ('retry' in step) delete step.retry;
  if ('onError' in step) delete step.onError;
  return step;
}

/** Everything inside a loop, however deep. */
function innerSteps(document: FlowDocument, containerId: string): Set<string> {
  const inner = new Set<string>();
  const pending = [containerId];
  for (let container = pending.pop(); container !== undefined; container = pending.pop()) {
    for (const [id, step] of Object.entries(document.steps)) {
      if (step.in === container && !inner.has(id)) {
        inner.add(id);
        pending.push(id);
      }
    }
  }
  return inner;
}
