import type { Answer, Outcome } from '../journal.ts';
import { Parked } from '../ports.ts';
import { createRegistry } from '../registry.ts';
import type { NewRun } from '../substrate.ts';

/**
 * The promises of a started run: its answer and its end.
 *
 * A1. A promise is created before the run is passed to the substrate: a queued run may be claimed before `start` has returned.
 * A2. A promise is settled and forgotten when the run ends, is parked or is lost: nothing of it stays in memory then.
 * A3. A promise holds neither payload nor entries: a hundred thousand runs may wait in the queue of a paused flow.
 */
export interface Promises {
  make(run: NewRun): Promised;
  of(runId: string): Promised | undefined;
  /** The run was not started after all. */
  drop(runId: string): void;
  /** A respond step has committed; the run goes on. */
  answered(runId: string, answer: Answer): void;
  /** A2. */
  ended(runId: string, outcome: Outcome): void;
  /** A2. */
  parked(runId: string): void;
  /** A2. @param error - why this process works on it no longer. */
  lost(runId: string, error: unknown): void;
}

export interface Promised {
  /** Without its payload. */
  run: NewRun;
  answer: PromiseWithResolvers<Answer>;
  finished: PromiseWithResolvers<Outcome>;
}

export function createPromises(): Promises {
  const promised = createRegistry<Promised>();
  return {
    make(run) {
      const promise = promiseOf(run);
      promised.set(run.runId, promise);
      return promise;
    },
    of: (runId) => promised.get(runId),
    drop: (runId) => void promised.take(runId),
    answered: (runId, answer) => promised.get(runId)?.answer.resolve(answer),
    ended(runId, outcome) {
      const promise = promised.take(runId);
      promise?.answer.resolve(outcome.answer ?? defaultAnswer(runId, outcome));
      promise?.finished.resolve(outcome);
    },
    parked(runId) {
      const promise = promised.take(runId);
      promise?.answer.resolve(accepted(runId));
      promise?.finished.reject(new Parked(runId));
    },
    lost(runId, error) {
      const promise = promised.take(runId);
      promise?.answer.reject(error);
      promise?.finished.reject(error);
    },
  };
}

/** The run goes on without the caller. */
export const accepted = (runId: string): Answer => ({ status: 202, headers: {}, body: { runId } });

function promiseOf(run: NewRun): Promised {
  const answer = Promise.withResolvers<Answer>();
  const finished = Promise.withResolvers<Outcome>();
  // Callers may await only one of the two; an unhandled rejection of the other must not end the process.
  answer.promise.catch(ignored);
  finished.promise.catch(ignored);
  // A3: what it was started with is in the store.
  const { entries: _written, deadLetters: _assigned, ...kept } = run;
  return { run: { ...kept, payload: null }, answer, finished };
}

export const ignored = (): void => undefined;

/** No respond step was reached: an empty answer, or a failure that reveals nothing about the flow. */
function defaultAnswer(runId: string, { status }: Outcome): Answer {
  if (status === 'succeeded' || status === 'skipped') return { status: 204, headers: {}, body: undefined };
  const error = status === 'cancelled' ? 'The run was cancelled.' : 'The flow failed.';
  return { status: 500, headers: {}, body: { error, runId } };
}
