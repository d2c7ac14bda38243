import { eq } from 'drizzle-orm';
import type { FlowDocument } from '@weft/flow';
import { type Statement, statement } from '../../db/commit.ts';
import type { Db } from '../../db/open.ts';
import { schedules } from '../../db/schema/index.ts';
import type { RunningState } from '../../stores/flows/writer.ts';
import { triggerOf } from '../webhook/hook-index.ts';

/** What publishing and switching change about a flow's schedule, for the same commit. */
export function scheduleStatements(db: Db, { workspaceId, flowId, running }: RunningState, now = Date.now()): Statement[] {
  const schedule = running && scheduleOf(running.document);
  if (!schedule) return [statement(db.delete(schedules).where(eq(schedules.flowId, flowId)))];
  const row = { workspaceId, ...schedule, activeSince: now, error: null };
  return [statement(db.insert(schedules).values({ flowId, ...row }).onConflictDoUpdate({ target: schedules.flowId, set: row }))];
}

export interface ScheduleSettings {
  cron: string;
  timezone: string;
  missed: 'once' | 'skip';
}

/** A flow's schedule with the connector's own defaults; null where it starts in another way. */
export function scheduleOf(document: FlowDocument): ScheduleSettings | null {
  const trigger = triggerOf(document);
  if (trigger?.use.connector !== 'schedule') return null;
  const { cron, timezone, missed } = trigger.config ?? {};
  return {
    cron: typeof cron === 'string' ? cron : '0 7 * * 1-5',
    timezone: typeof timezone === 'string' ? timezone : 'UTC',
    missed: missed === 'skip' ? 'skip' : 'once',
  };
}
