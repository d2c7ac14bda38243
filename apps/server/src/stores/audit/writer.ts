import { and, eq, gt } from 'drizzle-orm';
import type { Json } from '@weft/json-schema';
import { type Statement, statement } from '../../db/commit.ts';
import { newId } from '../../db/ids.ts';
import type { Db } from '../../db/open.ts';
import { auditEvents } from '../../db/schema/index.ts';

export interface AuditEvent {
  /** Null for the installation as a whole. */
  workspaceId: string | null;
  /** A user's id, or `system`. */
  actorId: string;
  action: string;
  subjectId: string;
  /** What changed, small and without secrets. */
  before?: Json;
  after?: Json;
}

/** The statement that a writer adds to its commit. */
export function audit(db: Db, event: AuditEvent): Statement {
  return statement(db.insert(auditEvents).values({ id: newId('aud'), at: Date.now(), ...event }));
}

const sittingMs = 10 * 60_000;

/**
 * The same for what repeats while a person works, such as saving a draft: one event per person and subject in ten minutes,
 * at the first time. Nothing when there is one already.
 */
export function auditOncePerSitting(db: Db, event: AuditEvent & { workspaceId: string }): Statement[] {
  const { workspaceId, subjectId, actorId, action } = event;
  const recent = db
    .select({ id: auditEvents.id })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.workspaceId, workspaceId), eq(auditEvents.subjectId, subjectId), gt(auditEvents.at, Date.now() - sittingMs),
        eq(auditEvents.actorId, actorId), eq(auditEvents.action, action),
      ),
    )
    .get();
  return recent ? [] : [audit(db, event)];
}
