import type { Step, StepKind, StepOf } from '@weft/flow';
import type { Work } from '../plan/plan.ts';
import { action } from './action.ts';
import { approval } from './approval.ts';
import { branch } from './branch.ts';
import type { Executor } from './executor.ts';
import { filter } from './filter.ts';
import { forEach } from './for-each.ts';
import { respond } from './respond.ts';
import { stop } from './stop.ts';
import { subflow } from './subflow.ts';
import { transform } from './transform.ts';
import { trigger } from './trigger.ts';
import { wait } from './wait.ts';

/** What steps of each kind do when they run. */
export const executors = { trigger, action, transform, filter, branch, forEach, respond, stop, wait, approval, subflow } satisfies {
  [K in StepKind]: Executor<StepOf<K>, { kind: K }>;
};

const known = new Map<string, Executor<Step, Work>>(
  // Each is given steps of its own kind only; TypeScript cannot follow a union through an index.
  Object.entries(executors) as unknown as [string, Executor<Step, Work>][],
);

export function executorOf({ kind }: Pick<Step, 'kind'>): Executor<Step, Work> {
  const executor = known.get(kind);
  if (!executor) throw new TypeError(`The engine knows no step of the kind ${kind}.`);
  return executor;
}

/** For the engine's own tests: registers one more kind than the product has; the returned function takes it away again. */
export function addExecutor<S, W extends { kind: string }>(kind: W['kind'], executor: Executor<S, W>): () => void {
  if (known.has(kind)) throw new RangeError(`The engine has an executor for ${kind} already.`);
  // As above: only steps with this name reach it.
  known.set(kind, executor as unknown as Executor<Step, Work>);
  return () => void known.delete(kind);
}
