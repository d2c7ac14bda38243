import type { Json } from '@weft/json-schema';
import type { Statement } from '../../db/commit.ts';
import type { Db } from '../../db/open.ts';
import { audit, type AuditEvent } from './writer.ts';

/**
 * What a person does with one request, as the commit of its work has to know it. A request may be sent again by somebody who does not
 * know whether it arrived; because its answer stands in the commit of the work, a crash in between does nothing twice.
 */
export interface Act {
  /** A user's id. */
  actorId: string;
  /**
   * Keeps the answer, for a repeat of the request: part of the commit that makes it true. Nothing where the request cannot be repeated.
   * @param answer - as the route returns it; null: no body (204).
   */
  answered(answer: object | null): Statement[];
  /** The same for work of several commits: what has been done with this one. A repeat that finds no answer goes on from there. */
  doneSoFar(done: Json): Statement[];
  /** What `doneSoFar` kept last, where an earlier try of the same request did not come to its end. */
  readonly begun: Json | undefined;
}

/** An act whose request is never repeated, or a part of one whose answer is kept elsewhere. */
export const onlyOnce = (actorId: string): Act => ({ actorId, answered: () => [], doneSoFar: () => [], begun: undefined });

/** What a use case adds to the commit of its work: who did it, and what a repeat is answered. */
export function recorded(db: Db, act: Act, event: Omit<AuditEvent, 'actorId'>, answer: object | null): Statement[] {
  return [audit(db, { ...event, actorId: act.actorId }), ...act.answered(answer)];
}
