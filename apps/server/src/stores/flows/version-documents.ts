import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { FlowDocument } from '@weft/flow';
import type { Db } from '../../db/open.ts';
import { flowVersions, runDocuments } from '../../db/schema/index.ts';
import { readStored } from '../../db/read-stored.ts';

export interface VersionDocument {
  document: FlowDocument;
  /** Published version number; null for the documents of test runs. */
  number: number | null;
}

/**
 * The documents that runs stay on, by version id: published versions, also of flows that were deleted since, and the snapshots that
 * test runs were started with. None ever changes, and every webhook call asks for one, so the newest 500 stay parsed.
 */
export interface VersionDocuments {
  /** Null for an unknown id. The same object as long as it is in use, so plans can be kept beside it. */
  find(versionId: string): VersionDocument | null;
  /** Stores a test run's document, once however often it runs. @returns the id to start runs with. */
  keep(workspaceId: string, document: FlowDocument): Promise<string>;
}

const maxRemembered = 500;

export function createVersionDocuments(db: Db, now: () => number = Date.now): VersionDocuments {
  const cache = new Map<string, VersionDocument>();

  function read(versionId: string): VersionDocument | undefined {
    if (!versionId.startsWith('doc_')) {
      const { document, number } = flowVersions;
      return db.select({ document, number }).from(flowVersions).where(eq(flowVersions.id, versionId)).get();
    }
    const row = db.select({ document: runDocuments.document }).from(runDocuments).where(eq(runDocuments.id, versionId)).get();
    // Written by keep only.
    return row && { document: readStored<FlowDocument>(row.document), number: null };
  }

  return {
    find(versionId) {
      const cached = cache.get(versionId);
      if (cached) return cached;
      const found = read(versionId);
      if (!found) return null;
      if (cache.size >= maxRemembered) cache.delete(cache.keys().next().value ?? '');
      cache.set(versionId, found);
      return found;
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
