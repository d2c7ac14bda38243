import type { Database } from 'better-sqlite3';
import { type Answer, createBuckets, endPayload, LeaseLost, type Journal, type JournalEntry, type Lease, type NewRun, type Outcome, type QueueReason, type QueueRules, type Substrate, type Wait } from '@weft/engine';
import type { Json } from '@weft/json-schema';
import { type LargeRef, type LargeValues, payloadOf, payloadText } from '../../blobs/large-values.ts';
import { createCursors } from './cursors.ts';
import { createDayCounts } from './day-counts.ts';
import { createGroupCommit } from './group-commit.ts';
import { createParkedRuns, type ApprovalRows } from './parked-runs.ts';
import { createPendingRuns } from './pending-runs.ts';
import { createStreamStore, type StreamStore } from './stream-store.ts';
import { createRunQueue } from './run-queue.ts';
import { prepareStatements, type RunRow } from './statements.ts';
import { decodeEntries, encodeCommit, type StoredCommit } from './stored-entries.ts';

/** For so long the same event id starts one run only. */
export const EVENT_MEMORY_MS = 7 * 24 * 3_600_000;

/** Old events go while new ones come, a few at a time. */
const eventsPerSweep = 1_000;

export interface SqliteSubstrateOptions {
  /** Migrated, in WAL mode with `synchronous = FULL`; belongs to the caller, who closes it after `close()`. */
  database: Database;
  /** Milliseconds since the epoch. Default Date.now. */
  now?: () => number;
  /** Where runs ask people. Default: nowhere; the signal `approval` is one like others. */
  approvals?: ApprovalRows;
  /** What limits the queue. Default nothing. */
  rules?: QueueRules;
  /** Where values too large for a row go. Default: they stay in the row. */
  large?: LargeValues;
}

/**
 * Runs in SQLite with group commit. A leased run is held in memory until its first commit, so a run without effects costs one
 * row in one shared transaction: nothing has been acknowledged before, so nothing is lost with the process.
 */
