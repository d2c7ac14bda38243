import { eq } from 'drizzle-orm';
import { nextTimes } from '@weft/connectors/schedule';
import type { Catalogue } from '@weft/flow';
import type { Db } from '../db/open.ts';
import { polls, schedules } from '../db/schema/index.ts';
import type { TriggerState } from '@weft/api';
import { redactText } from '../redact/redact.ts';
import type { FlowReader } from '../stores/flows/reader.ts';
import { pollingOf } from './polling/polling-trigger.ts';
import { scheduleOf } from './schedule/schedule-statements.ts';

export interface TriggerStateParts {
  db: Db;
  flows: Pick<FlowReader, 'live'>;
  catalogue: Catalogue;
}

/** What a published flow's trigger does by itself; null where it waits to be called. */
export async function triggerState({ db, flows, catalogue }: TriggerStateParts, workspaceId: string, flowId: string): Promise<TriggerState | null> {
  const live = await flows.live(workspaceId, flowId);
  if (!live) return null;
  if (scheduleOf(live.document)) {
    const row = db.select().from(schedules).where(eq(schedules.flowId, flowId)).get();
    const next = row && nextTimes(row.cron, row.timezone, new Date(), 1)[0];
    return { ...idle('schedule'), active: row !== undefined, lastAt: isoOf(row?.lastTick), nextAt: next?.toISOString() ?? null, error: row?.error == null ? null : redactText(row.error) };
  }
  const trigger = pollingOf(live.document, catalogue);
  if (!trigger) return null;
  const row = db.select().from(polls).where(eq(polls.flowId, flowId)).get();
  const since = catalogue.operation(trigger.use)?.trigger?.since ?? null;
  if (!row) return { ...idle('polling'), since };
  const { lastAt, nextAt, lastItems, failures, error } = row;
  return { kind: 'polling', active: true, lastAt: isoOf(lastAt), nextAt: isoOf(nextAt), lastItems: lastAt === null ? null : lastItems, failures, error, since };
}

const idle = (kind: TriggerState['kind']): TriggerState => ({ kind, active: false, lastAt: null, nextAt: null, lastItems: null, failures: 0, error: null, since: null });

const isoOf = (moment: number | null | undefined): string | null => (moment == null ? null : new Date(moment).toISOString());
