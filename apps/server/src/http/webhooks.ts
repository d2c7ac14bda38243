import type { FlowReader } from '../stores/flows/reader.ts';
import type { Listening } from '../triggers/webhook/listening.ts';
import type { Rejections } from '../triggers/webhook/rejections.ts';
import { defineRoutes } from './route.ts';

export interface WebhookRouteParts {
  flows: Pick<FlowReader, 'get'>;
  rejections: Rejections;
  listening: Pick<Listening, 'end'>;
  listen(workspaceId: string, flowId: string): Promise<{ url: string; until: string }>;
}

export function webhookRoutes({ flows, rejections, listening, listen }: WebhookRouteParts) {
  return defineRoutes({
    'GET /w/:workspace/flows/:flow/rejections': {
      policy: 'flow.read',
      handler: async ({ workspace, params }) => rejections.list((await flows.get(workspace.id, params.flow)).id),
    },
    'POST /w/:workspace/flows/:flow/listen': {
      policy: 'flow.edit',
      handler: async ({ workspace, params }) => listen(workspace.id, params.flow),
    },
    'DELETE /w/:workspace/flows/:flow/listen': {
      policy: 'flow.edit',
      async handler({ workspace, params }) {
        listening.end((await flows.get(workspace.id, params.flow)).id);
        return null;
      },
    },
  });
}
