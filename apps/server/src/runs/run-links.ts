import { asc, desc, eq, inArray } from 'drizzle-orm';
import type { Db } from '../db/open.ts';
import { runs } from '../db/schema/index.ts';
import type { RunDetail, RunLink, RunSummary } from '@weft/api';
import { stepIdOf } from '@weft/flow';
import type { VersionDocuments } from '../stores/flows/version-documents.ts';

export type RunLinks = Pick<RunDetail, 'replays' | 'replayedBy' | 'parent'>;

type Row = Pick<typeof runs.$inferSelect, 'id' | 'flowId' | 'replayOf' | 'replayFrom' | 'parentRun' | 'parentStep'>;

const maxReplays = 20;
const { id, flowId, versionId, status, createdAt, replayFrom } = runs;

/** The runs a run came from, and those that came from it. A run and the runs it links to are of one workspace. */
export function runLinks(db: Db, documents: Pick<VersionDocuments, 'find'>, run: Row): RunLinks {
  const linkOf = (found: { id: string; flowId: string; versionId: string; status: RunLink['status']; createdAt: number }, stepKey: string): RunLink => ({
    id: found.id,
    flowId: found.flowId,
    flowTitle: documents.find(found.versionId)?.document.title ?? 'Deleted flow',
    stepKey,
    stepTitle: documents.find(found.versionId)?.document.steps[stepIdOf(stepKey)]?.title ?? null,
    status: found.status,
    createdAt: new Date(found.createdAt).toISOString(),
  });
  const columns = { id, flowId, versionId, status, createdAt };
  const link = (runId: string | null, stepKey: string | null): RunLink | null => {
    if (runId === null) return null;
    const found = db.select(columns).from(runs).where(eq(id, runId)).get();
    if (found) return linkOf(found, stepKey ?? '');
    return { id: runId, flowId: run.flowId, flowTitle: '', stepKey: stepKey ?? '', stepTitle: null, status: null, createdAt: null };
  };
  const replayedBy = db.select({ ...columns, replayFrom }).from(runs).where(eq(runs.replayOf, run.id)).orderBy(desc(id)).limit(maxReplays).all();
  return {
    replays: link(run.replayOf, run.replayFrom),
    replayedBy: replayedBy.map((found) => linkOf(found, found.replayFrom ?? '')),
    parent: link(run.parentRun, run.parentStep),
  };
}

/** The newest run that replays each of these; runs without a replay are left out. */
export function lastReplays(db: Db, runIds: readonly string[]): Map<string | null, RunSummary['lastReplay']> {
  const rows = db.select({ of: runs.replayOf, id, status }).from(runs).where(inArray(runs.replayOf, [...runIds])).orderBy(asc(id)).all();
  return new Map(rows.map(({ of, ...replay }) => [of, replay]));
}
