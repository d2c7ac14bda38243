import type { JournalEntry, Outcome, SignalAddress, Wait } from '../journal.ts';
import { Alongside, type Lease, LeaseLost, type DeadLettersOf, type NewRun, type Signal, type StreamCommit, type Substrate } from '../substrate.ts';
import { endPayload } from '../execute/subflow.ts';
import { createGroupQueue } from './group-queue.ts';
import type { QueueReason, QueueRules } from '../queue/queue-rules.ts';
import { createBuckets } from '../rate/buckets.ts';
import { createMemoryQueue } from './memory-queue.ts';
import { createMemoryStore, type MemoryStore, type StoredRun } from './memory-store.ts';

/** Written to whatever the caller keeps, in the same turn as the change; it throws before anything is changed. */
export class MemoryWrite extends Alongside {
  readonly write: () => void;
  constructor(write: () => void) {
    super();
    this.write = write;
  }
}

function writeAlongside(alongside: Alongside | undefined): void {
  if (!alongside) return;
  if (!(alongside instanceof MemoryWrite)) throw new TypeError('What is to be committed alongside was made for another store: give a MemoryWrite.');
  alongside.write();
}

/**
 * The substrate without a disk, with the semantics of one: group commits, leases fenced by epoch, runs that are handed
 * out buffered until their first commit. For tests, previews and embedding.
 * @param store - the store of an earlier substrate, to reopen it; default a new one.
 * @param rules - what limits the queue; default nothing.
 */
