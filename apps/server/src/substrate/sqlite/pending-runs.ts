import { createRegistry, type NewRun } from '@weft/engine';

/** Runs that were started but are not on disk yet, and the events that started them. */
export interface PendingRuns {
  /** Announces a run; one with an event id makes later calls with that id wait. */
  add(run: NewRun, options: { buffered: boolean }): void;
  isBuffered(runId: string): boolean;
  /** Gives a buffered run to its first write. */
  take(runId: string): NewRun | undefined;
  /** Follows the run's first write: a buffered run whose write failed may be tried again for a while. */
  follow(run: NewRun, written: Promise<unknown>, options: { buffered: boolean }): void;
  /** The run this event is about to start, once it is on disk, or undefined when it did not last; at once undefined when there is none. */
  startedBy(run: NewRun): Promise<string | undefined> | undefined;
}

/** Longer than a writer keeps trying. */
const keptAfterFailureMs = 10_000;

interface PendingEvent {
  runId: string;
  lasted: Promise<boolean>;
  settle(lasted: boolean): void;
}

/** @param options.givenUp - called with a buffered run that could not be written: it does not exist. */
export function createPendingRuns({ givenUp }: { givenUp?: (run: NewRun) => void } = {}): PendingRuns {
  const buffered = createRegistry<NewRun>();
  const events = new Map<string, PendingEvent>();

  function settle(run: NewRun, lasted: boolean): void {
    const key = eventKey(run);
    if (key === undefined) return;
    const pending = events.get(key);
    if (pending?.runId !== run.runId) return;
    events.delete(key);
    pending.settle(lasted);
  }

  function keepForAnotherTry(run: NewRun): void {
    buffered.set(run.runId, run);
    const giveUp = () => {
      if (!buffered.take(run.runId)) return;
      settle(run, false);
      givenUp?.(run);
    };
    setTimeout(giveUp, keptAfterFailureMs).unref();
  }

  async function firstThatLasts(key: string): Promise<string | undefined> {
    for (let pending = events.get(key); pending; pending = events.get(key)) {
      if (await pending.lasted) return pending.runId;
    }
    return undefined;
  }

  return {
    add(run, options) {
      if (options.buffered) buffered.set(run.runId, run);
      const key = eventKey(run);
      if (key === undefined) return;
      const { promise, resolve } = Promise.withResolvers<boolean>();
      events.set(key, { runId: run.runId, lasted: promise, settle: resolve });
    },
    isBuffered: (runId) => buffered.has(runId),
    take: (runId) => buffered.take(runId),
    follow(run, written, options) {
      written.then(
        () => settle(run, true),
        () => (options.buffered ? keepForAnotherTry(run) : settle(run, false)),
      );
    },
    startedBy(run) {
      const key = eventKey(run);
      return key !== undefined && events.has(key) ? firstThatLasts(key) : undefined;
    },
  };
}

/** Flow ids have no spaces, so no event id can reach into another flow. */
const eventKey = ({ flowId, eventId }: NewRun): string | undefined => (eventId === undefined ? undefined : `${flowId} ${eventId}`);
