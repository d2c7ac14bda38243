import { RetryableError } from '@weft/connector-sdk';
import type { Json } from '@weft/json-schema';
import type { SentenceRef } from '@weft/sentences';
import type { OperationCall, OperationRunner } from '../ports.ts';
import { childController } from '../run/child-controller.ts';
import { say } from '../sentences.en.ts';

/**
 * One call of an operation, no longer than its time limit and no longer than its run. An operation that does not obey
 * its signal is abandoned: its later results are ignored.
 * @throws {TimedOut}, or the reason of `signal`, or what the operation throws.
 */
export function attempt(runner: OperationRunner, call: Omit<OperationCall, 'signal'>, limits: TimeLimits): Promise<Json> {
  return withinTime(limits, (signal) => runner.invoke({ ...call, signal }));
}

export interface TimeLimits {
  /** Ends it with its run. */
  signal: AbortSignal;
  timeoutMs: number;
}

/** Any work under the same limits. */
export async function withinTime<T>({ signal, timeoutMs }: TimeLimits, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const own = childController(signal);
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  own.signal.addEventListener('abort', () => reject(own.signal.reason), { once: true });
  const timer = setTimeout(() => own.abort(new TimedOut(timeoutMs)), timeoutMs);
  try {
    return await Promise.race([work(own.signal), aborted]);
  } catch (error) {
    // An operation that obeys its signal throws an error of its own; why it was told to stop is the better reason.
    throw own.signal.aborted ? own.signal.reason : error;
  } finally {
    clearTimeout(timer);
    own.release();
  }
}

/** There was no answer within the step’s time limit. */
export class TimedOut extends RetryableError {
  readonly sentence: SentenceRef;
  constructor(timeoutMs: number) {
    const { message, sentence } = timeoutMs < 1_000 ? say('run.timeout.ms', { ms: timeoutMs }) : say('run.timeout.seconds', { seconds: timeoutMs / 1_000 });
    super(message, { kind: 'timeout' });
    this.sentence = sentence;
  }
}
