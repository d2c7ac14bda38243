import type { Approval } from '@weft/api';
import type { Engine } from '@weft/engine';
import { Refused, notFound } from '../refused.ts';
import type { Act } from '../stores/audit/act.ts';
import { Rows } from '../substrate/rows.ts';
import { decisionSignal } from './approval-rows.ts';
import type { ApprovalReader, Looker } from './reader.ts';

export interface DecideParts {
  approvals: Pick<ApprovalReader, 'find'>;
  engine: Pick<Engine, 'signal'>;
}

export interface WantedDecision {
  workspaceId: string;
  approvalId: string;
  looker: Looker;
  by: { id: string; name: string; email: string };
  approved: boolean;
  comment: string;
}

/** Records a person's decision in the rows of approvals, in the commit of the signal. @throws {Refused} 403, 404, 409 */
export async function decide(
  { approvals, engine }: DecideParts,
  act: Act,
  { workspaceId, approvalId, looker, by, approved, comment }: WantedDecision,
): Promise<Approval> {
  const asked = await approvals.find(workspaceId, looker, approvalId);
  if (!asked) throw notFound('This approval');
  if (asked.status !== 'open') throw decidedAlready(asked);
  if (!asked.mayDecide) throw new Refused(403, 'approval.not_assigned', 'You are not among the people who may decide this. Ask one of them.');
  const decidedAt = new Date().toISOString();
  const decided: Approval = { ...asked, status: approved ? 'approved' : 'rejected', decidedAt, decidedBy: by, comment, mayDecide: false };
  const signal = decisionSignal(workspaceId, asked, { approved, comment, decidedBy: by, decidedAt });
  const isFirst = await engine.signal(signal, { alongside: new Rows(act.answered(decided)) });
  if (isFirst) return decided;
  throw decidedAlready((await approvals.find(workspaceId, looker, approvalId)) ?? asked);
}

function decidedAlready({ status, decidedBy }: Approval): Refused {
  const detail = {
    open: 'This approval is being decided at this moment. Look at it again.',
    approved: `${decidedBy?.name ?? 'Somebody'} has approved this already.`,
    rejected: `${decidedBy?.name ?? 'Somebody'} has rejected this already.`,
    timed_out: 'Nobody decided this in time, and the run has gone on.',
    cancelled: 'The run has ended, so there is nothing left to decide.',
  }[status];
  return new Refused(409, 'approval.decided', detail);
}
