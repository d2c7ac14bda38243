import type { NewRun, Signal, Wait } from '@weft/engine';
import { isObject } from '@weft/json-schema';
import { and, eq } from 'drizzle-orm';
import { newId } from '../db/ids.ts';
import type { Db } from '../db/open.ts';
import { approvals } from '../db/schema/index.ts';
import { audit } from '../stores/audit/writer.ts';
import type { RunFollower } from '../substrate/run-follower.ts';
import type { SealedFields } from '../vault/sealed-fields.ts';

/** What a decision brings along as the payload of its signal; it becomes the step's output. */
export interface Decision {
  approved: boolean;
  comment: string;
  decidedBy: { id: string; name: string; email: string };
  /** ISO 8601. */
  decidedAt: string;
}

/**
 * Keeps what people are asked, in the very commits that park and move runs. What a run has asked before stays as it is; a decision on
 * something that is decided refuses its signal.
 * @param sealed - how secrets in what people are shown are kept; readers hide them, so nobody opens them again.
 * @param changed - called after a commit that changed approvals of this workspace.
 */
export function createApprovalRows(db: Db, sealed: Pick<SealedFields, 'seal'>, changed: (workspaceId: string) => void): RunFollower {
  const touched = new Set<string>();
  const open = (runId: string, stepKey?: string) =>
    and(eq(approvals.runId, runId), eq(approvals.status, 'open'), ...(stepKey === undefined ? [] : [eq(approvals.stepKey, stepKey)]));
  const workspaceOf = (runId: string) => db.select({ id: approvals.workspaceId }).from(approvals).where(eq(approvals.runId, runId)).limit(1).get()?.id;

  function close(runId: string, stepKey: string | undefined, values: Partial<typeof approvals.$inferInsert>): boolean {
    if (db.update(approvals).set(values).where(open(runId, stepKey)).run().changes === 0) return false;
    const workspaceId = workspaceOf(runId);
    if (workspaceId !== undefined) touched.add(workspaceId);
    return true;
  }

  function ask({ runId, workspaceId, flowId, mode }: NewRun, waits: readonly Wait[], at: number): void {
    for (const { stepKey, until, approval } of waits) {
      if (!approval) continue;
      const { question, assignees, shown } = approval;
      const row = { id: newId('appr'), workspaceId, flowId, runId, stepKey, mode, status: 'open' as const, question, requestedAt: at, dueAt: until ?? null };
      const values = { ...row, assignees: JSON.stringify(assignees), shown: sealed.seal(JSON.stringify(shown)) };
      if (db.insert(approvals).values(values).onConflictDoNothing().run().changes > 0) touched.add(workspaceId);
    }
  }

  /** @returns false when there is nothing to decide. */
  function decide({ workspaceId, key, payload }: Signal): boolean {
    const decision = decisionOf(payload);
    const { runId, stepKey } = partsOf(key);
    if (!decision) return false;
    const { approved, comment, decidedBy, decidedAt } = decision;
    const values = {
      status: approved ? ('approved' as const) : ('rejected' as const),
      comment,
      decidedBy: JSON.stringify(decidedBy),
      decidedAt: Date.parse(decidedAt),
    };
    if (!close(runId, stepKey, values)) return false;
    const action = approved ? 'approval.approved' : 'approval.rejected';
    audit(db, { workspaceId, actorId: decidedBy.id, action, subjectId: runId, after: { stepKey, comment } }).query.run();
    return true;
  }

  return {
    follow(change) {
      switch (change.kind) {
        case 'parked':
          return ask(change.run, change.waits, change.at);
        case 'signalled':
          return change.signal.name === 'approval' && !decide(change.signal) ? 'refused' : undefined;
        case 'timedOut':
          return void close(change.runId, change.stepKey, { status: 'timed_out', decidedAt: change.at });
        case 'ended':
          return void close(change.runId, undefined, { status: 'cancelled', decidedAt: change.at });
      }
    },

    committed() {
      for (const workspaceId of touched) changed(workspaceId);
      touched.clear();
    },
  };
}

/** The signal that decides: its key says of which step of which run. */
export function decisionSignal(workspaceId: string, { runId, stepKey }: { runId: string; stepKey: string }, decision: Decision): Signal {
  return { workspaceId, name: 'approval', key: `${runId}:${stepKey}`, payload: { ...decision }, at: Date.parse(decision.decidedAt) };
}

function partsOf(key: string): { runId: string; stepKey: string } {
  const colon = key.indexOf(':');
  return { runId: key.slice(0, colon), stepKey: key.slice(colon + 1) };
}

/** Only `decisionSignal` makes such signals; anything else decides nothing. */
function decisionOf(payload: Signal['payload']): Decision | undefined {
  if (!isObject(payload)) return undefined;
  const { approved, comment, decidedBy, decidedAt } = payload;
  if (typeof approved !== 'boolean' || typeof comment !== 'string' || typeof decidedAt !== 'string' || !isObject(decidedBy)) return undefined;
  const { id, name, email } = decidedBy;
  if (typeof id !== 'string' || typeof name !== 'string' || typeof email !== 'string') return undefined;
  return { approved, comment, decidedAt, decidedBy: { id, name, email } };
}

