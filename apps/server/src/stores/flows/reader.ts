import { and, asc, desc, eq, exists, inArray, isNull, or, sql } from 'drizzle-orm';
import type { FlowDocument } from '@weft/flow';
import type { Db } from '../../db/open.ts';
import { flows, flowVersions, polls, schedules, users, webhookPaths } from '../../db/schema/index.ts';
import type { FlowActivity, FlowDetail, FlowSummary, FlowVersion, Page } from '@weft/api';
import { invalid, notFound } from '../../refused.ts';
import { flowDetail } from './flow-detail.ts';
import { hookUrl } from './hook-address.ts';
import { titleHolds } from './title-holds.ts';
import type { VersionDocuments } from './version-documents.ts';
import { redactText } from '../../redact/redact.ts';

export interface FlowReaderOptions {
  db: Db;
  publicUrl: string;
  documents: Pick<VersionDocuments, 'find'>;
  /** By flow id; flows without runs may be absent. */
  activity?: (workspaceId: string, flowIds: string[]) => Promise<Map<string, FlowActivity>>;
}

/** The version of a flow that runs now. */
export interface LiveVersion {
  workspaceId: string;
  flowId: string;
  versionId: string;
  number: number;
  document: FlowDocument;
}

export interface FlowFilter {
  search?: string;
  connector?: string;
  cursor?: string;
}

export interface FlowReader {
  /** The one that changed last first; of a connector those whose draft or running version uses it. @throws {Refused} 400 for a cursor that no page gave. */
  list(workspaceId: string, filter?: FlowFilter): Promise<Page<FlowSummary>>;
  /** @throws {Refused} 404, as every method that names a flow. */
  get(workspaceId: string, flowId: string): Promise<FlowDetail>;
  /** Where the calls to a published path arrive; null for none. */
  webhookUrl(workspaceId: string, path: string | null): string | null;
  versions(workspaceId: string, flowId: string): Promise<FlowVersion[]>;
  version(workspaceId: string, flowId: string, number: number): Promise<FlowDocument>;
  /** The document of a version that a run stays on; also of flows that were deleted since. Null when unknown. */
  versionDocument(versionId: string): Promise<FlowDocument | null>;
  /** Null before the first publishing, and for unknown flows. `enabled` says whether it may start runs. */
  live(workspaceId: string, flowId: string): Promise<(LiveVersion & { enabled: boolean }) | null>;
  /** The flow that answers at /hooks/<workspace>/<path>. */
  byWebhookPath(workspaceId: string, path: string): Promise<(LiveVersion & { enabled: boolean }) | null>;
  /** Flows whose draft or running version uses a connection, by the connection's id. */
  usesOfConnections(workspaceId: string): Promise<Map<string, { id: string; title: string }[]>>;
}

const pageSize = 50;

/** The flow that a page ended with; one that is changed meanwhile moves to the front and is not met again. */
function placeOf(cursor: string): { updatedAt: number; id: string } {
  const [, updatedAt, id = ''] = /^(\d{1,16})\.([\w-]+)$/.exec(cursor) ?? [];
  if (updatedAt === undefined) throw invalid('A page begins at the cursor that the page before it gave.');
  return { updatedAt: Number(updatedAt), id };
}

const quietWeek = (): FlowActivity => ({ lastRun: null, week: Array.from({ length: 7 }, () => ({ succeeded: 0, failed: 0 })) });