export function createSqliteSubstrate({ database, now = Date.now, approvals, rules = {}, large }: SqliteSubstrateOptions): Substrate {
  const statements = prepareStatements(database);
  const days = createDayCounts(statements);
  const queue = createRunQueue(statements, rules);
  const undone = () => {
    days.forget();
    queue.doubt();
  };
  const group = createGroupCommit(database, { beforeCommit: days.write, afterRollback: undone });
  const pending = createPendingRuns({ givenUp: (run) => void group.write(() => queue.over(run)).catch(queue.doubt) });
  const streams = createStreamStore(database);
  const cursors = createCursors(database);
  const parked = createParkedRuns(database, { now, woken: queue.woken, ...(approvals && { approvals }) });
  const buckets = createBuckets({
    load: (name) => statements.fullAt.get(name)?.full_at,
    save: (name, fullAt) => group.write(() => void statements.saveFullAt.run(name, fullAt)),
  });
  let epoch = 0;
  let highestId = '';
  let eventsSinceSweep = 0;

  const keepFor = ({ runId }: NewRun) => (text: string): LargeRef => {
    if (!large) throw new Error('There is nowhere to keep large values.');
    return large.keep(runId, text);
  };

  function readLarge(ref: LargeRef): Json {
    if (!large) throw new Error('There is nowhere to read large values from.');
    return large.read(ref);
  }

  const encoded = (run: NewRun, entries: readonly JournalEntry[], answer?: Answer): StoredCommit => encodeCommit(entries, run.payload, answer, large && keepFor(run));

  /** Large values are read at once, so nothing else stands in their place. */
  const journalEntries = (text: string, payload: Json): JournalEntry[] => decodeEntries(text, payload, readLarge) as JournalEntry[];

  function insertRun(run: NewRun, state: { status: string; epoch: number; outcome?: Outcome; entries?: JournalEntry[] }): void {
    const { outcome } = state;
    const stored = state.entries && encoded(run, state.entries, outcome?.answer);
    statements.insertRun.run(
      run.runId,
      run.workspaceId,
      run.flowId,
      run.versionId,
      run.mode,
      state.status,
      state.epoch,
      run.createdAt,
      outcome?.at ?? null,
      run.until ?? null,
      run.eventId ?? null,
      run.traceparent ?? null,
      outcome?.error ? JSON.stringify(outcome.error) : null,
      stored?.answer ?? null,
      payloadText(run.payload, large && keepFor(run)),
      stored?.entries ?? null,
    );
    if (run.eventId !== undefined) rememberEvent(run.flowId, run.eventId, run.runId);
    if (run.key !== undefined && state.status !== 'queued') statements.setKey.run(run.key, null, run.runId);
    if (!isPlain(run)) linkRun(run);
  }

  /** Few runs come from another one, so the others do not pay for it. */
  function linkRun(run: NewRun): void {
    if (run.letters) streams.hand(run, run.letters);
    const { runId, replayOf, replayFrom, effectsOf, parent, depth, entries } = run;
    statements.linkRun.run(replayOf ?? null, replayFrom ?? null, effectsOf ?? null, parent?.runId ?? null, parent?.stepKey ?? null, depth ?? null, runId);
    if (entries && entries.length > 0) statements.appendFirst.run(runId, encoded(run, entries).entries);
  }

  /** A run that was called says how it ended, unless the one that called it has ended before. */
  function tellParent(run: Pick<NewRun, 'runId' | 'workspaceId' | 'parent'>, outcome: Outcome): void {
    if (!run.parent || !statements.openRun.get(run.parent.runId)) return;
    parked.signal({ workspaceId: run.workspaceId, name: 'run', key: run.runId, payload: endPayload(outcome), at: outcome.at });
  }

  /** Queues what a parked run has called, once. */
  function startChildren(waits: readonly Wait[]): void {
    for (const { child } of waits) {
      if (!child || statements.runExists.get(child.runId)) continue;
      insertRun(child, { status: 'queued', epoch: 0 });
      queue.entered(child);
    }
  }

  function rememberEvent(flowId: string, eventId: string, runId: string): void {
    statements.forgetEvent.run(flowId, eventId);
    statements.insertEvent.run(flowId, eventId, runId, now());
    eventsSinceSweep += 1;
    if (eventsSinceSweep >= eventsPerSweep) {
      eventsSinceSweep = 0;
      statements.forgetEvents.run(now() - EVENT_MEMORY_MS);
    }
  }

  /** Ids rise, so one above all that were seen is new without asking the database. */
  function isKnown(runId: string): boolean {
    if (runId <= highestId) return pending.isBuffered(runId) || statements.runExists.get(runId) !== undefined;
    highestId = runId;
    return false;
  }

  /** The run an earlier call with this run id or event id has made. */
  function earlierRun(run: NewRun): string | undefined {
    if (isKnown(run.runId)) return run.runId;
    if (run.eventId === undefined) return undefined;
    return statements.runOfEvent.get(run.flowId, run.eventId, now() - EVENT_MEMORY_MS)?.run_id;
  }

  /** The first write of a run that was handed out; undefined when it has been written before. */
  function firstWrite(runId: string): { run: NewRun; write(work: () => void, options?: { single: boolean }): Promise<void> } | undefined {
    const run = pending.take(runId);
    if (!run) return undefined;
    return {
      run,
      write(work, options) {
        const written = group.write(work, options);
        pending.follow(run, written, { buffered: true });
        return written;
      },
    };
  }

  const substrate: Substrate = {
    async start(run, options) {
      // Without an await where nothing is pending: two calls of one turn must see each other.
      const starting = pending.startedBy(run);
      const started = starting && (await starting);
      if (started !== undefined) return { created: false, runId: started };
      if (options?.lease && !run.entries && !run.letters) {
        const earlier = earlierRun(run);
        if (earlier !== undefined) return { created: false, runId: earlier };
        if (!queue.obstacle(run)) {
          pending.add(run, { buffered: true });
          queue.begun(run);
          return { created: true, runId: run.runId, lease: { run, epoch, resumed: false } };
        }
      }
      pending.add(run, { buffered: false });
      const written = group.write(() => {
        const earlier = earlierRun(run);
        if (earlier !== undefined) return { created: false, runId: earlier };
        queue.admit(run);
        const waits = queue.obstacle(run);
        insertRun(run, { status: 'queued', epoch: 0 });
        queue.entered(run);
        return { created: true, runId: run.runId, ...(waits && waits.kind !== 'places' && { waits }) };
      });
      pending.follow(run, written, { buffered: false });
      queue.announce(run, written);
      return written;
    },

    startTogether: (runs, move, events = []) =>
      group.write(() => {
        if (!cursors.move(move)) return false;
        const fresh = runs.filter((run) => earlierRun(run) === undefined);
        // All or none: what has entered could not be taken back.
        queue.admitAll(fresh);
        for (const run of fresh) {
          insertRun(run, { status: 'queued', epoch: 0 });
          queue.entered(run);
        }
        for (const { flowId, eventId, runId } of events) rememberEvent(flowId, eventId, runId);
        return true;
      }),
    async cursor(name) {
      return cursors.read(name);
    },
    async seenEvents(flowId, eventIds) {
      return cursors.seenEvents(flowId, eventIds, now() - EVENT_MEMORY_MS);
    },
    dropCursor: (name) => group.write(() => cursors.drop(name)),

    async claim(freeSlots) {
      if (freeSlots <= 0 || !queue.mayClaim()) return [];
      return group.write(() =>
        queue.take(freeSlots).map((row): Lease => {
          statements.lease.run(epoch, row.id);
          return { run: runOf(row, { lettersOf: streams.lettersOf, readLarge }), epoch, resumed: row.epoch > 0 || row.replay_of !== null };
        }),
      );
    },

    take: buckets.take,
    mayClaim: queue.mayClaim,
    counts: queue.counts,
    async whyQueued(runIds) {
      const reasons = runIds.map((runId) => [runId, queue.whyQueued(runId)] as const);
      // What is left has a reason.
      return Object.fromEntries(reasons.filter(([, reason]) => reason)) as Record<string, QueueReason>;
    },

    async load(runId): Promise<Journal> {
      const row = statements.loadRun.get(runId);
      if (!row) return { entries: [] };
      // Written by insertRun only.
      const payload = payloadOf(row.payload, readLarge);
      const texts = statements.loadJournal.all(runId).map(({ entries }) => entries);
      if (row.entries !== null) texts.push(row.entries);
      const progress = streams.progressOf(runId);
      return { entries: texts.flatMap((text) => journalEntries(text, payload)), ...(progress.length > 0 && { progress }) };
    },

    async lettersFor(runId, after, limit) {
      return streams.lettersFor(runId, after, limit);
    },

    async commit(lease, entries, stream) {
      const { runId } = lease.run;
      const first = firstWrite(runId);
      if (first) {
        await first.write(() => {
          insertRun(first.run, { status: 'running', epoch: lease.epoch });
          statements.appendFirst.run(runId, encoded(lease.run, entries).entries);
          if (stream) streams.keep(lease.run, stream);
        });
        return;
      }
      await group.write(() => {
        // A commit of a stream alone leaves no row behind: there may be thousands of them.
        const { changes } =
          stream && entries.length === 0
            ? statements.touch.run(runId, lease.epoch)
            : statements.append.run(runId, encoded(lease.run, entries).entries, runId, lease.epoch);
        if (changes === 0) throw new LeaseLost(runId);
        if (stream) streams.keep(lease.run, stream);
      });
    },

    async finish(lease, outcome, entries) {
      const { runId } = lease.run;
      const first = firstWrite(runId);
      if (first) {
        const insert = () => {
          insertRun(first.run, { status: outcome.status, epoch: lease.epoch, outcome, entries });
          days.count(first.run, outcome);
          queue.over(first.run);
        };
        await first.write(insert, { single: first.run.eventId === undefined && first.run.key === undefined && isPlain(first.run) });
        return;
      }
      await group.write(() => {
        const stored = encoded(lease.run, entries, outcome.answer);
        const { changes } = statements.finish.run(
          outcome.status,
          outcome.at,
          outcome.error ? JSON.stringify(outcome.error) : null,
          stored.answer,
          stored.entries,
          runId,
          lease.epoch,
        );
        if (changes === 0) throw new LeaseLost(runId);
        days.count(lease.run, outcome);
        queue.over(lease.run);
        tellParent(lease.run, outcome);
        if (lease.resumed) parked.ended(runId);
      });
      parked.committed();
    },

    async park(lease, waits, entries) {
      const { runId } = lease.run;
      const first = firstWrite(runId);
      let isOver = false;
      if (first) {
        await first.write(() => {
          isOver = parked.park(first.run, waits);
          insertRun(first.run, { status: isOver ? 'queued' : 'waiting', epoch: lease.epoch });
          statements.appendFirst.run(runId, encoded(lease.run, entries).entries);
          queue.parked(first.run, { isOver });
          startChildren(waits);
        });
        parked.committed();
        return !isOver;
      }
      await group.write(() => {
        isOver = parked.park(lease.run, waits);
        if (statements.park.run(isOver ? 'queued' : 'waiting', runId, lease.epoch).changes === 0) throw new LeaseLost(runId);
        if (entries.length > 0) statements.appendFirst.run(runId, encoded(lease.run, entries).entries);
        queue.parked(lease.run, { isOver });
        startChildren(waits);
      });
      parked.committed();
      return !isOver;
    },

    async takeSignal({ run, epoch: leasedAt }, wait, entriesOf) {
      const taken = await group.write(() => {
        if (!statements.isLeased.get(run.runId, leasedAt)) throw new LeaseLost(run.runId);
        const entries = parked.take(run, wait, entriesOf);
        if (entries) statements.appendFirst.run(run.runId, encoded(run, entries).entries);
        return entries;
      });
      parked.committed();
      return taken;
    },

    async signal(signal) {
      const isNew = await group.write(() => parked.signal(signal));
      parked.committed();
      return isNew;
    },

    async openChildren(runId) {
      return statements.openChildren.all(runId).map(({ id }) => id);
    },

    wake: (at) => group.write(() => parked.wake(at)),

    async cancel(runId, at) {
      const first = firstWrite(runId);
      if (first) {
        await first.write(() => {
          insertRun(first.run, { status: 'cancelled', epoch, outcome: { status: 'cancelled', at } });
          queue.over(first.run);
        });
        return true;
      }
      const cancelled = await group.write(() => {
        const row = statements.openRun.get(runId);
        if (!row || statements.cancel.run(at, runId).changes === 0) return false;
        queue.cancelled(row);
        parked.ended(runId);
        const parent = statements.parentOf.get(runId);
        if (parent) tellParent({ runId, workspaceId: parent.workspace_id, parent: { runId: parent.parent_run, stepKey: '' } }, { status: 'cancelled', at });
        return true;
      });
      parked.committed();
      return cancelled;
    },

    async open() {
      epoch = await group.write(() => {
        const raised = statements.raiseEpoch.get();
        if (!raised) throw new Error('The epoch could not be raised: the table engine_epoch gave no row back.');
        statements.requeueRunning.run();
        statements.freeKeys.run();
        queue.reread();
        highestId = statements.highestId.get()?.id ?? '';
        statements.forgetEvents.run(now() - EVENT_MEMORY_MS);
        parked.sweep();
        return raised.epoch;
      });
    },

    close: group.close,
  };
  return substrate;
}

