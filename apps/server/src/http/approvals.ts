import type { Approval, User } from '@weft/api';
import { z } from 'zod';
import type { WantedDecision } from '../approvals/decide.ts';
import type { ApprovalReader } from '../approvals/reader.ts';
import type { Act } from '../stores/audit/act.ts';
import { id } from './fields.ts';
import { defineRoutes } from './route.ts';

export interface ApprovalRouteParts {
  approvals: ApprovalReader;
  decide(act: Act, decision: WantedDecision): Promise<Approval>;
}

const query = z.strictObject({ status: z.enum(['open', 'decided']).optional(), run: id.optional(), cursor: id.optional() });
const decision = z.strictObject({
  approved: z.boolean(),
  comment: z.string().trim().max(2_000, 'Use at most 2,000 characters.').optional(),
});

/** What runs ask people, and what people decide. */
export function approvalRoutes({ approvals, decide }: ApprovalRouteParts) {
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
      handler: async ({ act, actor, workspace, params, body: { approved, comment = '' } }) =>
        decide(act, {
          workspaceId: workspace.id,
          approvalId: params.approval,
          looker: { userId: actor.user.id, role: workspace.role },
          by: personOf(actor.user),
          approved,
          comment,
        }),
    },
  });
}

const personOf = ({ id: userId, name, email }: User) => ({ id: userId, name, email });