export function createFlowReader({ db, publicUrl, documents, activity }: FlowReaderOptions): FlowReader {
  const mine = (workspaceId: string, flowId: string) => and(eq(flows.workspaceId, workspaceId), eq(flows.id, flowId), isNull(flows.deletedAt));
  const running = and(eq(flowVersions.flowId, flows.id), eq(flowVersions.number, flows.publishedNumber));

  function requireFlow(workspaceId: string, flowId: string): void {
    if (!db.select({ id: flows.id }).from(flows).where(mine(workspaceId, flowId)).get()) throw notFound('This flow');
  }

  const liveQuery = () =>
    db
      .select({
        workspaceId: flows.workspaceId,
        flowId: flows.id,
        versionId: flowVersions.id,
        number: flowVersions.number,
        enabled: flows.enabled,
      })
      .from(flows)
      .innerJoin(flowVersions, running);

  const withDocument = <T extends { versionId: string }>(row: T | undefined): (T & { document: FlowDocument }) | null => {
    const found = row && documents.find(row.versionId);
    return row && found ? { ...row, document: found.document } : null;
  };

  const webhookUrl = (workspaceId: string, path: string | null) => (path === null ? null : hookUrl(publicUrl, workspaceId, path));

  const inDraft = (connector: string) => sql`exists (select 1 from json_each(${flows.connectors}) where value = ${connector})`;

  /** Looked into only where the draft has changed since: a document is long. */
  const inRunningVersion = (connector: string) =>
    and(
      eq(flows.unpublishedChanges, true),
      exists(
        db
          .select({ one: sql`1` })
          .from(flowVersions)
          .where(and(
            running,
            // Reading a document is slow, looking for a text in it is not.
            sql`instr(${flowVersions.document}, ${`"connector":${JSON.stringify(connector)}`}) > 0`,
            sql`exists (select 1 from json_tree(${flowVersions.document}) where key = 'connector' and atom = ${connector} and path like '%.use')`,
          )),
      ),
    );

  /** The flows of a page, from what is short of them. */
  function pageOf(workspaceId: string, { search = '', connector, cursor }: FlowFilter): { ids: string[]; next: string | null } {
    const after = cursor === undefined ? undefined : placeOf(cursor);
    const wanted = db
      .select({ id: flows.id, title: flows.title, updatedAt: flows.updatedAt })
      .from(flows)
      .where(and(
        eq(flows.workspaceId, workspaceId),
        isNull(flows.deletedAt),
        connector === undefined ? undefined : or(inDraft(connector), inRunningVersion(connector)),
        after && sql`(${flows.updatedAt}, ${flows.id}) < (${after.updatedAt}, ${after.id})`,
      ))
      .orderBy(desc(flows.updatedAt), desc(flows.id));
    // Titles are compared here, so a search reads all of them.
    const found = search.trim() === '' ? wanted.limit(pageSize + 1).all() : wanted.all().filter(({ title }) => titleHolds(search)(title));
    const page = found.slice(0, pageSize);
    const last = page.at(-1);
    return { ids: page.map(({ id }) => id), next: last && found.length > pageSize ? `${last.updatedAt}.${last.id}` : null };
  }

  return {
    webhookUrl,
    async list(workspaceId, filter = {}) {
      const { ids, next } = pageOf(workspaceId, filter);
      const rows = db
        .select({
          id: flows.id,
          title: flows.title,
          connectors: flows.connectors,
          enabled: flows.enabled,
          publishedNumber: flows.publishedNumber,
          pausedAt: flows.pausedAt,
          unpublishedChanges: flows.unpublishedChanges,
          updatedAt: flows.updatedAt,
          triggerError: sql<string | null>`coalesce(${schedules.error}, ${polls.error})`,
        })
        .from(flows)
        .leftJoin(schedules, eq(schedules.flowId, flows.id))
        .leftJoin(polls, eq(polls.flowId, flows.id))
        .where(inArray(flows.id, ids))
        .orderBy(desc(flows.updatedAt), desc(flows.id))
        .all();
      const known = await activity?.(workspaceId, ids);
      const items = rows.map(({ publishedNumber, updatedAt, pausedAt, triggerError, ...row }) => ({
        ...row,
        paused: pausedAt !== null,
        published: publishedNumber !== null,
        updatedAt: new Date(updatedAt).toISOString(),
        triggerError: triggerError === null ? null : redactText(triggerError),
        ...(known?.get(row.id) ?? quietWeek()),
      }));
      return { items, next };
    },
    async get(workspaceId, flowId) {
      const row = db
        .select({ flow: flows, publishedAt: flowVersions.publishedAt, path: webhookPaths.path })
        .from(flows)
        .leftJoin(flowVersions, running)
        .leftJoin(webhookPaths, eq(webhookPaths.flowId, flows.id))
        .where(mine(workspaceId, flowId))
        .get();
      if (!row) throw notFound('This flow');
      const { flow, publishedAt, path } = row;
      return flowDetail({ flow, publishedAt, webhookUrl: webhookUrl(workspaceId, path) });
    },
    async versions(workspaceId, flowId) {
      requireFlow(workspaceId, flowId);
      return db
        .select({
          number: flowVersions.number,
          publishedAt: flowVersions.publishedAt,
          publishedBy: users.name,
          note: flowVersions.note,
          publishedNumber: flows.publishedNumber,
        })
        .from(flowVersions)
        .innerJoin(flows, eq(flows.id, flowVersions.flowId))
        .innerJoin(users, eq(users.id, flowVersions.publishedBy))
        .where(and(eq(flowVersions.workspaceId, workspaceId), eq(flowVersions.flowId, flowId)))
        .orderBy(desc(flowVersions.number))
        .all()
        .map(({ publishedNumber, publishedAt, ...version }) => ({
          ...version,
          publishedAt: new Date(publishedAt).toISOString(),
          current: version.number === publishedNumber,
        }));
    },
    async version(workspaceId, flowId, number) {
      requireFlow(workspaceId, flowId);
      const row = db
        .select({ document: flowVersions.document })
        .from(flowVersions)
        .where(and(eq(flowVersions.workspaceId, workspaceId), eq(flowVersions.flowId, flowId), eq(flowVersions.number, number)))
        .get();
      if (!row) throw notFound('This version');
      return row.document;
    },
    async versionDocument(versionId) {
      return documents.find(versionId)?.document ?? null;
    },
    async live(workspaceId, flowId) {
      return withDocument(liveQuery().where(mine(workspaceId, flowId)).get());
    },
    async byWebhookPath(workspaceId, path) {
      const row = liveQuery()
        .innerJoin(webhookPaths, eq(webhookPaths.flowId, flows.id))
        .where(and(eq(webhookPaths.workspaceId, workspaceId), eq(webhookPaths.path, path), isNull(flows.deletedAt)))
        .get();
      return withDocument(row);
    },
    async usesOfConnections(workspaceId) {
      const rows = db
        .select({ id: flows.id, title: flows.title, inDraft: flows.connectionIds, inVersion: flowVersions.connectionIds })
        .from(flows)
        .leftJoin(flowVersions, running)
        .where(and(eq(flows.workspaceId, workspaceId), isNull(flows.deletedAt)))
        .orderBy(asc(flows.title), asc(flows.id))
        .all();
      const uses = new Map<string, { id: string; title: string }[]>();
      for (const { id, title, inDraft, inVersion } of rows) {
        for (const connectionId of new Set([...inDraft, ...(inVersion ?? [])])) {
          const users = uses.get(connectionId) ?? [];
          users.push({ id, title });
          uses.set(connectionId, users);
        }
      }
      return uses;
    },
  };
}
