import { defined } from '@weft/json-schema';
import { and, eq } from 'drizzle-orm';
import { commit, statement } from '../db/commit.ts';
import type { Db } from '../db/open.ts';
import { runs } from '../db/schema/index.ts';
import { notFound } from '../refused.ts';
import { audit } from '../stores/audit/writer.ts';

/** What people say about a run: it is not part of what happened, and outlives no run. */
export interface RunLabel {
  name: string | null;
  pinned: boolean | null;
}

export interface RunLabels {
  of(runId: string): RunLabel | undefined;
  /** @throws {Refused} 404 */
  set(actorId: string, workspaceId: string, runId: string, change: { name?: string | null; pinned?: boolean }): Promise<void>;
}

export function createRunLabels(db: Db): RunLabels {
  const columns = { name: runs.name, pinned: runs.pinned };
  return {
    of: (runId) => db.select(columns).from(runs).where(eq(runs.id, runId)).get(),
    async set(actorId, workspaceId, runId, change) {
      const mine = and(eq(runs.id, runId), eq(runs.workspaceId, workspaceId));
      const before = db.select(columns).from(runs).where(mine).get();
      if (!before) throw notFound('This run');
      const { name, pinned } = change;
      const label: Partial<RunLabel> = defined({ ...(name !== undefined && { name: name?.trim() || null }), pinned });
      if (Object.keys(label).length === 0) return;
      await commit(db, [
        statement(db.update(runs).set(label).where(mine), { rows: 1, otherwise: () => notFound('This run') }),
        audit(db, { workspaceId, actorId, action: 'run.labelled', subjectId: runId, before: { ...before }, after: { ...label } }),
      ]);
    },
  };
}
