import { may, must, number, object, oneOf, or, type Shape } from '@weft/json-schema/read';
import type { Said } from '@weft/sentences';
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
  /**
   * `fail` (default) ends the run; `continue` goes on with the output missing; `port` goes on at the error port, where the output is `{ error:
   * { kind, message } }`.
   */
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
  const step = named(title);
  const found: Problem[] = [];
  const add = (path: string[], said: Said) => found.push({ code: 'retry.range', severity: 'error', stepId, path, ...said });
  if (outside(retry?.attempts, effectLimits.attempts)) add(['retry', 'attempts'], say('flow.retry.range.attempts', { step, max: effectLimits.attempts.max }));
  if (outside(retry?.delayMs, effectLimits.delayMs)) add(['retry', 'delayMs'], say('flow.retry.range.delay', { step }));
  if (outside(timeoutMs, effectLimits.timeoutMs)) add(['timeoutMs'], say('flow.retry.range.timeout', { step }));
  return found;
}
