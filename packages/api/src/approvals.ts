import type { Json } from '@weft/json-schema';
import type { Workspace } from './people.ts';
import type { Page, Timestamp, W } from './shared.ts';

/** What a run asks people. */
export interface Approval {
  id: string;
  flowId: string;
  flowTitle: string;
  runId: string;
  /** With the loop path. */
  stepKey: string;
  stepTitle: string;
  mode: 'live' | 'test';
  status: 'open' | 'approved' | 'rejected' | 'timed_out' | 'cancelled';
  question: string;
  assignees: { users: string[]; roles: Workspace['role'][] };
  /** What people need to decide; redacted. */
  shown: Json;
  requestedAt: Timestamp;
  /** When it decides itself. */
  dueAt: Timestamp | null;
  /** What it decides then. */
  onTimeout: 'reject' | 'approve' | 'fail';
  decidedAt: Timestamp | null;
  decidedBy: { id: string; name: string; email: string } | null;
  comment: string;
  /** Whether the signed-in person may decide it now. */
  mayDecide: boolean;
}

/** What runs ask people, and waits that people end. */
export interface ApprovalRoutes {
  'GET /w/:workspace/approvals': { params: W; query: { status?: 'open' | 'decided'; run?: string; cursor?: string }; response: Page<Approval> };
  /** Open ones that the signed-in person may decide. */
  'GET /w/:workspace/approvals/count': { params: W; response: { open: number } };
  /** 403 for people who are not assigned, 409 when it was decided before. */
  'POST /w/:workspace/approvals/:approval/decide': { params: W & { approval: string }; body: { approved: boolean; comment?: string }; response: Approval };
  /** Ends a wait by hand; with a payload as its signal would. */
  'POST /w/:workspace/runs/:run/end-wait': { params: W & { run: string }; body: { stepKey: string; payload?: Json }; response: null };
}
