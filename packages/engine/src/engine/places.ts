import { createRegistry } from '../registry.ts';
import type { Lease } from '../substrate.ts';

/**
 * The places for runs in this process.
 *
 * P1. A run in progress has one place, from its lease until nothing of it is in flight here.
 * P2. Places that the substrate was asked to fill are reserved until it has answered, so that runs in progress and reserved places
 *     together are never more than there are.
 */
export interface Places {
  free(): number;
  /** P2. Ends with `release` of as many. */
  reserve(count: number): void;
  release(count: number): void;
  /** P1. */
  take(run: InFlight): void;
  /** P1. */
  leave(runId: string): void;
  of(runId: string): InFlight | undefined;
  inUse(): InFlight[];
}

/** A run that this process works on. */
export interface InFlight {
  lease: Lease;
  abort(reason: Error): void;
  /** Settles, without an error, when nothing of the run is in flight here any more. */
  work: Promise<void>;
}

export function createPlaces(count: number): Places {
  const inFlight = createRegistry<InFlight>();
  let reserved = 0;
  return {
    free: () => count - inFlight.size - reserved,
    reserve(more) {
      reserved += more;
    },
    release(less) {
      reserved -= less;
    },
    take: (run) => inFlight.set(run.lease.run.runId, run),
    leave: (runId) => void inFlight.take(runId),
    of: (runId) => inFlight.get(runId),
    inUse: () => inFlight.values(),
  };
}
