import { may, must, number, object, oneOf, or, type Shape } from '@weft/json-schema/read';
import { effectLimits } from '../effects/effect-limits.ts';
import type { Problem } from '../problem.ts';
import { say } from '../sentences.en.ts';
import { named } from '../problems/check.ts';
import type { StepBase } from './step-base.ts';

export interface RetryPolicy {
  /** All tries together, the first included: 1–10. Default 1. */
  attempts: number;
  backoff: 'fixed' | 'exponential';
  /** Before the first retry, milliseconds. Default 1_000. */
  delayMs?: number;
}

export interface Effects {
  retry?: RetryPolicy;
  /** For each attempt, milliseconds. Default 30_000. */
  timeoutMs?: number;
  /** `fail` (default) ends the run; `continue` goes on with the output missing; `port` goes on at the error port, where the output is `{ error: { kind, message } }`. */
  onError?: 'fail' | 'continue' | 'port';
}

/** A whole number within its bounds. */
const within = ({ min, max }: { min: number; max: number }) => number(min, max, true);

export const effectsShape: Shape<Effects> = {
  retry: may(
    object<RetryPolicy>({
      attempts: must(within(effectLimits.attempts)),
      backoff: or(oneOf('fixed', 'exponential'), () => effectLimits.backoff.usual),
      delayMs: may(within(effectLimits.delayMs)),
    }),
  ),
  timeoutMs: may(within(effectLimits.timeoutMs)),
  onError: may(oneOf('fail', 'continue', 'port')),
};

/** Trying again, and waiting for an answer, is within bounds. */
export function effectProblems({ title, retry, timeoutMs }: StepBase & Effects, stepId: string): Problem[] {
  const outside = (value: number | undefined, { min, max }: { min: number; max: number }) => value !== undefined && !(value >= min && value <= max);
  const problem = (path: string[], code: 'retry.range.attempts' | 'retry.range.delay' | 'retry.range.timeout'): Problem => ({
    code: 'retry.range',
    severity: 'error',
    stepId,
    path,
    ...say(code, { step: named(title) }),
  });
  const found: Problem[] = [];
  if (outside(retry?.attempts, effectLimits.attempts)) found.push(problem(['retry', 'attempts'], 'retry.range.attempts'));
  if (outside(retry?.delayMs, effectLimits.delayMs)) found.push(problem(['retry', 'delayMs'], 'retry.range.delay'));
  if (outside(timeoutMs, effectLimits.timeoutMs)) found.push(problem(['timeoutMs'], 'retry.range.timeout'));
  return found;
}
