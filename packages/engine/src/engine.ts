import type { FlowDocument } from '@weft/flow';
import type { Answer, Outcome } from './journal.ts';
import { makePlan } from './plan/make-plan.ts';
import type { Plan } from './plan/plan.ts';
import { Parked, type Engine, type EngineOptions, type StartedRun } from './ports.ts';
import { createRegistry } from './registry.ts';
import { Interrupted, StoreFailed } from './run/interrupted.ts';
import { createAlarm } from './run/alarm.ts';
import { runFlow, type ParkedRun } from './run/run-flow.ts';
import { LeaseLost, type Lease, type NewRun } from './substrate.ts';

/** Runs flows over a substrate, as many at once as it is allowed. One per process and substrate. */
export function createEngine(options: EngineOptions): Engine {
  const { substrate, catalogue, concurrency = 100, publish = () => undefined, now = Date.now } = options;
  /** Started here and not over: queued, or in flight. */
  const promised = createRegistry<Promised>();
  const inFlight = createRegistry<InFlight>();
  const plans = new WeakMap<FlowDocument, Plan>();
  let state: 'closed' | 'open' | 'draining' = 'closed';
  /** There may be runs in the queue that nobody has claimed. */
  let mayBeQueued = false;
  let claiming = false;
  const alarm = createAlarm(() => void wake(), now);
  /** Places promised to runs that the substrate has not handed out yet. */
  let reserved = 0;

  const freePlaces = () => concurrency - inFlight.size - reserved;

  function planOf(flow: FlowDocument): Plan {
    let plan = plans.get(flow);
    if (!plan) plans.set(flow, (plan = makePlan(flow, catalogue, options.validator)));
    return plan;
  }

  function begin(lease: Lease): void {
    const { runId } = lease.run;
    const controller = new AbortController();
    const promise = promised.get(runId);
    const work = runFlow(lease, {
      ...options,
      planOf,
      publish,
      now,
      signal: controller.signal,
      answered: (answer) => promise?.answer.resolve(answer),
    }).then(
      (outcome) => {
        if ('parked' in outcome) return setAside(runId, outcome);
        conclude(runId, outcome);
        // Only a run that was parked can have called others.
        return lease.resumed ? cancelChildren(runId) : undefined;
      },
      (error: unknown) => giveUp(lease, error),
    );
    inFlight.set(runId, { lease, abort: (reason) => controller.abort(reason), work });
    void work.then(() => {
      inFlight.take(runId);
      // Its place is free, and perhaps a run waited for just that.
      if (mayBeQueued || substrate.mayClaim()) recheck();
    });
  }

  /** A run that is over waits for none that it has called: what still goes on there is given up. */
  async function cancelChildren(runId: string): Promise<void> {
    try {
      for (const child of await substrate.openChildren(runId)) await engine.cancel(child);
    } catch {
      // The store is locked or away: the runs go on to their own end, which nobody waits for any more.
    }
  }

  function conclude(runId: string, outcome: Outcome): void {
    const promise = promised.take(runId);
    promise?.answer.resolve(outcome.answer ?? defaultAnswer(runId, outcome));
    promise?.finished.resolve(outcome);
  }

  /** The run has been given back: whoever waits is told now, since nothing of it stays in memory. */
  function setAside(runId: string, { parked, dueAt }: ParkedRun): void {
    const promise = promised.take(runId);
    promise?.answer.resolve(accepted(runId));
    promise?.finished.reject(new Parked(runId));
    if (!parked) mayBeQueued = true;
    else if (dueAt !== undefined) alarm.atLatest(dueAt);
  }

  /** Parked runs whose time has come go back into the queue. */
  async function wake(): Promise<void> {
    if (state !== 'open') return;
    try {
      const next = await substrate.wake(now());
      if (next !== undefined) alarm.atLatest(next);
      mayBeQueued = true;
      await claim();
    } catch {
      // The store is locked or away for the moment; what is due is still there.
      alarm.atLatest(now() + claimPauseMs);
    }
  }

  /** The run is not ours any more, or its store is not there: whoever waits is told, nothing else changes. */
  function giveUp(lease: Lease, error: unknown): void {
    const promise = promised.take(lease.run.runId);
    promise?.answer.reject(error);
    promise?.finished.reject(error);
    if (error instanceof StoreFailed) void giveBack(lease);
  }

  /** The store did not take how the run went on; once it is there again, the run begins again where it was. */
  async function giveBack(lease: Lease): Promise<void> {
    while (state === 'open') {
      try {
        await substrate.giveBack(lease);
        recheck();
        return;
      } catch {
        // Still away. The next start would find the run too.
        await new Promise((resolve) => void setTimeout(resolve, claimPauseMs).unref());
      }
    }
  }

  function recheck(): void {
    mayBeQueued = true;
    void claim();
  }

  /** Takes queued runs while there are free places. One claim at a time; whoever comes meanwhile makes it go round again. */
  async function claim(): Promise<void> {
    if (claiming) return;
    claiming = true;
    try {
      while (mayBeQueued && state === 'open' && freePlaces() > 0) {
        const leases = await claimUpTo(freePlaces());
        for (const lease of leases) begin(lease);
      }
    } catch {
      // The store is locked or away for the moment; what is queued is still there.
      mayBeQueued = true;
      setTimeout(() => void claim(), claimPauseMs).unref();
    } finally {
      claiming = false;
    }
  }

  async function claimUpTo(places: number): Promise<Lease[]> {
    mayBeQueued = false;
    reserved += places;
    try {
      const leases = await substrate.claim(places);
      if (leases.length === places) mayBeQueued = true;
      return leases;
    } finally {
      reserved -= places;
    }
  }

  /** The run had been started before, or another one by the same event. */
  function earlier(runId: string): StartedRun {
    const known = promised.get(runId);
    if (known) return { created: false, runId, answer: known.answer.promise, finished: known.finished.promise };
    const finished = Promise.reject<Outcome>(new Error(`The run ${runId} is not in flight in this process: read its record.`));
    finished.catch(ignored);
    return { created: false, runId, answer: Promise.resolve(accepted(runId)), finished };
  }

  const engine: Engine = {
    async open() {
      await substrate.open();
      state = 'open';
      await wake();
    },

    async signal(signal, change) {
      const isNew = await substrate.signal(signal, change);
      mayBeQueued = true;
      void claim();
      return isNew;
    },

    async start(given, { lease: wantsLease = false, alongside } = {}) {
      const key = given.key ?? options.flows.keyOf?.(given);
      const run = key === undefined ? given : { ...given, key };
      const { runId } = run;
      const lease = wantsLease && state === 'open' && freePlaces() > 0;
      const isNew = !promised.has(runId);
      const promise = promised.get(runId) ?? newPromised(run);
      // Before the substrate is asked: a queued run may be claimed before that has answered.
      if (isNew) promised.set(runId, promise);
      if (lease) reserved += 1;
      try {
        const started = await substrate.start(run, { lease, alongside });
        if (!started.created) {
          if (isNew) promised.take(runId);
          return earlier(started.runId);
        }
        if (started.lease) begin(started.lease);
        else mayBeQueued = true;
        const { waits } = started;
        if (waits) publish({ type: 'run.queued', run, waits });
        return { created: true, runId, ...(waits && { waits }), answer: promise.answer.promise, finished: promise.finished.promise };
      } catch (error) {
        if (isNew) promised.take(runId);
        throw error;
      } finally {
        if (lease) reserved -= 1;
        if (mayBeQueued) void claim();
      }
    },

    async startTogether(given, move, events) {
      const runs = given.map((run) => {
        const key = run.key ?? options.flows.keyOf?.(run);
        return key === undefined ? run : { ...run, key };
      });
      const moved = await substrate.startTogether(runs, move, events);
      if (moved && runs.length > 0) recheck();
      return moved;
    },

    recheck,
    counts: () => substrate.counts(),
    whyQueued: (runIds) => substrate.whyQueued(runIds),

    async cancel(runId, change) {
      const at = now();
      if (!(await substrate.cancel(runId, at, change))) return false;
      const working = inFlight.get(runId);
      const outcome: Outcome = { status: 'cancelled', at };
      const run = working?.lease.run ?? promised.get(runId)?.run;
      conclude(runId, outcome);
      working?.abort(new LeaseLost(runId));
      if (run) publish({ type: 'run.finished', run, outcome });
      await cancelChildren(runId);
      recheck();
      return true;
    },

    async stored(runId) {
      // Where it is not there, its own commit has failed and is about to be tried again.
      while (inFlight.has(runId) && !(await substrate.stored(runId))) await new Promise((resolve) => setTimeout(resolve, claimPauseMs));
    },

    async drain(timeoutMs) {
      state = 'draining';
      alarm.off();
      const all = () => Promise.all(inFlight.values().map(({ work }) => work));
      const { promise: timeUp, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, timeoutMs);
      await Promise.race([all(), timeUp]);
      clearTimeout(timer);
      for (const { abort } of inFlight.values()) abort(new Interrupted());
      await all();
    },
  };
  return engine;
}

