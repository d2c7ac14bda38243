import type { Engine } from '@weft/engine';
import { z } from 'zod';
import { decisionSignal } from '../approvals/approval-rows.ts';
import type { ApprovalReader, Looker } from '../approvals/reader.ts';
import type { Approval } from '@weft/api';
import { id } from './fields.ts';
import { Refused, notFound } from '../refused.ts';
import { defineRoutes } from './route.ts';

export interface ApprovalRouteParts {
  approvals: ApprovalReader;
  engine: Pick<Engine, 'signal'>;
}

const query = z.strictObject({ status: z.enum(['open', 'decided']).optional(), run: id.optional(), cursor: id.optional() });
const decision = z.strictObject({
  approved: z.boolean(),
  comment: z.string().trim().max(2_000, 'Use at most 2,000 characters.').optional(),
});

/** What runs ask people, and what people decide. */
export function approvalRoutes({ approvals, engine }: ApprovalRouteParts) {
  return defineRoutes({
    'GET /w/:workspace/approvals': {
      policy: 'run.read',
      query,
      handler: async ({ actor, workspace, query: filter }) => approvals.list(workspace.id, { userId: actor.user.id, role: workspace.role }, filter),
    },
    'GET /w/:workspace/approvals/count': {
      policy: 'run.read',
      handler: async ({ actor, workspace }) => ({ open: await approvals.countOpen(workspace.id, { userId: actor.user.id, role: workspace.role }) }),
    },
    'POST /w/:workspace/approvals/:approval/decide': {
      policy: 'run.read',
      body: decision,
      async handler({ actor, workspace, params, body }) {
        const looker: Looker = { userId: actor.user.id, role: workspace.role };
        const asked = await approvals.find(workspace.id, looker, params.approval);
        if (!asked) throw notFound('This approval');
        if (asked.status !== 'open') throw decidedAlready(asked);
        if (!asked.mayDecide) throw new Refused(403, 'approval.not_assigned', 'You are not among the people who may decide this. Ask one of them.');
        const { id: userId, name, email } = actor.user;
        const given = { approved: body.approved, comment: body.comment ?? '', decidedBy: { id: userId, name, email }, decidedAt: new Date().toISOString() };
        const isFirst = await engine.signal(decisionSignal(workspace.id, asked, given));
        const now = await approvals.find(workspace.id, looker, params.approval);
        if (!now) throw notFound('This approval');
        if (!isFirst) throw decidedAlready(now);
        return now;
      },
    },
  });
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
