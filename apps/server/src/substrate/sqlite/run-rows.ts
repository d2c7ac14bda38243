import { createRegistry, LeaseLost, type Journal, type JournalEntry, type Lease, type NewRun, type Outcome, type RunStatus } from '@weft/engine';
import type { Json } from '@weft/json-schema';
import { LostValue } from '../../blobs/lost-value.ts';
import { type LargeRef, type LargeValues, payloadOf, payloadText } from '../../blobs/large-values.ts';
import type { SealedFields } from '../../vault/sealed-fields.ts';
import type { EarlierRuns } from './earlier-runs.ts';
import type { RunRow, Statements } from './statements.ts';
import { decodeEntries, type EarlierEntries, encodeCommit } from './stored-entries.ts';
import type { StreamStore } from './stream-store.ts';

/** What a run leaves in the store: one row, and its journal. What writes belongs inside a transaction. */
export interface RunRows {
  /** The row of a run that has none, its event, and what it brings from another run. */
  insert(run: NewRun, state: NewState): void;
  /** Adds to the journal of a run that is known to be ours. */
  append(run: NewRun, entries: JournalEntry[]): void;
  /** Adds to the journal of a run whose row has been written before. @throws {LeaseLost} */
  appendLeased(lease: Lease, entries: JournalEntry[]): void;
  /** Makes such a run final, with its last entries. @throws {LeaseLost} */
  finish(lease: Lease, outcome: Outcome, entries: JournalEntry[]): void;
  /** Once what `append`, `appendLeased` or `finish` wrote is on disk, and for a run that is over: its row is not built upon any more. */
  settled(runId: string): void;
  /** The run that a row was made of, or why it can only fail: thrown on, that would undo the claim of all others too, again and again. */
  runOf(row: RunRow): Pick<Lease, 'run' | 'refused'>;
  /** Nothing where there is no such run. */
  journalOf(runId: string): Journal;
}

export interface NewState {
  status: RunStatus;
  epoch: number;
  /** Of a run that begins and ends in one commit. */
  outcome?: Outcome;
  /** Of its first commit. */
  entries?: JournalEntry[];
}

export interface RunRowsOptions {
  earlier: Pick<EarlierRuns, 'remember'>;
  streams: Pick<StreamStore, 'assign' | 'lettersOf' | 'progressOf'>;
  /** Where values too large for a row go. Default: they stay in the row. */
  large: LargeValues | undefined;
  /** How secrets in what runs leave are kept. */
  sealed: SealedFields;
}

