import type { QueueReason } from '../queue/queue-rules.ts';
import type { StartOptions } from './alongside.ts';
import type { Lease } from './lease.ts';
import type { NewRun } from './new-run.ts';

/** Runs that have not begun, or go on after a wait: how they enter, and who may begin. */
export interface RunQueue {
  /**
   * Idempotent by run id and by event id.
   * @returns `created: false` and the earlier run's id when the event id was seen before; `waits` where it has to wait for more than a place.
   * @throws {QueueFull} when the run would have to wait and the queue has reached a bound.
   */
  start(run: NewRun, options?: StartOptions): Promise<{ created: boolean; runId: string; lease?: Lease; waits?: QueueReason }>;
  /**
   * Takes up to so many queued runs that may begin. Workspaces take turns, the one with the fewest runs in progress first; within a
   * flow the oldest run is first. Runs that are held, or whose flow, key or workspace has no place, are passed over.
   */
  claim(freeSlots: number): Promise<Lease[]>;
  /** False only where it is certain that nothing could be claimed. */
  mayClaim(): boolean;
  /** Queues parked runs whose time has come, at least some of them. @returns when the next one is due, or was, milliseconds since the epoch. */
  wake(now: number): Promise<number | undefined>;
  /** Runs in the queue and runs in progress. */
  counts(): { queued: number; running: number };
  /** Why each of these runs waits in the queue, by its id; runs that do not are left out. */
  whyQueued(runIds: readonly string[]): Promise<Record<string, QueueReason>>;
}
