import type { JournalEntry, Outcome } from '../journal.ts';
import { LeaseLost, type Lease, type NewRun, type Substrate } from '../substrate.ts';
import { createGroupQueue } from './group-queue.ts';
import { createMemoryStore, type MemoryStore, type StoredRun } from './memory-store.ts';

/**
 * The substrate without a disk, with the semantics of one: group commits, leases fenced by epoch, runs that are handed
 * out buffered until their first commit. For tests, previews and embedding.
 * @param store - what an earlier substrate left; default a new one.
 */
export function createMemorySubstrate(store: MemoryStore = createMemoryStore()): Substrate {
  const group = createGroupQueue();
  /** Leased at once and not written yet: gone when the process is. */
  const buffered = new Map<string, NewRun>();
  const eventKey = ({ flowId, eventId }: NewRun) => (eventId === undefined ? undefined : `${flowId}\n${eventId}`);
  let epoch = 0;

  const write = <T>(work: () => T): Promise<T> =>
    group.write(() => {
      const result = work();
      store.commits += 1;
      return result;
    });

  function earlier(run: NewRun): string | undefined {
    if (buffered.has(run.runId) || store.runs.has(run.runId)) return run.runId;
    const key = eventKey(run);
    if (key === undefined) return undefined;
    return store.events.get(key) ?? [...buffered.values()].find((other) => eventKey(other) === key)?.runId;
  }

  function insert(run: NewRun, state: Omit<StoredRun, 'run' | 'entries'>): StoredRun {
    const { entries = [], ...kept } = run;
    const stored: StoredRun = { run: kept, entries: [...entries], ...state };
    store.runs.set(run.runId, stored);
    const key = eventKey(run);
    if (key !== undefined) store.events.set(key, run.runId);
    return stored;
  }

  /** The run's row, made now if the run was buffered. */
  function held(lease: Lease): StoredRun {
    const { runId } = lease.run;
    const fresh = buffered.get(runId);
    if (fresh) {
      buffered.delete(runId);
      return insert(fresh, { status: 'running', epoch: lease.epoch });
    }
    const stored = store.runs.get(runId);
    if (!stored || stored.status !== 'running' || stored.epoch !== lease.epoch) throw new LeaseLost(runId);
    return stored;
  }

  function end(stored: StoredRun, outcome: Outcome): void {
    stored.status = outcome.status;
    stored.outcome = outcome;
  }

  return {
    async start(run, options) {
      if (options?.lease && !run.entries) {
        const known = earlier(run);
        if (known !== undefined) return { created: false, runId: known };
        buffered.set(run.runId, run);
        return { created: true, runId: run.runId, lease: { run, epoch, resumed: false } };
      }
      return write(() => {
        const known = earlier(run);
        if (known !== undefined) return { created: false, runId: known };
        insert(run, { status: 'queued', epoch: 0 });
        return { created: true, runId: run.runId };
      });
    },
    claim: (freeSlots) =>
      write(() => {
        const queued = [...store.runs.values()].filter(({ status }) => status === 'queued');
        const oldest = queued.toSorted((a, b) => a.run.createdAt - b.run.createdAt).slice(0, Math.max(0, freeSlots));
        return oldest.map((stored): Lease => {
          const resumed = stored.epoch > 0 || stored.entries.length > 0;
          stored.status = 'running';
          stored.epoch = epoch;
          return { run: stored.run, epoch, resumed };
        });
      }),
    async load(runId) {
      return { entries: [...(store.runs.get(runId)?.entries ?? [])] };
    },
    commit: (lease, entries) =>
      write(() => {
        append(held(lease), entries);
      }),
    finish: (lease, outcome, entries) =>
      write(() => {
        const stored = held(lease);
        append(stored, entries);
        end(stored, outcome);
      }),
    cancel: (runId, at) =>
      write(() => {
        const fresh = buffered.get(runId);
        buffered.delete(runId);
        const stored = fresh ? insert(fresh, { status: 'running', epoch }) : store.runs.get(runId);
        if (!stored || stored.outcome) return false;
        end(stored, { status: 'cancelled', at });
        return true;
      }),
    open: () =>
      write(() => {
        epoch = store.epoch += 1;
        for (const stored of store.runs.values()) if (stored.status === 'running') stored.status = 'queued';
      }),
    close: () => group.settled(),
  };
}

const append = (stored: StoredRun, entries: JournalEntry[]): void => {
  for (const entry of entries) stored.entries.push(entry);
};
