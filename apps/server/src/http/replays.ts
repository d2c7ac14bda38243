import { z } from 'zod';
import type { Replays } from '../replay/replays.ts';
import { maxPerCall, type Retries } from '../replay/retries.ts';
import { id } from './fields.ts';
import { defineRoutes } from './route.ts';

export interface ReplayRouteParts {
  replays: Replays;
  retries: Retries;
}

const from = z.string().min(1).max(1_000);
const version = z.enum(['same', 'newest']);

/** Doing runs again from one of their steps: one, with what it would mean, or many that failed. */
export function replayRoutes({ replays, retries }: ReplayRouteParts) {
  return defineRoutes({
    'GET /w/:workspace/runs/:run/replay': {
      policy: 'run.read',
      query: z.strictObject({ from, version: version.default('same') }),
      handler: async ({ workspace, params, query }) => replays.preview({ workspaceId: workspace.id, runId: params.run, ...query }),
    },
    'POST /w/:workspace/runs/:run/replay': {
      policy: 'run.start',
      body: z.strictObject({ from, version }),
      handler: async ({ act, workspace, params, body }) =>
        replays.start(act.actorId, { workspaceId: workspace.id, runId: params.run, ...body }, (runId) => act.answered({ runId })),
    },
    'GET /w/:workspace/retries': {
      policy: 'run.read',
      query: z.strictObject({ flow: id.optional(), mode: z.enum(['live', 'test']).optional(), search: z.string().max(200).optional() }),
      handler: async ({ workspace, query }) => retries.find(workspace.id, query),
    },
    'POST /w/:workspace/retries': {
      policy: 'run.start',
      body: z.strictObject({ runs: z.array(id).min(1).max(maxPerCall), version, again: z.boolean().optional() }),
      handler: async ({ act, workspace, body: { runs, version: on, again = false } }) => retries.retry(act, workspace.id, { runs, version: on, again }),
    },
  });
}
