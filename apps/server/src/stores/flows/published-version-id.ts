import type { Db } from '../../db/open.ts';

/** The version of a flow that runs now; null when it was never published or belongs to another workspace. */
export function publishedVersionId(db: Db, workspaceId: string, flowId: string): string | null {
  const row = db.$client
    .prepare<[string, string], { id: string }>(
      `select v.id from flows f join flow_versions v on v.flow_id = f.id and v.number = f.published_number
        where f.workspace_id = ? and f.id = ? and f.deleted_at is null`,
    )
    .get(workspaceId, flowId);
  return row?.id ?? null;
}
