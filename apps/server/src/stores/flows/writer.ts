import { and, eq, inArray, isNull, max } from 'drizzle-orm';
import { type FlowDocument, operationsOf, sameBehaviour, stepOrder } from '@weft/flow';
import { commit, type Statement, statement } from '../../db/commit.ts';
import { newId } from '../../db/ids.ts';
import type { Db } from '../../db/open.ts';
import { flowCalls, flows, flowVersions, users } from '../../db/schema/index.ts';
import type { CreatedFlow, FlowDetail, ImportLoss } from '@weft/api';
import { Refused, notFound } from '../../refused.ts';
import { audit, type AuditEvent, auditOncePerSitting } from '../audit/writer.ts';
import { type Act, recorded } from '../audit/act.ts';
import { flowDetail } from './flow-detail.ts';
import { keptCalls } from './kept-calls.ts';
import type { FlowReader } from './reader.ts';

/** What runs of a flow now, after a change. */
export interface RunningState {
  workspaceId: string;
  flowId: string;
  /** Null when it is deleted, absent when it is only switched on or off. */
  published?: { versionId: string; document: FlowDocument } | null;
  /** Null when nothing may start it: never published, switched off, or deleted. */
  running: { versionId: string; document: FlowDocument } | null;
}

/** Who changed a flow, for people to read. */
export interface Author {
  id: string;
  name: string;
}

export interface FlowWriterOptions {
  db: Db;
  reader: FlowReader;
  /** The path at which a document's trigger listens, or null for other triggers. */
  webhookPath(document: FlowDocument): string | null;
  /** The document as a version keeps it: every flow that it calls at the version that runs now. */
  pinned?: (workspaceId: string, document: FlowDocument) => FlowDocument;
  /** Statements that have to be in the same commit when what is published or runs changes: addresses, schedules. @throws {Refused} when it cannot be. */
  together?: (state: RunningState) => Statement[];
  /** Further statements for the commit that deletes a flow, such as its cursors. */
  forgotten?: (flowId: string) => Statement[];
  /** Called after the commit. */
  changed?: (change: { workspaceId: string; flowId: string; revision: number; by: Author; deleted?: boolean }) => void;
}

export interface FlowWriter {
  /** @param dropped - what of an imported document is not in it. */
  create(act: Act, workspaceId: string, document: FlowDocument, dropped?: ImportLoss[]): Promise<CreatedFlow>;
  /** @throws {Refused} 412 `flow.stale` with the draft as it is now. */
  saveDraft(actorId: string, workspaceId: string, flowId: string, revision: number, document: FlowDocument): Promise<{ revision: number }>;
  /** Makes the draft of this revision an immutable version that runs from now on. Its problems were checked before. */
  publish(act: Act, workspaceId: string, flowId: string, revision: number, note: string | null): Promise<FlowDetail>;
  setEnabled(actorId: string, workspaceId: string, flowId: string, enabled: boolean): Promise<FlowDetail>;
  restore(act: Act, workspaceId: string, flowId: string, number: number): Promise<FlowDetail>;
  duplicate(act: Act, workspaceId: string, flowId: string): Promise<CreatedFlow>;
  remove(actorId: string, workspaceId: string, flowId: string): Promise<void>;
}

/** A saved draft, for the audit. */
type DraftEvent = Omit<AuditEvent, 'action' | 'actorId' | 'workspaceId'> & { workspaceId: string };

type WrittenDraft = Pick<FlowDetail, 'revision' | 'unpublishedChanges' | 'updatedAt'>;

interface DraftWrite {
  actorId: string;
  workspaceId: string;
  flowId: string;
  /** The draft is still at this revision. */
  revision: number;
  document: FlowDocument;
  /** The audit event of its commit. */
  recorded(event: DraftEvent, written: WrittenDraft): Statement[];
}

