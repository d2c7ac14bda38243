import type { Step, StepKind, StepOf } from '@weft/flow';
import type { Work } from '../plan/plan.ts';
import { action } from './action.ts';
import { approval } from './approval.ts';
import { branch } from './branch.ts';
import type { Execution } from './execution.ts';
import { filter } from './filter.ts';
import { forEach } from './for-each.ts';
import { respond } from './respond.ts';
import { stop } from './stop.ts';
import { subflow } from './subflow.ts';
import { transform } from './transform.ts';
import { trigger } from './trigger.ts';
import { wait } from './wait.ts';

/** What steps of each kind do when they run. */
export const executions = { trigger, action, transform, filter, branch, forEach, respond, stop, wait, approval, subflow } satisfies {
  [K in StepKind]: Execution<StepOf<K>, { kind: K }>;
};

const known = new Map<string, Execution<Step, Work>>(
  // Each is given steps of its own kind only; TypeScript cannot follow a union through an index.
  Object.entries(executions) as unknown as [string, Execution<Step, Work>][],
);

export function executionOf({ kind }: Pick<Step, 'kind'>): Execution<Step, Work> {
  const execution = known.get(kind);
  if (!execution) throw new TypeError(`The engine knows no step of the kind ${kind}.`);
  return execution;
}

/** For the engine's own tests: one more kind than the product has, until the function that is given back is called. */
export function addExecution<S, W extends { kind: string }>(kind: W['kind'], execution: Execution<S, W>): () => void {
  if (known.has(kind)) throw new RangeError(`The engine has an execution for ${kind} already.`);
  // As above: only steps with this name reach it.
  known.set(kind, execution as unknown as Execution<Step, Work>);
  return () => void known.delete(kind);
}
