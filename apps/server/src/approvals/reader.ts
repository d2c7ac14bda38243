import type { Json } from '@weft/json-schema';
import { and, desc, eq, lt, ne } from 'drizzle-orm';
import type { Db } from '../db/open.ts';
import { approvals, runs } from '../db/schema/index.ts';
import { readStored } from '../db/read-stored.ts';
import type { Approval, Page, Workspace } from '@weft/api';
import { filledQuestion, stepIdOf } from '@weft/flow';
import { redact, redactText } from '../redact/redact.ts';
import type { VersionDocuments } from '../stores/flows/version-documents.ts';

/** The person who looks: what they may decide depends on it. */
export interface Looker {
  userId: string;
  role: Workspace['role'];
}

export interface ApprovalFilter {
  status?: 'open' | 'decided';
  run?: string;
  cursor?: string;
}

export interface ApprovalReader {
  /** The newest first. */
  list(workspaceId: string, looker: Looker, filter: ApprovalFilter): Promise<Page<Approval>>;
  /** Open ones that this person may decide; counted up to a hundred. */
  countOpen(workspaceId: string, looker: Looker): Promise<number>;
  /** Null when there is none. */
  find(workspaceId: string, looker: Looker, approvalId: string): Promise<Approval | null>;
}

const pageSize = 50;
const maxCounted = 100;
/** So many open ones are looked at to count them. */
const searched = 1_000;

export function createApprovalReader(db: Db, documents: Pick<VersionDocuments, 'find'>): ApprovalReader {
  const joined = () => db.select({ approval: approvals, versionId: runs.versionId }).from(approvals).leftJoin(runs, eq(runs.id, approvals.runId));

  function seen({ approval, versionId }: { approval: Row; versionId: string | null }, looker: Looker): Approval {
    const { id, flowId, runId, stepKey, mode, status, question, assignees, requestedAt, dueAt, decidedAt, decidedBy, comment, shown } = approval;
    const document = versionId === null ? undefined : documents.find(versionId)?.document;
    const step = document?.steps[stepIdOf(stepKey)];
    const who = readStored<Approval['assignees']>(assignees);
    const seenData = redact(readStored<Json>(shown));
    return {
      id,
      flowId,
      flowTitle: document?.title ?? 'Deleted flow',
      runId,
      stepKey,
      stepTitle: step?.title ?? stepKey,
      mode,
      status,
      question: redactText(filledQuestion(question, seenData)),
      assignees: who,
      shown: seenData,
      requestedAt: new Date(requestedAt).toISOString(),
      dueAt: dueAt === null ? null : new Date(dueAt).toISOString(),
      onTimeout: (step?.kind === 'approval' ? step.onTimeout : undefined) ?? 'reject',
      decidedAt: decidedAt === null ? null : new Date(decidedAt).toISOString(),
      decidedBy: decidedBy === null ? null : readStored<Approval['decidedBy']>(decidedBy),
      comment: comment ?? '',
      mayDecide: status === 'open' && mayDecide(who, looker),
    };
  }

  return {
    async list(workspaceId, looker, { status, run, cursor }) {
      const conditions = [
        eq(approvals.workspaceId, workspaceId),
        ...(status === 'open' ? [eq(approvals.status, 'open')] : status === 'decided' ? [ne(approvals.status, 'open')] : []),
        ...(run === undefined ? [] : [eq(approvals.runId, run)]),
        ...(cursor === undefined ? [] : [lt(approvals.id, cursor)]),
      ];
      const rows = joined().where(and(...conditions)).orderBy(desc(approvals.id)).limit(pageSize + 1).all();
      const items = rows.slice(0, pageSize).map((row) => seen(row, looker));
      return { items, next: rows.length > pageSize ? (items.at(-1)?.id ?? null) : null };
    },
    async countOpen(workspaceId, looker) {
      const open = db.select({ assignees: approvals.assignees })
        .from(approvals)
        .where(and(eq(approvals.workspaceId, workspaceId), eq(approvals.status, 'open')))
        .limit(searched)
        .all();
      const mine = open.filter(({ assignees }) => mayDecide(readStored(assignees), looker));
      return Math.min(maxCounted, mine.length);
    },
    async find(workspaceId, looker, approvalId) {
      const row = joined().where(and(eq(approvals.workspaceId, workspaceId), eq(approvals.id, approvalId))).get();
      return row ? seen(row, looker) : null;
    },
  };
}

type Row = typeof approvals.$inferSelect;

function mayDecide({ users, roles }: Approval['assignees'], { userId, role }: Looker): boolean {
  return users.includes(userId) || roles.includes(role);
}
