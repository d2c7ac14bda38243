import { takeToken, type RateLimit } from './token-bucket.ts';

export interface BucketStore {
  /** What was saved last. */
  load(name: string): number | undefined;
  /** Resolves when it is durable. */
  save(name: string, fullAt: number): Promise<void>;
}

/** Token buckets: how often something may be called. */
export interface Buckets {
  /**
   * Counts a call against a token bucket, which survives a restart without giving more than its limit.
   * @returns how long the caller has to wait before it calls, milliseconds; its place is kept.
   */
  take(bucket: string, limit: RateLimit, now: number): Promise<number>;
}

/** How far the saved time is ahead of the real one, milliseconds: a bucket is written about once in this time, not at every call. */
const aheadMs = 2_000;

/**
 * Token buckets in memory that survive a restart without giving more than their limits. The saved time is never before the real one, so
 * after a restart calls wait up to `aheadMs` longer than they have to, and never less.
 */
export function createBuckets(store: BucketStore): Buckets {
  const buckets = new Map<string, { fullAt: number | undefined; savedUpTo: number; saving?: Promise<void> }>();

  return {
    async take(name, limit, now) {
      let bucket = buckets.get(name);
      if (!bucket) {
        const saved = store.load(name);
        buckets.set(name, (bucket = { fullAt: saved, savedUpTo: saved ?? Number.NEGATIVE_INFINITY }));
      }
      const { waitMs, fullAt } = takeToken(limit, now, bucket.fullAt);
      bucket.fullAt = fullAt;
      if (fullAt > bucket.savedUpTo) {
        bucket.savedUpTo = fullAt + aheadMs;
        const saving = store.save(name, bucket.savedUpTo);
        bucket.saving = saving;
        await saving;
        if (bucket.saving === saving) delete bucket.saving;
      } else await bucket.saving;
      return waitMs;
    },
  };
}
