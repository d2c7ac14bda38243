import type { FlowReader } from '../stores/flows/reader.ts';
import type { LiveEvents } from '../events/live-events.ts';
import { pathTaken } from '../stores/flows/writer.ts';
import { triggerOf, webhookPath } from '../triggers/webhook/hook-index.ts';
import type { Listening } from '../triggers/webhook/listening.ts';
import type { Rejections } from '../triggers/webhook/rejections.ts';
import { proofHeadersOf } from '../triggers/webhook/sender-check.ts';
import { shownCall } from '../triggers/webhook/shown-call.ts';
import { Refused } from '../refused.ts';
import { defineRoutes } from './route.ts';

export interface WebhookRouteParts {
  flows: Pick<FlowReader, 'get' | 'byWebhookPath'>;
  rejections: Rejections;
  listening: Listening;
  events: LiveEvents;
  publicUrl: string;
}

export function webhookRoutes({ flows, rejections, listening, events, publicUrl }: WebhookRouteParts) {
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
        const path = webhookPath(flow.draft);
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
            events.publish(workspace.id, { type: 'captured', flowId: flow.id, payload: shownCall(call, proofHeadersOf(triggerOf(draft)?.config)) });
          },
        });
        return { url: `${publicUrl}/hooks/${address}`, until: new Date(until).toISOString() };
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
