import type { Database } from 'better-sqlite3';
import { LeaseLost, type Journal, type JournalEntry, type Lease, type NewRun, type Outcome, type Substrate } from '@weft/engine';
import type { Json } from '@weft/json-schema';
import { createDayCounts } from './day-counts.ts';
import { createGroupCommit } from './group-commit.ts';
import { createPendingRuns } from './pending-runs.ts';
import { prepareStatements, type RunRow } from './statements.ts';
import { decodeEntries, encodeCommit } from './stored-entries.ts';

/** For so long the same event id starts one run only. */
export const EVENT_MEMORY_MS = 7 * 24 * 3_600_000;

/** Old events go while new ones come, a few at a time. */
const eventsPerSweep = 1_000;

export interface SqliteSubstrateOptions {
  /** Migrated, in WAL mode with `synchronous = FULL`; belongs to the caller, who closes it after `close()`. */
  database: Database;
  /** Milliseconds since the epoch. Default Date.now. */
  now?: () => number;
}

/**
 * Runs in SQLite with group commit. A leased run is held in memory until its first commit, so a run without effects costs one
 * row in one shared transaction: nothing has been acknowledged before, so nothing is lost with the process.
 */
export function createSqliteSubstrate({ database, now = Date.now }: SqliteSubstrateOptions): Substrate {
  const statements = prepareStatements(database);
  const days = createDayCounts(statements);
  const group = createGroupCommit(database, { beforeCommit: days.write, afterRollback: days.forget });
  const pending = createPendingRuns();
  let epoch = 0;
  let highestId = '';
  let eventsSinceSweep = 0;

  function insertRun(run: NewRun, state: { status: string; epoch: number; outcome?: Outcome; entries?: JournalEntry[] }): void {
    const { outcome } = state;
    const stored = state.entries && encodeCommit(state.entries, run.payload, outcome?.answer);
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
      JSON.stringify(run.payload),
      stored?.entries ?? null,
    );
    if (run.eventId !== undefined) rememberEvent(run.flowId, run.eventId, run.runId);
    if (!isPlain(run)) linkRun(run);
  }

  /** Few runs come from another one, so the others do not pay for it. */
  function linkRun({ runId, replayOf, replayFrom, effectsOf, parent, depth, entries, payload }: NewRun): void {
    statements.linkRun.run(replayOf ?? null, replayFrom ?? null, effectsOf ?? null, parent?.runId ?? null, parent?.stepKey ?? null, depth ?? null, runId);
    if (entries && entries.length > 0) statements.appendFirst.run(runId, encodeCommit(entries, payload).entries);
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
      if (options?.lease && !run.entries) {
        const earlier = earlierRun(run);
        if (earlier !== undefined) return { created: false, runId: earlier };
        pending.add(run, { buffered: true });
        return { created: true, runId: run.runId, lease: { run, epoch, resumed: false } };
      }
      pending.add(run, { buffered: false });
      const written = group.write(() => {
        const earlier = earlierRun(run);
        if (earlier !== undefined) return { created: false, runId: earlier };
        insertRun(run, { status: 'queued', epoch: 0 });
        return { created: true, runId: run.runId };
      });
      pending.follow(run, written, { buffered: false });
      return written;
    },

    async claim(freeSlots) {
      if (freeSlots <= 0 || !statements.anyQueued.get()) return [];
      return group.write(() =>
        statements.oldestQueued.all(freeSlots).map((row): Lease => {
          statements.lease.run(epoch, row.id);
          return { run: runOf(row), epoch, resumed: row.epoch > 0 || row.replay_of !== null };
        }),
      );
    },

    async load(runId): Promise<Journal> {
      const row = statements.loadRun.get(runId);
      if (!row) return { entries: [] };
      // Written by insertRun only.
      const payload = JSON.parse(row.payload) as Json;
      const texts = statements.loadJournal.all(runId).map(({ entries }) => entries);
      if (row.entries !== null) texts.push(row.entries);
      return { entries: texts.flatMap((text) => decodeEntries(text, payload)) };
    },

    async commit(lease, entries) {
      const { runId, payload } = lease.run;
      const first = firstWrite(runId);
      if (first) {
        await first.write(() => {
          insertRun(first.run, { status: 'running', epoch: lease.epoch });
          statements.appendFirst.run(runId, encodeCommit(entries, payload).entries);
        });
        return;
      }
      await group.write(() => {
        const { changes } = statements.append.run(runId, encodeCommit(entries, payload).entries, runId, lease.epoch);
        if (changes === 0) throw new LeaseLost(runId);
      });
    },

    async finish(lease, outcome, entries) {
      const { runId, payload } = lease.run;
      const first = firstWrite(runId);
      if (first) {
        const insert = () => {
          insertRun(first.run, { status: outcome.status, epoch: lease.epoch, outcome, entries });
          days.count(first.run, outcome);
        };
        await first.write(insert, { single: first.run.eventId === undefined && isPlain(first.run) });
        return;
      }
      await group.write(() => {
        const stored = encodeCommit(entries, payload, outcome.answer);
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
      });
    },

    async cancel(runId, at) {
      const first = firstWrite(runId);
      if (first) {
        await first.write(() => insertRun(first.run, { status: 'cancelled', epoch, outcome: { status: 'cancelled', at } }));
        return true;
      }
      return group.write(() => statements.cancel.run(at, runId).changes > 0);
    },

    async open() {
      epoch = await group.write(() => {
        const raised = statements.raiseEpoch.get();
        if (!raised) throw new Error('The epoch could not be raised: the table engine_epoch gave no row back.');
        statements.requeueRunning.run();
        highestId = statements.highestId.get()?.id ?? '';
        statements.forgetEvents.run(now() - EVENT_MEMORY_MS);
        return raised.epoch;
      });
    },

    close: () => group.settled(),
  };
  return substrate;
}

/** It came from outside, not from another run. */
const isPlain = ({ replayOf, effectsOf, parent, entries }: NewRun): boolean => replayOf === undefined && parent === undefined && effectsOf === undefined && entries === undefined;

function runOf(row: RunRow): NewRun {
  return {
    runId: row.id,
    workspaceId: row.workspace_id,
    flowId: row.flow_id,
    versionId: row.version_id,
    mode: row.mode,
    // Written by insertRun only.
    payload: JSON.parse(row.payload) as Json,
    createdAt: row.created_at,
    ...(row.event_id !== null && { eventId: row.event_id }),
    ...(row.until_step !== null && { until: row.until_step }),
    ...(row.traceparent !== null && { traceparent: row.traceparent }),
    ...(row.replay_of !== null && { replayOf: row.replay_of }),
    ...(row.replay_from !== null && { replayFrom: row.replay_from }),
    ...(row.effects_of !== null && { effectsOf: row.effects_of }),
    ...(row.parent_run !== null && row.parent_step !== null && { parent: { runId: row.parent_run, stepKey: row.parent_step } }),
    ...(row.depth !== null && { depth: row.depth }),
  };
}
