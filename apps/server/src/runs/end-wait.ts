import type { Engine, JournalEntry } from '@weft/engine';
import type { Json } from '@weft/json-schema';
import type { Db } from '../db/open.ts';
import { Refused, notFound } from '../refused.ts';
import { type Act, recorded } from '../stores/audit/act.ts';
import { Rows } from '../substrate/rows.ts';
import type { RunReader } from './reader.ts';

export interface EndWaitParts {
  db: Db;
  engine: Pick<Engine, 'signal'>;
  runs: Pick<RunReader, 'detail'>;
}

export interface WaitToEnd {
  workspaceId: string;
  runId: string;
  stepKey: string;
  /** What the step gives, as if a signal had brought it. Absent: the wait is skipped. */
  payload?: Json;
  /** The person's name, for the run's page. */
  by: string;
}

/** A person ends a wait before its time. @throws {Refused} 404, 409 when the step does not wait any more. */
export async function endWait({ db, engine, runs }: EndWaitParts, act: Act, { workspaceId, runId, stepKey, payload, by }: WaitToEnd): Promise<null> {
  const run = await runs.detail(workspaceId, runId);
  if (!run) throw notFound('This run');
  if (!isWaiting(run.entries, stepKey)) throw new Refused(409, 'run.not_waiting', 'This step does not wait any more.');
  const signal = { workspaceId, name: 'skip', key: `${run.id}:${stepKey}`, payload: { by, ...(payload !== undefined && { payload }) }, at: Date.now() };
  const event = { workspaceId, action: payload === undefined ? 'run.wait_skipped' : 'run.signal_sent', subjectId: run.id, after: { stepKey } };
  const isFirst = await engine.signal(signal, { alongside: new Rows(recorded(db, act, event, null)) });
  if (!isFirst) throw new Refused(409, 'run.not_waiting', 'Somebody has ended this wait a moment ago.');
  return null;
}

/** The step's last word is a wait that a person may end; approvals are decided, not skipped. */
function isWaiting(entries: readonly JournalEntry[], stepKey: string): boolean {
  const last = entries.findLast((entry) => entry.stepKey === stepKey);
  return last?.kind === 'started' && (last.wait?.signals.some(({ name }) => name === 'skip') ?? false);
}
