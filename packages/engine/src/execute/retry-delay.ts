import { effectLimits, type RetryPolicy } from '@weft/flow';

const maxDelayMs = 30_000;
/** Whatever the other side asks for: a run is not parked for longer than this. */
export const maxAskedMs = 3_600_000;

/**
 * Delay before the next attempt, in milliseconds: fixed, or exponential with full jitter (a random time up to the doubled one, so that
 * runs that failed together do not come back together), and never less than the other side asked for. That is a lower bound only: a
 * server whose clock is a second late asks for no wait at all.
 * @param attempt - the one that failed: 1 for the first.
 * @throws {RangeError} when `attempt` < 1: a caller's bug, never a user's.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function retryDelay(policy: RetryPolicy, attempt: number, askedMs?: number, random: () => number = Math.random): number {
  if (attempt < 1) throw new RangeError(`Attempts are counted from 1, not ${attempt}.`);
  return Math.max(Math.min(maxAskedMs, askedMs ?? 0), ownDelay(policy, attempt, random));
}

function ownDelay(policy: RetryPolicy, attempt: number, random: () => number): number {
  const delayMs = policy.delayMs ?? effectLimits.delayMs.usual;
  if (policy.backoff === 'fixed') return delayMs;
  return Math.round(random() * Math.min(Math.max(maxDelayMs, delayMs), delayMs * 2 ** (attempt - 1)));
}
