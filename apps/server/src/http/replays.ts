import { z } from 'zod';
import type { Engine } from '@weft/engine';
import { commit } from '../db/commit.ts';
import type { Db } from '../db/open.ts';
import type { Replays } from '../replay/replays.ts';
import { type Retries, retriesPerCall } from '../replay/retries.ts';
import { audit } from '../stores/audit/writer.ts';
import { id } from './fields.ts';
import { defineRoutes } from './route.ts';

export interface ReplayRouteParts {
  db: Db;
  engine: Pick<Engine, 'start'>;
  replays: Replays;
  retries: Retries;
}

const from = z.string().min(1).max(1_000);
const version = z.enum(['same', 'newest']);

/** Doing runs again from one of their steps: one, with what it would mean, or many that failed. */
export function replayRoutes({ db, engine, replays, retries }: ReplayRouteParts) {
  return defineRoutes({
    'GET /w/:workspace/runs/:run/replay': {
      policy: 'run.read',
      query: z.strictObject({ from, version: version.default('same') }),
      handler: async ({ workspace, params, query }) => replays.preview({ workspaceId: workspace.id, runId: params.run, ...query }),
    },
    'POST /w/:workspace/runs/:run/replay': {
      policy: 'run.start',
      body: z.strictObject({ from, version }),
      async handler({ actor, workspace, params, body }) {
        const { runId } = await engine.start(await replays.prepare({ workspaceId: workspace.id, runId: params.run, ...body }));
        await commit(db, [audit(db, { workspaceId: workspace.id, actorId: actor.user.id, action: 'run.replayed', subjectId: params.run, after: { runId, ...body } })]);
        return { runId };
      },
    },
    'GET /w/:workspace/retries': {
      policy: 'run.read',
      query: z.strictObject({ flow: id.optional(), mode: z.enum(['live', 'test']).optional(), search: z.string().max(200).optional() }),
      handler: async ({ workspace, query }) => retries.find(workspace.id, query),
    },
    'POST /w/:workspace/retries': {
      policy: 'run.start',
      body: z.strictObject({ runs: z.array(id).min(1).max(retriesPerCall), version, again: z.boolean().optional() }),
      async handler({ actor, workspace, body: { runs, version: on, again = false } }) {
        const result = await retries.retry(workspace.id, { runs, version: on, again });
        const entries = result.started.map(({ run, runId }) => audit(db, { workspaceId: workspace.id, actorId: actor.user.id, action: 'run.replayed', subjectId: run, after: { runId } }));
        if (entries.length > 0) await commit(db, entries);
        return result;
      },
    },
  });
}
