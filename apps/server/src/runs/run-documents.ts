import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { FlowSource, NewRun } from '@weft/engine';
import { type FlowDocument, queueKey } from '@weft/flow';
import type { Db } from '../db/open.ts';
import { flowVersions, runDocuments } from '../db/schema/index.ts';

export interface RunDocument {
  document: FlowDocument;
  /** Published version number; null for the documents of test runs. */
  number: number | null;
}

/** The documents that runs stay on: published versions, and the snapshots that test runs were started with. */
export interface RunDocuments extends FlowSource {
  /** Null for an id nobody knows. The same object as long as it is in use, so plans can be kept beside it. */
  find(versionId: string): RunDocument | null;
  /** Stores a test run's document, once however often it runs. @returns the id to start runs with. */
  keep(workspaceId: string, document: FlowDocument): Promise<string>;
}

/** So many documents stay parsed. */
const remembered = 200;

export function createRunDocuments(db: Db, now: () => number = Date.now): RunDocuments {
  const cache = new Map<string, RunDocument>();

  function find(versionId: string): RunDocument | null {
    const cached = cache.get(versionId);
    if (cached) return cached;
    const found = read(versionId);
    if (!found) return null;
    if (cache.size >= remembered) cache.delete(cache.keys().next().value ?? '');
    cache.set(versionId, found);
    return found;
  }

  function read(versionId: string): RunDocument | undefined {
    if (!versionId.startsWith('doc_')) {
      const { document, number } = flowVersions;
      return db.select({ document, number }).from(flowVersions).where(eq(flowVersions.id, versionId)).get();
    }
    const row = db.select({ document: runDocuments.document }).from(runDocuments).where(eq(runDocuments.id, versionId)).get();
    // Written by keep only.
    return row && { document: JSON.parse(row.document) as FlowDocument, number: null };
  }

  return {
    find,
    async load(run: NewRun) {
      const found = find(run.versionId);
      if (!found) throw new Error(`The document ${run.versionId} of the run ${run.runId} is missing from the database.`);
      return found.document;
    },
    keyOf({ mode, versionId, payload }) {
      const document = mode === 'live' ? find(versionId)?.document : undefined;
      return document && queueKey(document, payload);
    },
    async keep(workspaceId, document) {
      const text = JSON.stringify(document);
      const id = `doc_${createHash('sha256').update(workspaceId).update('\0').update(text).digest('hex')}`;
      const createdAt = now();
      // Fresh again, so that it is not pruned before the run that is about to be started with it.
      db.insert(runDocuments).values({ id, workspaceId, document: text, createdAt }).onConflictDoUpdate({ target: runDocuments.id, set: { createdAt } }).run();
      return id;
    },
  };
}

/** The version of a flow that runs now; null when it was never published or belongs to somebody else. */
export function publishedVersionId(db: Db, workspaceId: string, flowId: string): string | null {
  const row = db.$client
    .prepare<[string, string], { id: string }>(
      `select v.id from flows f join flow_versions v on v.flow_id = f.id and v.number = f.published_number
        where f.workspace_id = ? and f.id = ? and f.deleted_at is null`,
    )
    .get(workspaceId, flowId);
  return row?.id ?? null;
}
