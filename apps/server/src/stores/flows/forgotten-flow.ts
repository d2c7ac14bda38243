import { eq, inArray, or, sql } from 'drizzle-orm';
import { type Statement, statement } from '../../db/commit.ts';
import type { Db } from '../../db/open.ts';
import { backfills, cursors, rejections, runDays } from '../../db/schema/index.ts';

/**
 * What goes with a flow that is deleted: how far its source was read, what was made up for, refused calls and counts. Its runs stay,
 * with the versions they were made with, for as long as the history is kept.
 */
export function forgottenFlow(db: Db, flowId: string): Statement[] {
  const ofBackfills = db.select({ name: sql<string>`'backfill:' || ${backfills.id}` }).from(backfills).where(eq(backfills.flowId, flowId));
  return [
    statement(db.delete(cursors).where(or(eq(cursors.name, `poll:${flowId}`), inArray(cursors.name, ofBackfills)))),
    ...[backfills, rejections, runDays].map((table) => statement(db.delete(table).where(eq(table.flowId, flowId)))),
  ];
}
