import { z } from 'zod';
import type { WaitToEnd } from '../runs/end-wait.ts';
import type { Act } from '../stores/audit/act.ts';
import { json } from './fields.ts';
import { defineRoutes } from './route.ts';

export interface WaitRouteParts {
  endWait(act: Act, wait: WaitToEnd): Promise<null>;
}

/** What people do to runs that wait. */
export function waitRoutes({ endWait }: WaitRouteParts) {
  return defineRoutes({
    'POST /w/:workspace/runs/:run/end-wait': {
      policy: 'run.start',
      body: z.strictObject({ stepKey: z.string().min(1).max(2_000), payload: json.optional() }),
      handler: async ({ act, actor, workspace, params, body }) => endWait(act, { ...body, workspaceId: workspace.id, runId: params.run, by: actor.user.name }),
    },
  });
}
