import { stepsUntil } from '@weft/flow';
import type { Answer, Outcome, Wait } from '../journal.ts';
import type { EngineOptions } from '../ports.ts';
import type { Buckets } from '../rate/buckets.ts';
import type { Lease, RunStore, Signals } from '../substrate.ts';
import type { Plan } from '../plan/plan.ts';
import type { Patience } from './patience.ts';
import { replayOf } from './replay.ts';
import { runBlock } from './run-block.ts';
import type { Answered, BlockEnd, RunState } from './run-state.ts';
import { isInterruption } from './interrupted.ts';
import { createRunWriter, type RunWriter } from './run-writer.ts';
import { toRunError } from './to-run-error.ts';

export interface RunFlowOptions extends Pick<EngineOptions, 'flows' | 'limits' | 'runner' | 'validator' | 'entering'> {
  substrate: RunStore & Signals & Buckets;
  patience: Patience;
  planOf: (flow: Plan['flow']) => Plan;
  publish: NonNullable<EngineOptions['publish']>;
  now: () => number;
  /** Aborts on cancel and shutdown. */
  signal: AbortSignal;
  /** Told once, when the run's answer has been committed. */
  answered: (answer: Answer) => void;
}

/** The run has been given back. */
export interface ParkedRun {
  /** False: one of its waits has ended already, and it is queued. */
  parked: boolean;
  /** When the first of its waits ends by itself. */
  dueAt: number | undefined;
}

/**
 * Runs one leased run to its end, or until there is nothing left but to wait, and commits that.
 * @throws {LeaseLost} when the run is no longer ours: cancelled, or taken over.
 * @throws {Interrupted} when the process stops; the run goes on at the next start.
 */
export async function runFlow(lease: Lease, options: RunFlowOptions): Promise<Outcome | ParkedRun> {
  const { now } = options;
  const writer = createRunWriter({ lease, substrate: options.substrate, publish: options.publish, now });
  const state: Answered = {};
  const end = await walk(lease, writer, options, state).catch(unforeseen);
  if (end.kind === 'waiting') return { parked: await writer.park(end.waits), dueAt: earliest(end.waits) };
  const outcome = outcomeOf(end, now(), state);
  await writer.finish(outcome);
  return outcome;
}

async function walk(lease: Lease, writer: RunWriter, options: RunFlowOptions, outcomeParts: Answered): Promise<BlockEnd> {
  const { run, refused } = lease;
  if (refused) return { kind: 'failed', error: refused };
  const plan = options.planOf(await options.flows.load(run));
  if (plan.broken) return { kind: 'failed', error: plan.broken };
  const journal = lease.resumed ? await options.substrate.load(run.runId) : undefined;
  const replay = journal && replayOf(journal.entries);
  const state: RunState = {
    run,
    plan,
    writer,
    replay,
    progress: journal?.progress && new Map(journal.progress.map((one) => [one.stepKey, one])),
    ...(run.until !== undefined && Object.hasOwn(plan.flow.steps, run.until) && { until: stepsUntil(plan.flow, run.until) }),
    services: options,
    now: options.now,
    outcomeParts,
    answered: options.answered,
  };
  const frame = { scope: {}, prefix: '', now: run.createdAt, signal: options.signal, records: true, recordsFailures: true };
  return runBlock(state, plan.root, frame);
}

/** Anything but a lost lease, a shutdown or a lost store ends the run: left alone, it would fail the same way at every start. */
function unforeseen(error: unknown): BlockEnd {
  if (isInterruption(error)) throw error;
  return { kind: 'failed', error: toRunError(error) };
}

function earliest(waits: readonly Wait[]): number | undefined {
  const due = waits.flatMap(({ until }) => (until === undefined ? [] : [until]));
  return due.length === 0 ? undefined : Math.min(...due);
}

function outcomeOf(end: Exclude<BlockEnd, { kind: 'waiting' }>, at: number, { answer, allFailed }: Answered): Outcome {
  const answered = answer && { answer };
  switch (end.kind) {
    case 'done':
      if (allFailed) return { status: 'failed', at, error: allFailed, ...answered };
      return { status: end.skipped ? 'skipped' : 'succeeded', at, ...answered };
    case 'failed':
      return { status: 'failed', at, error: end.error, ...answered };
    case 'stopped':
      return { ...end.outcome, at, ...answered };
  }
}
