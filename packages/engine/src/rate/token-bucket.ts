/** At most so many calls in any stretch of so many milliseconds. */
export interface RateLimit {
  calls: number;
  perMs: number;
}

/** This share of the limit may be used in one burst; the rest is spread evenly. */
const burstShare = 0.1;

/**
 * A token bucket as one number: the time at which it would be full again. Its size and the speed at which it fills are chosen so that
 * no stretch of time ever sees more calls than the limit allows, however it begins: a bucket of the whole limit that also fills
 * during the first stretch would allow nearly twice as many.
 * @param fullAt - the second result of the previous call; default a full bucket.
 * @returns how long the caller has to wait, milliseconds, and the new number. The call is counted, so a caller that waits keeps its place.
 * @see https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm
 */
export function takeToken({ calls, perMs }: RateLimit, now: number, fullAt = Number.NEGATIVE_INFINITY): { waitMs: number; fullAt: number } {
  const size = Math.max(1, Math.floor(calls * burstShare));
  const spacingMs = perMs / (calls - size + 1);
  const from = Math.max(fullAt, now);
  return { waitMs: Math.max(0, Math.ceil(from - (size - 1) * spacingMs - now)), fullAt: from + spacingMs };
}