/** What the one who started a run was promised. */
interface Promised {
  /** Without its payload. */
  run: NewRun;
  answer: PromiseWithResolvers<Answer>;
  finished: PromiseWithResolvers<Outcome>;
}

interface InFlight {
  lease: Lease;
  abort: (reason: Error) => void;
  /** Settles, without an error, when nothing of the run is in flight here any more. */
  work: Promise<void>;
}

const claimPauseMs = 1_000;

/** The run goes on without the caller. */
const accepted = (runId: string): Answer => ({ status: 202, headers: {}, body: { runId } });

function newPromised(run: NewRun): Promised {
  const answer = Promise.withResolvers<Answer>();
  const finished = Promise.withResolvers<Outcome>();
  // Who waits for the answer need not wait for the end, and the other way round; a refusal that nobody hears is no crash.
  answer.promise.catch(ignored);
  finished.promise.catch(ignored);
  // A hundred thousand may wait in the queue of a paused flow: what they were started with is in the store.
  const { entries: _written, letters: _handed, ...kept } = run;
  return { run: { ...kept, payload: null }, answer, finished };
}

const ignored = (): void => undefined;

/** No respond step was reached: an empty answer, or a failure that tells the caller nothing about the inside of the flow. */
function defaultAnswer(runId: string, { status }: Outcome): Answer {
  if (status === 'succeeded' || status === 'skipped') return { status: 204, headers: {}, body: undefined };
  const error = status === 'cancelled' ? 'The run was cancelled.' : 'The flow failed.';
  return { status: 500, headers: {}, body: { error, runId } };
}
