import { createAlarm } from '../run/alarm.ts';
import type { Lease, RunQueue, RunStore } from '../substrate.ts';
import type { Places } from './places.ts';

/**
 * Claims runs from the queue while it may have some and a place is free.
 *
 * C1. One claim at a time. A request during a claim sets `mayBeQueued`, and the running claim starts over.
 * C2. `mayBeQueued` is cleared before the substrate is asked, never after: what is queued in between is not missed.
 * C3. An unavailable store delays claims: they are retried after a pause, and the error is reported.
 * C4. Runs are claimed and woken only between `open` and `close`.
 */
export interface Claims {
  isOpen(): boolean;
  /** C4. Wakes what is due, and claims. */
  open(): Promise<void>;
  close(): void;
  /** Something may be in the queue; `go` looks. */
  expect(): void;
  /** Claims if something may be in the queue. */
  go(): void;
  /** Both of them. */
  recheck(): void;
  /** A run is parked until then, milliseconds since the epoch. */
  dueAt(at: number): void;
  /** Puts a run back whose commits the store did not take, as soon as it can: it begins again where the store has it. */
  giveBack(lease: Lease): Promise<void>;
}

export interface ClaimsOptions {
  substrate: Pick<RunQueue, 'claim' | 'wake'> & Pick<RunStore, 'giveBack'>;
  places: Places;
  now: () => number;
  report: (error: unknown) => void;
  /** Works on a claimed run. */
  begin(lease: Lease): void;
}

/** Between two tries when the store is away. */
export const storePauseMs = 1_000;

export function createClaims({ substrate, places, now, report, begin }: ClaimsOptions): Claims {
  let isOpen = false;
  let mayBeQueued = false;
  let isClaiming = false;
  const alarm = createAlarm(() => void wake(), now);

  /** Parked runs whose time has come go back into the queue. */
  async function wake(): Promise<void> {
    if (!isOpen) return;
    try {
      const next = await substrate.wake(now());
      if (next !== undefined) alarm.atLatest(next);
      mayBeQueued = true;
      await claim();
    } catch (error) {
      // C3
      report(error);
      alarm.atLatest(now() + storePauseMs);
    }
  }

  async function claim(): Promise<void> {
    if (isClaiming) return; // C1
    isClaiming = true;
    try {
      while (mayBeQueued && isOpen && places.free() > 0) for (const lease of await claimUpTo(places.free())) begin(lease);
    } catch (error) {
      // C3
      report(error);
      mayBeQueued = true;
      setTimeout(() => void claim(), storePauseMs).unref();
    } finally {
      isClaiming = false;
    }
  }

  async function claimUpTo(count: number): Promise<Lease[]> {
    mayBeQueued = false; // C2
    places.reserve(count);
    try {
      const leases = await substrate.claim(count);
      if (leases.length === count) mayBeQueued = true;
      return leases;
    } finally {
      places.release(count);
    }
  }

  function recheck(): void {
    mayBeQueued = true;
    void claim();
  }

  return {
    isOpen: () => isOpen,
    async open() {
      isOpen = true;
      await wake();
    },
    close() {
      isOpen = false;
      alarm.off();
    },
    expect() {
      mayBeQueued = true;
    },
    go() {
      if (mayBeQueued) void claim();
    },
    recheck,
    dueAt: (at) => alarm.atLatest(at),
    async giveBack(lease) {
      while (isOpen) {
        try {
          await substrate.giveBack(lease);
          recheck();
          return;
        } catch (error) {
          // C3. The next start would find the run too.
          report(error);
          await new Promise((resolve) => void setTimeout(resolve, storePauseMs).unref());
        }
      }
    },
  };
}
