import type { Database } from 'better-sqlite3';
import type { DeadLetter, DeadLettersOf, NewRun, RunError, StoredDeadLetter, StreamCommit, StreamProgress } from '@weft/engine';
import type { Json } from '@weft/json-schema';
import { readStored } from '../../db/read-stored.ts';
import type { SealedFields } from '../../vault/sealed-fields.ts';

/** What loops over streams leave behind. The writing ones are called inside a transaction of the substrate. */
export interface StreamStore {
  keep(run: NewRun, commit: StreamCommit): void;
  /** The run gets the open letters it was started for, and remembers which. */
  assign(run: NewRun, letters: DeadLettersOf): void;
  /** What `assign` was given. */
  lettersOf(runId: string): DeadLettersOf | undefined;
  progressOf(runId: string): StreamProgress[];
  deadLettersFor(runId: string, after: number, limit: number): StoredDeadLetter[];
}

/** @param sealed - how secrets in records are kept. */
export function createStreamStore(database: Database, sealed: SealedFields): StreamStore {
  const upsert = database.prepare<[runId: string, stepKey: string, progress: string]>(
    'insert into stream_progress (run_id, step_key, progress) values (?, ?, ?) on conflict (run_id, step_key) do update set progress = excluded.progress',
  );
  const insert = database.prepare<LetterRow>(
    `insert into dead_letters (workspace_id, flow_id, run_id, step_key, batch, idx, origin_run_id, at, error, record)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const open = 'run_id = ? and step_key = ? and replayed_by is null and discarded_at is null';
  const assignAll = database.prepare<[by: string, runId: string, stepKey: string]>(`update dead_letters set replayed_by = ? where ${open}`);
  const assignSome = database.prepare<[by: string, runId: string, stepKey: string, ids: string]>(
    `update dead_letters set replayed_by = ? where ${open} and id in (select value from json_each(?))`,
  );
  const forget = database.prepare<[runId: string, stepKey: string]>('delete from dead_letters where run_id = ? and step_key = ? and replayed_by is null');
  const remember = database.prepare<[runId: string, letters: string]>('insert into letter_runs (run_id, letters) values (?, ?)');
  const remembered = database.prepare<[runId: string], string>('select letters from letter_runs where run_id = ?').pluck();
  const progress = database.prepare<[runId: string], string>('select progress from stream_progress where run_id = ? order by id').pluck();
  const assigned = database.prepare<[by: string, after: number, limit: number], StoredRow>(
    `select id, step_key as stepKey, batch, idx as "index", origin_run_id as originRunId, at, error, record
      from dead_letters where replayed_by = ? and id > ? order by id limit ?`,
  );

  return {
    keep({ runId, workspaceId, flowId }, commit) {
      if (commit.begunAgain) forget.run(runId, commit.progress.stepKey);
      upsert.run(runId, commit.progress.stepKey, JSON.stringify(commit.progress));
      for (const letter of commit.deadLetters) {
        const { stepKey, batch, index, originRunId, at, error, record } = letter;
        insert.run(workspaceId, flowId, runId, stepKey, batch, index, originRunId, at, JSON.stringify(error), sealed.seal(JSON.stringify(record)));
      }
    },
    assign({ runId }, letters) {
      if (letters.ids) assignSome.run(runId, letters.runId, letters.stepKey, JSON.stringify(letters.ids));
      else assignAll.run(runId, letters.runId, letters.stepKey);
      remember.run(runId, JSON.stringify(letters));
    },
    lettersOf(runId) {
      const text = remembered.get(runId);
      // Written by hand only.
      return text === undefined ? undefined : readStored<DeadLettersOf>(text);
    },
    // Written by keep only.
    progressOf: (runId) => progress.all(runId).map((text) => readStored<StreamProgress>(text)),
    deadLettersFor: (runId, after, limit) =>
      assigned
        .all(runId, after, limit)
        .map(({ error, record, ...letter }) => ({ ...letter, error: readStored<RunError>(error), record: readStored<Json>(sealed.open(record)) })),
  };
}

type LetterRow = [
  workspaceId: string,
  flowId: string,
  runId: string,
  stepKey: string,
  batch: number,
  index: number,
  originRunId: string,
  at: number,
  error: string,
  record: string,
];

type StoredRow = Omit<DeadLetter, 'error' | 'record'> & { id: number; error: string; record: string };
