import type { FlowDocument } from '@weft/flow';
import type { Answer, Outcome } from '../journal.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { Engine, EngineOptions, StartedRun } from '../ports.ts';
import { Interrupted, StoreFailed } from '../run/interrupted.ts';
import { createPatience } from '../run/patience.ts';
import { runFlow } from '../run/run-flow.ts';
import { LeaseLost, type Lease } from '../substrate.ts';
import { createClaims, storePauseMs } from './claims.ts';
import { labelledRun } from './labelled-run.ts';
import { createPlaces } from './places.ts';
import { accepted, createPromises, ignored } from './promises.ts';

/**
 * Runs flows over a substrate, as many at once as it is allowed. One per process and substrate. What a run takes up here is kept by
 * its place, what its starter waits for by a promise, and what comes next by the claims: each file lists its invariants.
 */
export function createEngine(options: EngineOptions): Engine {
  const { substrate, flows, catalogue, concurrency = 100, publish = ignored, report = ignored, now = Date.now } = options;
  const places = createPlaces(concurrency);
  const promises = createPromises();
  const claims = createClaims({ substrate, places, now, report, begin });
  const patience = createPatience(options.mapElsewhere);
  const plans = new WeakMap<FlowDocument, Plan>();

  function planOf(flow: FlowDocument): Plan {
    let plan = plans.get(flow);
    if (!plan) plans.set(flow, (plan = makePlan(flow, catalogue, options.validator)));
    return plan;
  }

  function begin(lease: Lease): void {
    const { runId } = lease.run;
    const controller = new AbortController();
    const answered = (answer: Answer): void => promises.answered(runId, answer);
    const work = runFlow(lease, { ...options, planOf, patience, publish, now, signal: controller.signal, answered }).then(
      (end) => {
        if ('parked' in end) {
          promises.parked(runId);
          if (!end.parked) claims.expect();
          else if (end.dueAt !== undefined) claims.dueAt(end.dueAt);
          return undefined;
        }
        promises.ended(runId, end);
        // Only a run that was parked can have called others.
        return lease.resumed ? cancelChildren(runId) : undefined;
      },
      (error: unknown) => {
        // The lease is lost or the store is unavailable: the promises are rejected, nothing else changes.
        promises.lost(runId, error);
        if (error instanceof StoreFailed) void claims.giveBack(lease);
      },
    );
    places.take({ lease, abort: (reason) => controller.abort(reason), work });
    void work.then(() => {
      places.leave(runId);
      // A queued run may have waited for this place.
      if (substrate.mayClaim()) claims.expect();
      claims.go();
    });
  }

  /** A run that has ended cancels the runs it called that are still going on. */
  async function cancelChildren(runId: string): Promise<void> {
    try {
      for (const child of await substrate.openChildren(runId)) await engine.cancel(child);
    } catch (error) {
      // The store is unavailable. The called runs go on to their own end, without effect on this one.
      report(error);
    }
  }

  /** The run had been started before, or another one by the same event. */
  function earlier(runId: string): StartedRun {
    const known = promises.of(runId);
    if (known) return { created: false, runId, answer: known.answer.promise, finished: known.finished.promise };
    const finished = Promise.reject<Outcome>(new Error(`The run ${runId} is not in flight in this process: read its record.`));
    finished.catch(ignored);
    return { created: false, runId, answer: Promise.resolve(accepted(runId)), finished };
  }

  const engine: Engine = {
    async open() {
      await substrate.open();
      await claims.open();
    },

    async signal(signal, change) {
      const isNew = await substrate.signal(signal, change);
      claims.recheck();
      return isNew;
    },

    async start(requested, { lease: wantsLease = false, alongside } = {}) {
      const run = labelledRun(requested, flows);
      const { runId } = run;
      const lease = wantsLease && claims.isOpen() && places.free() > 0;
      const known = promises.of(runId);
      const { answer, finished } = known ?? promises.make(run);
      if (lease) places.reserve(1);
      try {
        const started = await substrate.start(run, { lease, alongside });
        if (!started.created) {
          if (!known) promises.drop(runId);
          return earlier(started.runId);
        }
        if (started.lease) begin(started.lease);
        else claims.expect();
        const { waits } = started;
        if (waits) publish({ type: 'run.queued', run, waits });
        return { created: true, runId, waits, answer: answer.promise, finished: finished.promise };
      } catch (error) {
        if (!known) promises.drop(runId);
        throw error;
      } finally {
        if (lease) places.release(1);
        claims.go();
      }
    },

    async startTogether(requested, move, events) {
      const moved = await substrate.startTogether(requested.map((run) => labelledRun(run, flows)), move, events);
      if (moved && requested.length > 0) claims.recheck();
      return moved;
    },

    recheck: claims.recheck,
    counts: () => substrate.counts(),
    whyQueued: (runIds) => substrate.whyQueued(runIds),

    async cancel(runId, change) {
      const at = now();
      if (!(await substrate.cancel(runId, at, change))) return false;
      const working = places.of(runId);
      const outcome: Outcome = { status: 'cancelled', at };
      const run = working?.lease.run ?? promises.of(runId)?.run;
      promises.ended(runId, outcome);
      working?.abort(new LeaseLost(runId));
      if (run) publish({ type: 'run.finished', run, outcome });
      await cancelChildren(runId);
      claims.recheck();
      return true;
    },

    async stored(runId) {
      // Where it is not there, its own commit has failed and is about to be tried again.
      while (places.of(runId) && !(await substrate.stored(runId))) await new Promise((resolve) => setTimeout(resolve, storePauseMs));
    },

    async drain(timeoutMs) {
      claims.close();
      const all = () => Promise.all(places.inUse().map(({ work }) => work));
      const { promise: timeUp, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, timeoutMs);
      await Promise.race([all(), timeUp]);
      clearTimeout(timer);
      for (const { abort } of places.inUse()) abort(new Interrupted());
      await all();
    },
  };
  return engine;
}