export function createRunRows(statements: Statements, { earlier, streams, large, sealed }: RunRowsOptions): RunRows {
  const keepFor = ({ runId }: NewRun) => large && ((text: string): LargeRef => large.keep(runId, text));

  function readLarge(ref: LargeRef): Json {
    if (!large) throw new Error('There is nowhere to read large values from.');
    return large.read(ref);
  }

  /**
   * Runs that have committed once: the row holds those entries, and of most runs it takes the last ones too, so that one effect costs
   * no row of the journal and what it was called with is not stored again. A second commit in between moves them to the journal.
   */
  const begun = createRegistry<EarlierEntries>();

  function addToJournal(run: NewRun, entries: readonly JournalEntry[]): void {
    statements.appendFirst.run(run.runId, encodeCommit(entries, run.payload, { keep: keepFor(run), sealed }).entries);
  }

  /** Test runs say by warnings what was left out of them; of live ones people want to see in the lists that something was odd. */
  function countWarnings({ runId, workspaceId, mode }: NewRun, entries: readonly JournalEntry[] = []): void {
    const warnings = mode === 'live' ? warningsIn(entries) : 0;
    if (warnings > 0) statements.addWarnings.run(runId, workspaceId, warnings);
  }

  /** What the row holds comes after all that is in the journal. */
  function emptyRow(runId: string): void {
    if (statements.copyToJournal.run(runId).changes > 0) statements.clearEntries.run(runId);
  }

  /** Few runs come from another one, so the others do not pay for it. */
  function link(run: NewRun): void {
    if (run.deadLetters) streams.assign(run, run.deadLetters);
    const { runId, replayOf, replayFrom, effectsOf, parent, depth, entries } = run;
    statements.linkRun.run(replayOf ?? null, replayFrom ?? null, effectsOf ?? null, parent?.runId ?? null, parent?.stepKey ?? null, depth ?? null, runId);
    if (entries && entries.length > 0) addToJournal(run, entries);
  }

  function runOf(row: RunRow, payload: Json): NewRun {
    const deadLetters = row.replay_of === null ? undefined : streams.lettersOf(row.id);
    return {
      runId: row.id,
      workspaceId: row.workspace_id,
      flowId: row.flow_id,
      versionId: row.version_id,
      mode: row.mode,
      payload,
      createdAt: row.created_at,
      eventId: row.event_id ?? undefined,
      until: row.until_step ?? undefined,
      traceparent: row.traceparent ?? undefined,
      replayOf: row.replay_of ?? undefined,
      replayFrom: row.replay_from ?? undefined,
      effectsOf: row.effects_of ?? undefined,
      ...(row.parent_run !== null && row.parent_step !== null && { parent: { runId: row.parent_run, stepKey: row.parent_step } }),
      depth: row.depth ?? undefined,
      key: row.run_key ?? undefined,
      deadLetters,
    };
  }

  return {
    insert(run, { status, epoch, outcome, entries }) {
      const stored = entries && (outcome || entries.length > 0)
        ? encodeCommit(entries, run.payload, { answer: outcome?.answer, keep: keepFor(run), sealed })
        : undefined;
      statements.insertRun.run(
        run.runId,
        run.workspaceId,
        run.flowId,
        run.versionId,
        run.mode,
        status,
        epoch,
        run.createdAt,
        outcome?.at ?? null,
        run.until ?? null,
        run.eventId ?? null,
        run.traceparent ?? null,
        outcome?.error ? JSON.stringify(outcome.error) : null,
        stored?.answer ?? null,
        payloadText(run.payload, sealed, keepFor(run)),
        stored?.entries ?? null,
      );
      countWarnings(run, entries);
      if (stored && !outcome) begun.set(run.runId, stored.earlier);
      if (run.eventId !== undefined) earlier.remember({ flowId: run.flowId, eventId: run.eventId, runId: run.runId });
      if (run.key !== undefined && status !== 'queued') statements.setKey.run(run.key, null, run.runId);
      if (run.title !== undefined) statements.setTitle.run(run.title, run.runId);
      if (comesFromAnother(run)) link(run);
    },

    append(run, entries) {
      emptyRow(run.runId);
      addToJournal(run, entries);
      countWarnings(run, entries);
    },

    appendLeased({ run, epoch }, entries) {
      emptyRow(run.runId);
      const { changes } = statements.append.run(run.runId, encodeCommit(entries, run.payload, { keep: keepFor(run), sealed }).entries, run.runId, epoch);
      if (changes === 0) throw new LeaseLost(run.runId);
      countWarnings(run, entries);
    },

    finish({ run, epoch }, outcome, entries) {
      const after = begun.get(run.runId);
      if (!after) emptyRow(run.runId);
      const stored = encodeCommit(entries, run.payload, { answer: outcome.answer, keep: keepFor(run), after, sealed });
      const error = outcome.error ? JSON.stringify(outcome.error) : null;
      const more = `${after && entries.length > 0 ? ',' : ''}${stored.entries.slice(1)}`;
      const { changes } = statements.finish.run(outcome.status, outcome.at, error, stored.answer, more, run.runId, epoch);
      if (changes === 0) throw new LeaseLost(run.runId);
      countWarnings(run, entries);
    },

    settled: (runId) => void begun.take(runId),

    runOf(row) {
      try {
        return { run: runOf(row, payloadOf(row.payload, sealed, readLarge)) };
      } catch (error) {
        const message = error instanceof LostValue ? error.message : 'What this run was started with cannot be read. Restore the data folder from a backup.';
        return { run: runOf(row, null), refused: { kind: 'not_found', message } };
      }
    },

    journalOf(runId) {
      const row = statements.loadRun.get(runId);
      if (!row) return { entries: [] };
      const payload = payloadOf(row.payload, sealed, readLarge);
      const texts = statements.loadJournal.all(runId).map(({ entries }) => entries);
      if (row.entries !== null) texts.push(row.entries);
      // Large values are read at once, so nothing else stands in their place.
      const entries = texts.flatMap((text) => decodeEntries(text, payload, { read: readLarge, sealed }) as JournalEntry[]);
      const progress = streams.progressOf(runId);
      return { entries, ...(progress.length > 0 && { progress }) };
    },
  };
}

/** A run that came from outside is written with one statement, unless it has an event, a key, a title or warnings. */
export const isOneStatement = (run: NewRun, entries: readonly JournalEntry[] = []): boolean =>
  run.eventId === undefined && run.key === undefined && run.title === undefined && !comesFromAnother(run) && warningsIn(entries) === 0;

function warningsIn(entries: readonly JournalEntry[]): number {
  let count = 0;
  for (const { warnings } of entries) if (warnings) count += warnings.length;
  return count;
}

const comesFromAnother = ({ replayOf, effectsOf, parent, entries }: NewRun): boolean =>
  replayOf !== undefined || parent !== undefined || effectsOf !== undefined || entries !== undefined;
