import { inArray, sql, type SQL } from 'drizzle-orm';
import type { Db } from '../db/open.ts';
import { runs, runWarnings } from '../db/schema/index.ts';

/** How many warnings each of these runs has; a run without any is left out. */
export function warningsOf(db: Db, runIds: readonly string[]): Map<string, number> {
  const rows = db.select({ runId: runWarnings.runId, warnings: runWarnings.warnings }).from(runWarnings).where(inArray(runWarnings.runId, [...runIds])).all();
  return new Map(rows.map(({ runId, warnings }) => [runId, warnings]));
}

/** True for the runs of a workspace that have warnings. */
export const hasWarnings = (workspaceId: string): SQL =>
  sql`${runs.id} in (select ${runWarnings.runId} from ${runWarnings} where ${runWarnings.workspaceId} = ${workspaceId})`;
