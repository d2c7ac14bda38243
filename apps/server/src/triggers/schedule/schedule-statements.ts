import { eq } from 'drizzle-orm';
import { type Statement, statement } from '../../db/commit.ts';
import type { Db } from '../../db/open.ts';
import { schedules } from '../../db/schema/index.ts';
import type { RunningState } from '../../stores/flows/writer.ts';
import { triggerOf } from '../webhook/hook-index.ts';

/** What publishing and switching change about a flow's schedule, for the same commit. */
export function scheduleStatements(db: Db, { workspaceId, flowId, running }: RunningState, now = Date.now()): Statement[] {
  const trigger = running && triggerOf(running.document);
  if (trigger?.use.connector !== 'schedule') return [statement(db.delete(schedules).where(eq(schedules.flowId, flowId)))];
  const { cron, timezone } = trigger.config ?? {};
  const row = {
    workspaceId,
    // The connector's own defaults.
    cron: typeof cron === 'string' ? cron : '0 7 * * 1-5',
    timezone: typeof timezone === 'string' ? timezone : 'UTC',
    activeSince: now,
  };
  return [statement(db.insert(schedules).values({ flowId, ...row }).onConflictDoUpdate({ target: schedules.flowId, set: row }))];
}
