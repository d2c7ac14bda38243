import type { Catalogue } from '@weft/flow';
import type { FlowReader } from '../stores/flows/reader.ts';
import type { LiveEvents } from '../events/live-events.ts';
import { hookUrl } from '../stores/flows/hook-address.ts';
import type { Listening } from '../triggers/webhook/listening.ts';
import type { Rejections } from '../triggers/webhook/rejections.ts';
import { draftProofHeaders } from '../triggers/webhook/proof-of.ts';
import { shownCall } from '../triggers/webhook/received-call.ts';
import { pathTaken, webhookPath } from '../triggers/webhook/webhook-path.ts';
import { Refused } from '../refused.ts';
import { defineRoutes } from './route.ts';

export interface WebhookRouteParts {
  flows: Pick<FlowReader, 'get' | 'byWebhookPath'>;
  rejections: Rejections;
  listening: Listening;
  events: LiveEvents;
  catalogue: Catalogue;
  publicUrl: string;
}

export function webhookRoutes({ flows, catalogue, rejections, listening, events, publicUrl }: WebhookRouteParts) {
  return defineRoutes({
    'GET /w/:workspace/flows/:flow/rejections': {
      policy: 'flow.read',
      handler: async ({ workspace, params }) => {
        const flow = await flows.get(workspace.id, params.flow);
        return rejections.list(flow.id);
      },
    },
    'POST /w/:workspace/flows/:flow/listen': {
      policy: 'flow.edit',
      handler: async ({ workspace, params }) => {
        const flow = await flows.get(workspace.id, params.flow);
        const path = webhookPath(flow.draft, catalogue);
        if (path === null) {
          throw new Refused(422, 'webhook.no_path', 'Choose Webhook as the trigger and give it a path first; then it can listen.', {
            issues: [{ path: ['config', 'path'], message: 'Enter a path.' }],
          });
        }
        const holder = await flows.byWebhookPath(workspace.id, path);
        if (holder && holder.flowId !== flow.id) throw pathTaken(path, holder.document.title);
        const address = `${workspace.id}/${path}`;
        const until = listening.begin({
          address,
          workspaceId: workspace.id,
          flowId: flow.id,
          async captured(call) {
            // The draft may name another header by now.
            const { draft } = await flows.get(workspace.id, flow.id);
            events.publish(workspace.id, { type: 'captured', flowId: flow.id, payload: shownCall(call, draftProofHeaders(draft, catalogue)) });
          },
        });
        return { url: hookUrl(publicUrl, workspace.id, path), until: new Date(until).toISOString() };
      },
    },
    'DELETE /w/:workspace/flows/:flow/listen': {
      policy: 'flow.edit',
      handler: async ({ workspace, params }) => {
        const flow = await flows.get(workspace.id, params.flow);
        listening.end(flow.id);
        return null;
      },
    },
  });
}
