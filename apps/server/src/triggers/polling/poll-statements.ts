import { eq } from 'drizzle-orm';
import type { Catalogue } from '@weft/flow';
import { type Statement, statement } from '../../db/commit.ts';
import type { Db } from '../../db/open.ts';
import { polls } from '../../db/schema/index.ts';
import type { RunningState } from '../../stores/flows/writer.ts';
import { pollingOf } from './polling-trigger.ts';

/** What publishing and switching change about a flow's polls, for the same commit. What it has read is kept: nothing is read twice. */
export function pollStatements(db: Db, catalogue: Catalogue, { workspaceId, flowId, running }: RunningState, now = Date.now()): Statement[] {
  const trigger = running && pollingOf(running.document, catalogue);
  if (!trigger) return [statement(db.delete(polls).where(eq(polls.flowId, flowId)))];
  const row = { workspaceId, intervalMs: trigger.intervalMs, nextAt: now, failures: 0, error: null };
  return [statement(db.insert(polls).values({ flowId, ...row }).onConflictDoUpdate({ target: polls.flowId, set: row }))];
}