export function createFlowWriter(options: FlowWriterOptions): FlowWriter {
  const { db, reader, webhookPath, pinned = (_workspaceId, document) => document, together = () => [], forgotten = () => [], changed } = options;
  const author = (id: string): Author => ({ id, name: db.select({ name: users.name }).from(users).where(eq(users.id, id)).get()?.name ?? '' });
  const mine = (workspaceId: string, flowId: string) => and(eq(flows.workspaceId, workspaceId), eq(flows.id, flowId), isNull(flows.deletedAt));
  const unpublished = (flowId: string) => db.select({ id: flows.id }).from(flows).where(and(eq(flows.id, flowId), isNull(flows.publishedNumber)));

  async function stale(workspaceId: string, flowId: string): Promise<Refused> {
    const current = await reader.get(workspaceId, flowId);
    return new Refused(412, 'flow.stale', 'Somebody else saved this flow in the meantime. Compare, then keep theirs or save yours again.', { current });
  }

  /** Writes the draft if it still is at the revision it was made from. */
  async function writeDraft(write: DraftWrite): Promise<WrittenDraft> {
    const { actorId, workspaceId, flowId, document } = write;
    const live = await reader.live(workspaceId, flowId);
    const revision = write.revision + 1;
    const unpublishedChanges = !live || !sameBehaviour(document, live.document);
    const now = Date.now();
    const written: WrittenDraft = { revision, unpublishedChanges, updatedAt: new Date(now).toISOString() };
    const update = db
      .update(flows)
      .set({ ...derived(document), draft: document, revision, unpublishedChanges, updatedAt: now })
      .where(and(mine(workspaceId, flowId), eq(flows.revision, write.revision)));
    const lost = new Error('stale');
    try {
      await commit(db, [
        statement(update, { rows: 1, otherwise: () => lost }),
        statement(db.update(flowCalls).set(keptCalls(document)).where(inArray(flowCalls.flowId, unpublished(flowId)))),
        ...write.recorded({ workspaceId, subjectId: flowId, before: { revision: write.revision }, after: { revision } }, written),
      ]);
    } catch (error) {
      throw error === lost ? await stale(workspaceId, flowId) : error;
    }
    changed?.({ workspaceId, flowId, revision, by: author(actorId) });
    return written;
  }

  const writer: FlowWriter = {
    async create(act, workspaceId, document, dropped = []) {
      const id = newId('flow');
      const now = Date.now();
      const { title, connectors, connectionIds } = derived(document);
      const row = {
        id, workspaceId, title, connectors, connectionIds, draft: document, revision: 1, enabled: true, pausedAt: null, publishedNumber: null,
        unpublishedChanges: true, createdAt: now, updatedAt: now, deletedAt: null,
      };
      const created: CreatedFlow = { ...flowDetail({ flow: row, publishedAt: null, webhookUrl: null }), dropped };
      await commit(db, [
        statement(db.insert(flows).values(row)),
        statement(db.insert(flowCalls).values({ flowId: id, workspaceId, ...keptCalls(document) })),
        ...recorded(db, act, { workspaceId, action: 'flow.created', subjectId: id, after: { title } }, created),
      ]);
      changed?.({ workspaceId, flowId: id, revision: 1, by: author(act.actorId) });
      return created;
    },
    async saveDraft(actorId, workspaceId, flowId, revision, document) {
      // The editor saves every few seconds by itself.
      const tell = (event: DraftEvent) => auditOncePerSitting(db, { ...event, actorId, action: 'flow.saved' });
      const written = await writeDraft({ actorId, workspaceId, flowId, revision, document, recorded: tell });
      return { revision: written.revision };
    },
    async publish(act, workspaceId, flowId, revision, note) {
      const flow = await reader.get(workspaceId, flowId);
      if (flow.revision !== revision) throw await stale(workspaceId, flowId);
      const versionId = newId('ver');
      const document = pinned(workspaceId, flow.draft);
      const { last } = db.select({ last: max(flowVersions.number) }).from(flowVersions).where(eq(flowVersions.flowId, flowId)).get() ?? {};
      const number = (last ?? 0) + 1;
      const version = { versionId, document };
      const before = { version: flow.published?.number ?? null };
      const now = Date.now();
      const at = new Date(now).toISOString();
      const published: FlowDetail = {
        ...flow,
        published: { number, publishedAt: at },
        unpublishedChanges: false,
        updatedAt: at,
        webhookUrl: reader.webhookUrl(workspaceId, webhookPath(document)),
      };
      await commit(db, [
        statement(
          db.insert(flowVersions).values({
            id: versionId,
            workspaceId,
            flowId,
            number,
            document,
            connectionIds: derived(document).connectionIds,
            note,
            publishedAt: now,
            publishedBy: act.actorId,
          }),
        ),
        statement(
          db
            .update(flows)
            .set({ publishedNumber: number, unpublishedChanges: false, updatedAt: now })
            .where(and(mine(workspaceId, flowId), eq(flows.revision, revision))),
          { rows: 1 },
        ),
        statement(db.update(flowCalls).set(keptCalls(document)).where(eq(flowCalls.flowId, flowId))),
        ...together({ workspaceId, flowId, published: version, running: flow.enabled ? version : null }),
        ...recorded(db, act, { workspaceId, action: 'flow.published', subjectId: flowId, before, after: { version: number, note } }, published),
      ]);
      changed?.({ workspaceId, flowId, revision, by: author(act.actorId) });
      return published;
    },
    async setEnabled(actorId, workspaceId, flowId, enabled) {
      const flow = await reader.get(workspaceId, flowId);
      const live = await reader.live(workspaceId, flowId);
      await commit(db, [
        statement(db.update(flows).set({ enabled }).where(mine(workspaceId, flowId)), { rows: 1, otherwise: () => notFound('This flow') }),
        ...together({ workspaceId, flowId, running: enabled ? live : null }),
        audit(db, {
          workspaceId,
          actorId,
          action: enabled ? 'flow.switched_on' : 'flow.switched_off',
          subjectId: flowId,
          before: flow.enabled,
          after: enabled,
        }),
      ]);
      changed?.({ workspaceId, flowId, revision: flow.revision, by: author(actorId) });
      return reader.get(workspaceId, flowId);
    },
    async restore(act, workspaceId, flowId, number) {
      const document = await reader.version(workspaceId, flowId, number);
      const flow = await reader.get(workspaceId, flowId);
      const restored = (written: WrittenDraft): FlowDetail => ({ ...flow, title: document.title, draft: document, ...written });
      const written = await writeDraft({
        actorId: act.actorId, workspaceId, flowId, revision: flow.revision, document,
        recorded: (event, as) => recorded(db, act, { ...event, action: 'flow.restored' }, restored(as)),
      });
      return restored(written);
    },
    async duplicate(act, workspaceId, flowId) {
      const { draft } = await reader.get(workspaceId, flowId);
      return writer.create(act, workspaceId, { ...draft, title: `${draft.title} (copy)` });
    },
    async remove(actorId, workspaceId, flowId) {
      const { title, revision } = await reader.get(workspaceId, flowId);
      await commit(db, [
        statement(db.update(flows).set({ deletedAt: Date.now(), enabled: false }).where(mine(workspaceId, flowId)), { rows: 1 }),
        ...together({ workspaceId, flowId, published: null, running: null }),
        ...forgotten(flowId),
        audit(db, { workspaceId, actorId, action: 'flow.deleted', subjectId: flowId, before: { title } }),
      ]);
      changed?.({ workspaceId, flowId, revision, by: author(actorId), deleted: true });
    },
  };
  return writer;
}

/** What lists show of a document. */
function derived(document: FlowDocument): { title: string; connectors: string[]; connectionIds: string[] } {
  const used = stepOrder(document).flatMap((stepId) => operationsOf(document.steps[stepId]!).map(({ operation }) => operation));
  const connectors = used.map(({ use }) => use.connector);
  const connectionIds = used.flatMap(({ connection }) => (connection === undefined ? [] : [connection]));
  return { title: document.title, connectors: [...new Set(connectors)], connectionIds: [...new Set(connectionIds)] };
}