export function createMemorySubstrate(store: MemoryStore = createMemoryStore(), rules: QueueRules = {}): Substrate {
  const group = createGroupQueue();
  /** Leased at once and not written yet: gone when the process is. */
  const buffered = new Map<string, NewRun>();
  const eventKey = ({ flowId, eventId }: NewRun) => (eventId === undefined ? undefined : `${flowId}\n${eventId}`);
  const line = createMemoryQueue(store, buffered, rules);
  const buckets = createBuckets({
    load: (name) => store.buckets.get(name),
    save: (name, fullAt) => write(() => void store.buckets.set(name, fullAt)),
  });
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
    if (run.deadLetters) assign(run.deadLetters, run.runId);
    const key = eventKey(run);
    if (key !== undefined) store.events.set(key, run.runId);
    return stored;
  }

  /** Open letters become those of the run that does them again. */
  function assign({ runId, stepKey, ids }: DeadLettersOf, replayedBy: string): void {
    for (const letter of store.letters) {
      if (letter.runId !== runId || letter.stepKey !== stepKey || letter.replayedBy !== undefined) continue;
      if (ids === undefined || ids.includes(letter.id)) letter.replayedBy = replayedBy;
    }
  }

  function keep(stored: StoredRun, { progress, deadLetters, begunAgain }: StreamCommit): void {
    if (begunAgain) {
      store.letters = store.letters.filter(({ runId, stepKey, replayedBy }) =>
        runId !== stored.run.runId || stepKey !== progress.stepKey || replayedBy !== undefined);
    }
    (stored.progress ??= new Map()).set(progress.stepKey, structuredClone(progress));
    for (const letter of deadLetters) store.letters.push({ ...letter, id: (store.deadLettersWritten += 1), runId: stored.run.runId });
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
    const { waits = [] } = stored.waits ?? {};
    delete stored.waits;
    tellParent(stored);
    // It may have been woken by a signal that it has not taken.
    for (const { signals } of waits) {
      for (const address of signals) {
        const left = store.signals.find(isAt(stored.run.workspaceId, address));
        if (left) wakeOne(left);
      }
    }
  }

  /** A run that was called says how it ended, unless the one that called it has ended before. */
  function tellParent({ run, outcome }: StoredRun): void {
    const parent = run.parent && store.runs.get(run.parent.runId);
    if (!parent || parent.outcome || !outcome) return;
    const signal: Signal = { workspaceId: run.workspaceId, name: 'run', key: run.runId, payload: endPayload(outcome), at: outcome.at };
    store.signals.push(signal);
    wakeOne(signal);
  }

  function wakeOne(signal: Signal): void {
    const next = waiters(signal).find(({ status }) => status === 'waiting');
    if (next) next.status = 'queued';
  }

  const isAt = (workspaceId: string, { name, key }: SignalAddress) => (signal: Signal) =>
    signal.workspaceId === workspaceId && signal.name === name && signal.key === key;

  /** The oldest signal of the first address that has one. */
  function signalFor(workspaceId: string, { signals }: Wait): Signal | undefined {
    for (const address of signals) {
      const found = store.signals.find(isAt(workspaceId, address));
      if (found) return found;
    }
    return undefined;
  }

  /** Runs that have waited at this address since they were parked last, the longest waiting first. */
  function waiters(signal: Signal): StoredRun[] {
    return [...store.runs.values()]
      .filter(({ run, waits }) => waits?.waits.some(({ signals }) => signals.some((address) => isAt(run.workspaceId, address)(signal))))
      .toSorted((a, b) => (a.waits?.since ?? 0) - (b.waits?.since ?? 0));
  }

  return {
    async start(run, options) {
      if (options?.lease && !options.alongside && !run.entries && !run.deadLetters) {
        const known = earlier(run);
        if (known !== undefined) return { created: false, runId: known };
        if (!line.obstacle(run)) {
          buffered.set(run.runId, run);
          return { created: true, runId: run.runId, lease: { run, epoch, resumed: false } };
        }
      }
      return write(() => {
        const known = earlier(run);
        if (known !== undefined) return { created: false, runId: known };
        line.admit(run);
        const waits = line.obstacle(run);
        writeAlongside(options?.alongside);
        insert(run, { status: 'queued', epoch: 0 });
        return { created: true, runId: run.runId, waits };
      });
    },
    startTogether: (runs, { name, from, to }, events = []) =>
      write(() => {
        if ((store.cursors.get(name)?.revision ?? 0) !== from) return false;
        const fresh = runs.filter((run) => earlier(run) === undefined);
        for (const run of fresh) line.admit(run);
        for (const run of fresh) insert(run, { status: 'queued', epoch: 0 });
        for (const { flowId, eventId, runId } of events) store.events.set(`${flowId}\n${eventId}`, runId);
        store.cursors.set(name, { revision: from + 1, value: structuredClone(to) });
        return true;
      }),
    async cursor(name) {
      return structuredClone(store.cursors.get(name));
    },
    async seenEvents(flowId, eventIds) {
      return eventIds.filter((eventId) => store.events.has(`${flowId}\n${eventId}`));
    },
    dropCursor: (name) => write(() => void store.cursors.delete(name)),
    claim: (freeSlots) =>
      write(() =>
        line.take(freeSlots).map((stored): Lease => {
          const resumed = stored.epoch > 0 || stored.entries.length > 0;
          stored.status = 'running';
          stored.epoch = epoch;
          return { run: stored.run, epoch, resumed };
        }),
      ),
    take: buckets.take,
    mayClaim: () => line.mayClaim(),
    counts: () => line.counts(),
    async whyQueued(runIds) {
      const reasons = runIds.map((runId) => [runId, line.whyQueued(runId)] as const);
      // What is left has a reason.
      return Object.fromEntries(reasons.filter(([, reason]) => reason)) as Record<string, QueueReason>;
    },
    async load(runId) {
      const { entries = [], progress } = store.runs.get(runId) ?? {};
      return { entries: [...entries], progress: progress && structuredClone([...progress.values()]) };
    },
    stored: (runId) =>
      write(() => {
        const fresh = buffered.get(runId);
        if (fresh) insert(fresh, { status: 'running', epoch });
        buffered.delete(runId);
        return store.runs.has(runId);
      }),
    commit: (lease, entries, stream) =>
      write(() => {
        const stored = held(lease);
        append(stored, entries);
        if (stream) keep(stored, stream);
      }),
    async deadLettersFor(runId, after, limit) {
      return store.letters
        .filter(({ replayedBy, id }) => replayedBy === runId && id > after)
        .slice(0, limit)
        .map(({ runId: _run, replayedBy: _by, ...letter }) => structuredClone(letter));
    },
    park: (lease, waits, entries) =>
      write(() => {
        const stored = held(lease);
        append(stored, entries);
        const isOver = waits.some((wait) => signalFor(lease.run.workspaceId, wait));
        stored.waits = { waits, since: store.commits };
        stored.status = isOver ? 'queued' : 'waiting';
        for (const { child } of waits) if (child && !store.runs.has(child.runId)) insert(child, { status: 'queued', epoch: 0 });
        return !isOver;
      }),
    takeSignal: (lease, wait, entriesOf) =>
      write(() => {
        const stored = held(lease);
        const signal = signalFor(lease.run.workspaceId, wait);
        const entries = entriesOf(signal);
        if (!entries) return undefined;
        append(stored, entries);
        if (signal) store.signals.splice(store.signals.indexOf(signal), 1);
        return entries;
      }),
    signal: (signal, options) =>
      write(() => {
        const event = signal.eventId === undefined ? undefined : [signal.workspaceId, signal.name, signal.key, signal.eventId].join('\n');
        if (event !== undefined && store.signalEvents.has(event)) return false;
        if (store.signals.filter(isAt(signal.workspaceId, signal)).length >= Math.max(1, waiters(signal).length)) return false;
        writeAlongside(options?.alongside);
        if (event !== undefined) store.signalEvents.add(event);
        store.signals.push(signal);
        wakeOne(signal);
        return true;
      }),
    async openChildren(runId) {
      return [...store.runs.values()].filter(({ run, outcome }) => run.parent?.runId === runId && !outcome).map(({ run }) => run.runId);
    },
    wake: (now) =>
      write(() => {
        let next: number | undefined;
        for (const stored of store.runs.values()) {
          if (stored.status !== 'waiting') continue;
          const due = Math.min(...(stored.waits?.waits ?? []).map(({ until = Infinity }) => until));
          if (due <= now) stored.status = 'queued';
          else if (due < (next ?? Infinity)) next = due;
        }
        return next;
      }),
    finish: (lease, outcome, entries) =>
      write(() => {
        const stored = held(lease);
        append(stored, entries);
        end(stored, outcome);
      }),
    giveBack: ({ run: { runId }, epoch: leasedAt }) =>
      write(() => {
        buffered.delete(runId);
        const stored = store.runs.get(runId);
        if (stored?.status === 'running' && stored.epoch === leasedAt) stored.status = 'queued';
      }),
    cancel: (runId, at, options) =>
      write(() => {
        const fresh = buffered.get(runId);
        const known = store.runs.get(runId);
        if (!fresh && (!known || known.outcome)) return false;
        writeAlongside(options?.alongside);
        buffered.delete(runId);
        end(fresh ? insert(fresh, { status: 'running', epoch }) : known!, { status: 'cancelled', at });
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
