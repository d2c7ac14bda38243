import type { Json } from '@weft/json-schema';
import type { DeadLetter, JournalEntry, StreamProgress } from '../journal.ts';
import type { RunWriter } from '../run/run-writer.ts';

/** What a batch leaves to be committed with the progress behind it. */
export interface DoneBatch {
  entries: JournalEntry[];
  letters: DeadLetter[];
}

export interface StreamCommits {
  /** A batch is done, and `progress` stands behind it. @returns what to wait for before the next batch may be done. */
  add(batch: DoneBatch): Promise<void> | undefined;
  /** Commits all that was added. */
  settled(): Promise<void>;
  /** The same, with the end of the stream. */
  finish(): Promise<void>;
  /** Waits for the commit under way, whatever becomes of it. */
  quiet(): Promise<void>;
}

export interface StreamCommitsOptions {
  writer: Pick<RunWriter, 'commitStream'>;
  /** Moves on with every batch; what is committed is a copy. */
  progress: StreamProgress;
  clock: () => number;
  /** Every batch waits for its commit. Otherwise commits are made now and then, while the stream goes on. */
  isStrict: boolean;
  /** What was committed by an earlier process does not count any more. */
  begunAgain: boolean;
  /** Makes durable what the sinks have written so far. */
  sync(sinks: Record<string, Json>): Promise<void>;
}

/** A commit syncs the disk twice; more often than this it would cost more than the work. */
const intervalMs = 100;
/** Letters hold their records. */
const maxDeadLetters = 2_000;

export function createStreamCommits({ writer, progress, clock, isStrict, begunAgain, sync }: StreamCommitsOptions): StreamCommits {
  const base = { activeMs: progress.activeMs, at: performance.now() };
  let last = { at: performance.now(), read: progress.read };
  let again = begunAgain;
  let waiting: DoneBatch = { entries: [], letters: [] };
  let isDirty = false;
  let underWay: Promise<void> | undefined;

  function snapshot(): StreamProgress {
    const now = performance.now();
    const sinceMs = now - last.at;
    if (sinceMs > 0) {
      const rate = ((progress.read - last.read) * 1_000) / sinceMs;
      progress.recordsPerSecond = progress.recordsPerSecond === 0 ? rate : progress.recordsPerSecond * 0.8 + rate * 0.2;
    }
    last = { at: now, read: progress.read };
    progress.at = clock();
    progress.activeMs = base.activeMs + (now - base.at);
    return { ...progress, sinks: { ...progress.sinks }, ...(progress.collected && { collected: [...progress.collected] }) };
  }

  async function commitNow(): Promise<void> {
    const { entries, letters } = waiting;
    waiting = { entries: [], letters: [] };
    isDirty = false;
    const committed = snapshot();
    const begunAgainHere = again;
    again = false;
    await sync(committed.sinks);
    await writer.commitStream(entries, { progress: committed, deadLetters: letters, ...(begunAgainHere && { begunAgain: true }) });
  }

  function begin(): Promise<void> {
    const commit = commitNow();
    underWay = commit;
    // Whoever waits for it, now or with the next batch, is told.
    commit.then(
      () => {
        if (underWay === commit) underWay = undefined;
      },
      () => undefined,
    );
    return commit;
  }

  async function oneAfterTheOther(): Promise<void> {
    await underWay;
    void begin();
  }

  async function settled(): Promise<void> {
    await underWay;
    if (isDirty) await begin();
  }

  return {
    add({ entries, letters }) {
      for (const entry of entries) waiting.entries.push(entry);
      for (const letter of letters) waiting.letters.push(letter);
      isDirty = true;
      if (isStrict) return settled();
      if (performance.now() - last.at < intervalMs && waiting.letters.length < maxDeadLetters) return undefined;
      return underWay ? oneAfterTheOther() : void begin();
    },
    settled,
    finish: () => {
      isDirty = true;
      return settled();
    },
    async quiet() {
      await underWay?.catch(() => undefined);
    },
  };
}
