import type { Signal } from '@weft/engine';
import type { Database } from 'better-sqlite3';
import type { Statement } from '../../db/commit.ts';
import { Refusal } from '../webhook/refusal.ts';

/** How many signals of one flow may wait for a run that does not wait for them yet. */
export interface UnheardBounds {
  /** Default 1_000. */
  signals?: number;
  /** What they bring, together. Default 16 MiB. */
  bytes?: number;
}

/**
 * Whoever knows an address may send signals that no run will ever want, so those have a bound. It is asked in the signal's own commit, where
 * several at once cannot pass it; a signal that a run waits for has none.
 * @returns what refuses the signal. @throws {Refusal} 429 when it is run.
 */
export function createUnheardCheck(database: Database, { signals = 1_000, bytes = 16 << 20 }: UnheardBounds = {}) {
  const heard = database.prepare<[workspaceId: string, name: string, key: string], { id: number }>(
    'select id from run_waits where workspace_id = ? and name = ? and key = ? limit 1',
  );
  const unheard = database.prepare<[workspaceId: string, from: string, to: string], { signals: number; bytes: number | null }>(
    `select count(*) as signals, sum(octet_length(payload)) as bytes from signals s
      where workspace_id = ? and name >= ? and name < ? and taken_at is null and not exists (
        select 1 from run_waits w where w.workspace_id = s.workspace_id and w.name = s.name and w.key = s.key)`,
  );
  return ({ workspaceId, name, key }: Pick<Signal, 'workspaceId' | 'name' | 'key'>, flowId: string): Statement => ({
    query: {
      run() {
        if (heard.get(workspaceId, name, key)) return { changes: 1 };
        const { from, to } = namesOf(flowId);
        const now = unheard.get(workspaceId, from, to);
        return { changes: (now?.signals ?? 0) <= signals && (now?.bytes ?? 0) <= bytes ? 1 : 0 };
      },
    },
    rows: 1,
    otherwise: () =>
      new Refusal(429, 'signals_full', 'Too many signals of this flow are kept already that no run waits for. Send it again when a run waits for it.'),
  });
}

export const signalName = (flowId: string, stepId: string): string => `step:${flowId}/${stepId}`;

/** All names of a flow lie between these: `0` follows `/`. */
const namesOf = (flowId: string) => ({ from: `step:${flowId}/`, to: `step:${flowId}0` });
