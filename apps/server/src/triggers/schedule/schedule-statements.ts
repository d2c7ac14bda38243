import { eq } from 'drizzle-orm';
import type { Catalogue } from '@weft/flow';
import { type Statement, statement } from '../../db/commit.ts';
import type { Db } from '../../db/open.ts';
import { schedules } from '../../db/schema/index.ts';
import type { RunningState } from '../../stores/flows/writer.ts';
import { scheduleOf } from './schedule-of.ts';

/** What publishing and switching change about a flow's schedule, for the same commit. */
export function scheduleStatements(db: Db, catalogue: Catalogue, { workspaceId, flowId, running }: RunningState, now = Date.now()): Statement[] {
  const schedule = running && scheduleOf(running.document, catalogue);
  if (!schedule) return [statement(db.delete(schedules).where(eq(schedules.flowId, flowId)))];
  const row = { workspaceId, ...schedule, activeSince: now, error: null };
  return [statement(db.insert(schedules).values({ flowId, ...row }).onConflictDoUpdate({ target: schedules.flowId, set: row }))];
}
