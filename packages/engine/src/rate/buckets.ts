import { takeToken, type RateLimit } from './token-bucket.ts';

export interface BucketStore {
  /** What was saved last. */
  load(name: string): number | undefined;
  /** Resolves when it is durable. */
  save(name: string, fullAt: number): Promise<void>;
}

export interface Buckets {
  /** Counts a call. @returns how long it has to wait, milliseconds. */
  take(name: string, limit: RateLimit, now: number): Promise<number>;
}

/** What is saved runs ahead by so much, so a bucket is written once in a while and not with every call. */
const aheadMs = 2_000;

/**
 * Token buckets in memory that a restart cannot empty too early: what is saved is always at or after what was given out, so after a
 * restart calls begin at most this much later than they might, and never sooner.
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
