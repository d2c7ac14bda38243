import type { Buckets } from './rate/buckets.ts';
import type { Cursors } from './substrate/cursors.ts';
import type { RunQueue } from './substrate/run-queue.ts';
import type { RunStore } from './substrate/run-store.ts';
import type { Signals } from './substrate/signals.ts';

export * from './substrate/alongside.ts';
export * from './substrate/cursors.ts';
export * from './substrate/lease.ts';
export * from './substrate/new-run.ts';
export * from './substrate/run-queue.ts';
export * from './substrate/run-store.ts';
export * from './substrate/signals.ts';

/**
 * The seam to scale: all that the engine needs from storage. In memory, SQLite, later PostgreSQL; one conformance suite.
 * A promise that resolves means committed. Whoever needs a part of it takes that part.
 */
export interface Substrate extends RunQueue, RunStore, Signals, Cursors, Buckets {
  /** Opens the store for this process: raises the epoch and puts running leases of dead processes back into the queue, sooner or later. */
  open(): Promise<void>;
  /** Puts what is still leased back into the queue. */
  close(): Promise<void>;
}
