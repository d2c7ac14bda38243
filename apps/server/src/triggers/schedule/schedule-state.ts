import { eq } from 'drizzle-orm';
import type { TriggerState } from '@weft/api';
import type { Db } from '../../db/open.ts';
import { schedules } from '../../db/schema/index.ts';
import { redactText } from '../../redact/redact.ts';
import type { LiveVersion } from '../../stores/flows/reader.ts';
import { idle, isoOf } from '../idle-state.ts';
import { nextTimes } from './times.ts';

/** When a published schedule ran last and runs next. */
export function scheduleState(db: Db, { flowId }: LiveVersion): TriggerState {
  const row = db.select().from(schedules).where(eq(schedules.flowId, flowId)).get();
  const next = row && nextTimes(row.cron, row.timezone, new Date(), 1)[0];
  return {
    ...idle('schedule'),
    active: row !== undefined,
    lastAt: isoOf(row?.lastTick),
    nextAt: next?.toISOString() ?? null,
    error: row?.error == null ? null : redactText(row.error),
  };
}
