import { ConnectorError, RetryableError, type StreamAmount } from '@weft/connector-sdk';
import type { Json, JsonObject } from '@weft/json-schema';
import { callOf } from '../execute/call-of.ts';
import type { ForEachWork, SourceWork } from '../execute/for-each.ts';
import { retryDelay } from '../execute/retry-delay.ts';
import { sleep } from '../run/child-controller.ts';
import type { MomentOf } from '../run/run-state.ts';
import type { Origin } from './batch.ts';

/** A batch as it came. */
export interface Pulled {
  records: Json[];
  /** In their order; `at` is a place among all of the batch. */
  unreadable: { at: number; record: Json; message: string }[];
  /** Where the next one begins; undefined where the source cannot say. */
  cursor: Json | undefined;
  amount?: StreamAmount;
  origins?: Origin[];
  /** Of dead letters: where the next batch would begin behind each of them. */
  cursors?: number[];
}

export interface PullOptions {
  moment: MomentOf<ForEachWork>;
  source: SourceWork;
  input: JsonObject;
  /** Reads the dead letters that the run was started for, in place of its source. */
  readsDeadLetters: boolean;
  batchSize: number;
  /** The cursor of what is done so far. Null: from the beginning. */
  cursorOf(): Json;
  /** How many records were read until there. */
  readOf(): number;
}

const tries = { attempts: 5, backoff: 'exponential' as const, delayMs: 1_000 };

/**
 * The batches of a stream, one read ahead. A source that fails for a while is read again from where it was; one that cannot go on
 * in the middle fails then.
 */
export async function* pull(options: PullOptions): AsyncGenerator<Pulled> {
  const { moment, cursorOf } = options;
  let batchesRead = 0;
  for (let attempt = 1; ; attempt += 1) {
    try {
      for await (const pulled of oneAhead(options.readsDeadLetters ? deadLetters(options) : reading(options), moment.frame.signal)) {
        batchesRead += 1;
        attempt = 1;
        yield pulled;
      }
      return;
    } catch (error) {
      moment.frame.signal.throwIfAborted();
      const mayRetry = error instanceof ConnectorError && error.retryable && attempt < tries.attempts && (batchesRead === 0 || cursorOf() !== null);
      if (!mayRetry) throw error;
      await sleep(retryDelay(tries, attempt, error instanceof RetryableError ? error.retryAfterMs : undefined), moment.frame.signal);
    }
  }
}

async function* reading({ moment, source, input, batchSize, cursorOf }: PullOptions): AsyncGenerator<Pulled> {
  const { state, stepKey, frame, now } = moment;
  const { runner } = state.services;
  if (!runner.read) throw new TypeError('This host cannot read streams.');
  const call = callOf(state.run, source, { stepKey, attempt: 1, startedAt: now, input, signal: frame.signal });
  const cursor = cursorOf();
  for await (const { records, cursor: next, amount, unreadable = [] } of runner.read(call, { batchSize, cursor: cursor ?? undefined })) {
    yield { records, unreadable, cursor: next, amount };
  }
}

async function* deadLetters({ moment, batchSize, cursorOf, readOf }: PullOptions): AsyncGenerator<Pulled> {
  const { substrate } = moment.state.services;
  const begin = cursorOf();
  for (let after = typeof begin === 'number' ? begin : 0, done = readOf(); ; ) {
    const found = await substrate.deadLettersFor(moment.state.run.runId, after, batchSize);
    const last = found.at(-1);
    if (!last) return;
    after = last.id;
    done += found.length;
    yield {
      records: found.map(({ record }) => record),
      origins: found.map(({ originRunId, batch, index }) => ({ runId: originRunId, batch, index })),
      cursors: found.map(({ id }) => id),
      unreadable: [],
      cursor: after,
      amount: { unit: 'records', done },
    };
  }
}

/** Asks for the next batch as soon as one is handed on, so that reading and doing overlap; never for more than one. */
async function* oneAhead(source: AsyncGenerator<Pulled>, signal: AbortSignal): AsyncGenerator<Pulled> {
  // Not a race against one promise for the whole stream: that would hold every batch until the end.
  let giveUp: ((reason: unknown) => void) | undefined;
  const stop = () => giveUp?.(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  const unlessAborted = (coming: Promise<IteratorResult<Pulled>>) =>
    new Promise<IteratorResult<Pulled>>((resolve, reject) => {
      giveUp = reject;
      if (signal.aborted) stop();
      coming.then(resolve, reject);
    });
  const next = () => {
    const result = source.next();
    // It may fail while its predecessor is being done: whoever asks for it is told.
    result.catch(() => undefined);
    return result;
  };
  try {
    let coming = next();
    for (let current = await unlessAborted(coming); !current.done; current = await unlessAborted(coming)) {
      coming = next();
      yield current.value;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    // A source that waits for something answers when it can; nobody waits for it.
    source.return(undefined).catch(() => undefined);
  }
}

/** So many of a batch, those that cannot be read among them: a test shows what a run will meet. */
export function firstOf(pulled: Pulled, limit: number): Pulled {
  const unreadable = pulled.unreadable.filter(({ at }) => at < limit);
  return { ...pulled, records: pulled.records.slice(0, limit - unreadable.length), unreadable };
}

/** The batch as it stands in the source. */
export function inOrder(records: readonly Json[], unreadable: Pulled['unreadable']): Json[] {
  const all: Json[] = [];
  let taken = 0;
  for (const { at, record } of unreadable) {
    for (; all.length < at; taken += 1) all.push(records[taken]!);
    all.push(record);
  }
  return [...all, ...records.slice(taken)];
}
