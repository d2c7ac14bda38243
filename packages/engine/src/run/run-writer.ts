import type { JournalEntry, Outcome, Wait } from '../journal.ts';
import type { RunEvent } from '../ports.ts';
import { LeaseLost, type Lease, type RunStore, type Signals, type StreamCommit, type TakenSignal } from '../substrate.ts';
import { StoreFailed } from './interrupted.ts';

/**
 * The one way from a run to its journal. Entries gather here and are committed together: before an effect starts, after
 * one has happened, before anything is answered, and with the end of the run. What is published was committed before.
 */
export interface RunWriter {
  record(entry: JournalEntry): void;
  /** Something happened that must be durable before the run goes on to anything that leaves the process. */
  needCommit(): void;
  /** Called once what is recorded now has been committed. */
  afterCommit(then: () => void): void;
  /** Commits all that is recorded. @throws {LeaseLost} */
  flush(): Promise<void>;
  /** The same, if something asked for it; undefined when there is nothing to wait for. */
  flushIfNeeded(): Promise<void> | undefined;
  /** Commits what is recorded, these entries and how far a stream is, in one. @throws {LeaseLost} */
  commitStream(entries: readonly JournalEntry[], stream: StreamCommit): Promise<void>;
  /** Ends a wait, after all that is recorded now: see the substrate. @throws {LeaseLost} */
  takeSignal(wait: Wait, entriesOf: (signal: TakenSignal | undefined) => JournalEntry[] | undefined): Promise<JournalEntry[] | undefined>;
  /** Commits the rest and gives the run back until one of these ends. @returns false when one has ended already. @throws {LeaseLost} */
  park(waits: Wait[]): Promise<boolean>;
  /** Commits the rest and the outcome in one. @throws {LeaseLost} */
  finish(outcome: Outcome): Promise<void>;
}

export interface RunWriterOptions {
  lease: Lease;
  substrate: Pick<RunStore, 'commit' | 'park' | 'finish'> & Pick<Signals, 'takeSignal'>;
  publish: (event: RunEvent) => void;
  now: () => number;
}

/** Long loops over reads would otherwise hold every output in memory until the end. */
const maxWaiting = 256;
/** A locked database or a full disk may pass; after these pauses the run is given back. */
const retryPausesMs = [50, 250, 1_000, 4_000];

export function createRunWriter({ lease, substrate, publish, now }: RunWriterOptions): RunWriter {
  const { run } = lease;
  let waiting: JournalEntry[] = [];
  let callbacks: (() => void)[] = [];
  let needed = false;
  let announced = false;
  /** The commit under way and all before it. */
  let tail: Promise<void> | undefined;
  /** The next commit: it takes whatever has been recorded when its turn comes. */
  let queued: Promise<void> | undefined;

  function take(): { entries: JournalEntry[]; done: () => void } {
    const entries = waiting;
    const then = callbacks;
    waiting = [];
    callbacks = [];
    needed = false;
    return {
      entries,
      done() {
        if (!announced) publish({ type: 'run.started', run, at: now() });
        announced = true;
        if (entries.length > 0) publish({ type: 'run.steps', run, entries });
        for (const call of then) call();
      },
    };
  }

  async function commitWaiting(): Promise<void> {
    const { entries, done } = take();
    await stubbornly(() => substrate.commit(lease, entries));
    done();
  }

  function flush(): Promise<void> {
    if (queued) return queued;
    if (waiting.length === 0 && callbacks.length === 0) return tail ?? Promise.resolve();
    if (!tail) return (tail = track(commitWaiting()));
    const next = tail.then(() => {
      queued = undefined;
      return commitWaiting();
    });
    queued = tail = track(next);
    return next;
  }

  function track(commit: Promise<void>): Promise<void> {
    commit.then(
      () => {
        if (tail === commit) tail = undefined;
      },
      () => {
        // Whoever waits for this commit or a later one is told: the chain stays rejected.
      },
    );
    return commit;
  }

  return {
    record(entry) {
      waiting.push(entry);
      if (waiting.length >= maxWaiting && !queued) void flush();
    },
    needCommit() {
      needed = true;
    },
    afterCommit(then) {
      needed = true;
      callbacks.push(then);
    },
    flush,
    flushIfNeeded: () => (needed || queued ? flush() : undefined),
    commitStream(samples, stream) {
      const before = tail;
      const next = (async () => {
        await before;
        const { entries, done } = take();
        for (const entry of samples) entries.push(entry);
        await stubbornly(() => substrate.commit(lease, entries, stream));
        done();
        publish({ type: 'run.progress', run, progress: stream.progress });
      })();
      tail = track(next);
      return next;
    },
    async takeSignal(wait, entriesOf) {
      await flush();
      const entries = await stubbornly(() => substrate.takeSignal(lease, wait, entriesOf));
      if (entries && entries.length > 0) publish({ type: 'run.steps', run, entries });
      return entries;
    },
    async park(waits) {
      if (tail) await tail;
      const { entries, done } = take();
      const parked = await stubbornly(() => substrate.park(lease, waits, entries));
      done();
      if (parked) publish({ type: 'run.parked', run, waits, at: now() });
      return parked;
    },
    async finish(outcome) {
      if (tail) await tail;
      const { entries, done } = take();
      await stubbornly(() => substrate.finish(lease, outcome, entries));
      done();
      publish({ type: 'run.finished', run, outcome });
    },
  };
}

async function stubbornly<T>(write: () => Promise<T>): Promise<T> {
  for (let tried = 0; ; tried++) {
    try {
      return await write();
    } catch (error) {
      if (error instanceof LeaseLost) throw error;
      const pauseMs = retryPausesMs[tried];
      if (pauseMs === undefined) throw new StoreFailed(error);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}