/** It came from outside, not from another run. */
const isPlain = ({ replayOf, effectsOf, parent, entries }: NewRun): boolean => replayOf === undefined && parent === undefined && effectsOf === undefined && entries === undefined;

function runOf(row: RunRow, streams: Pick<StreamStore, 'lettersOf'> & { readLarge: (ref: LargeRef) => Json }): NewRun {
  const letters = row.replay_of === null ? undefined : streams.lettersOf(row.id);
  return {
    runId: row.id,
    workspaceId: row.workspace_id,
    flowId: row.flow_id,
    versionId: row.version_id,
    mode: row.mode,
    // Written by insertRun only.
    payload: payloadOf(row.payload, streams.readLarge),
    createdAt: row.created_at,
    ...(row.event_id !== null && { eventId: row.event_id }),
    ...(row.until_step !== null && { until: row.until_step }),
    ...(row.traceparent !== null && { traceparent: row.traceparent }),
    ...(row.replay_of !== null && { replayOf: row.replay_of }),
    ...(row.replay_from !== null && { replayFrom: row.replay_from }),
    ...(row.effects_of !== null && { effectsOf: row.effects_of }),
    ...(row.parent_run !== null && row.parent_step !== null && { parent: { runId: row.parent_run, stepKey: row.parent_step } }),
    ...(row.depth !== null && { depth: row.depth }),
    ...(row.run_key !== null && { key: row.run_key }),
    ...(letters && { letters }),
  };
}
