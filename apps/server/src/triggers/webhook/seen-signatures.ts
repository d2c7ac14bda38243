import type { NewRun } from '@weft/engine';
import type { Database } from 'better-sqlite3';
import { Rows } from '../../substrate/rows.ts';

/** A call with this signature has started a run before. */
export class SignatureSeen extends Error {
  readonly runId: string;

  constructor(runId: string) {
    super(`A call with the same signature has started ${runId}.`);
    this.name = 'SignatureSeen';
    this.runId = runId;
  }
}

/**
 * Remembers what signed calls have started, for as long as events are remembered and beside them.
 * @returns rows for the commit that starts the run: it fails with {@link SignatureSeen} where an earlier one has the signature.
 */
export type SeenSignatures = (run: Pick<NewRun, 'runId' | 'flowId'>, signature: Buffer) => Rows;

const memoryMs = 7 * 24 * 3_600_000;

export function createSeenSignatures(database: Database, now: () => number): SeenSignatures {
  const remember = database.prepare<[flowId: string, signature: string, runId: string, at: number, before: number]>(
    `insert into run_events (flow_id, event_id, run_id, at) values (?, ?, ?, ?)
      on conflict (flow_id, event_id) do update set run_id = excluded.run_id, at = excluded.at where at < ?`,
  );
  const earlier = database
    .prepare<[flowId: string, signature: string], string>('select run_id from run_events where flow_id = ? and event_id = ?')
    .pluck();
  return ({ runId, flowId }, signature) => {
    const id = `signature:${signature.toString('base64url')}`;
    return new Rows([
      {
        query: { run: () => remember.run(flowId, id, runId, now(), now() - memoryMs) },
        rows: 1,
        otherwise: () => new SignatureSeen(earlier.get(flowId, id) ?? runId),
      },
    ]);
  };
}
