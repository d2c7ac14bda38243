import { eq } from 'drizzle-orm';
import type { Catalogue } from '@weft/flow';
import type { TriggerState } from '@weft/api';
import type { Db } from '../../db/open.ts';
import { polls } from '../../db/schema/index.ts';
import type { LiveVersion } from '../../stores/flows/reader.ts';
import { triggerBy } from '../flow-trigger.ts';
import { idle, isoOf } from '../idle-state.ts';

/** How often a published flow's source was asked, and how that went. */
export function pollingState(db: Db, { flowId, document }: LiveVersion, catalogue: Catalogue): TriggerState {
  const row = db.select().from(polls).where(eq(polls.flowId, flowId)).get();
  const since = triggerBy('polling', document, catalogue)?.contract.since ?? null;
  if (!row) return { ...idle('polling'), since };
  const { lastAt, nextAt, lastItems, failures, error, stopped } = row;
  return {
    kind: 'polling',
    active: true,
    lastAt: isoOf(lastAt),
    nextAt: stopped ? null : isoOf(nextAt),
    lastItems: lastAt === null ? null : lastItems,
    failures,
    error,
    since,
  };
}
