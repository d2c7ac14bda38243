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
