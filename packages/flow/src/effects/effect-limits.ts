/** What a step may say about trying again and its time limit, and what holds where it says nothing. */
export const effectLimits = {
  /** All tries together, the first included. */
  attempts: { min: 1, max: 10, usual: 1 },
  /** Before the first retry, milliseconds. */
  delayMs: { min: 0, max: 3_600_000, usual: 1_000 },
  /** For each attempt, milliseconds. */
  timeoutMs: { min: 1, max: 3_600_000, usual: 30_000 },
  backoff: { usual: 'exponential' },
} as const;
