import type { Catalogue } from '@weft/flow';
import type { LiveEvents } from '../../events/live-events.ts';
import { Refused } from '../../refused.ts';
import { hookUrl } from '../../stores/flows/hook-address.ts';
import type { FlowReader } from '../../stores/flows/reader.ts';
import type { Listening } from './listening.ts';
import { draftProofHeaders } from './proof-of.ts';
import { shownCall } from './received-call.ts';
import { pathTaken, webhookPath } from './webhook-path.ts';

export interface ListenParts {
  flows: Pick<FlowReader, 'get' | 'byWebhookPath'>;
  listening: Pick<Listening, 'begin'>;
  events: Pick<LiveEvents, 'publish'>;
  catalogue: Catalogue;
  publicUrl: string;
}

/** Shows the next call to the path of a draft on its pages. @throws {Refused} 404, 422 without a path of its own. */
export async function listen(
  { flows, listening, events, catalogue, publicUrl }: ListenParts,
  workspaceId: string,
  flowId: string,
): Promise<{ url: string; until: string }> {
  const flow = await flows.get(workspaceId, flowId);
  const path = webhookPath(flow.draft, catalogue);
  if (path === null) {
    throw new Refused(422, 'webhook.no_path', 'Choose Webhook as the trigger and give it a path first; then it can listen.', {
      issues: [{ path: ['config', 'path'], message: 'Enter a path.' }],
    });
  }
  const holder = await flows.byWebhookPath(workspaceId, path);
  if (holder && holder.flowId !== flow.id) throw pathTaken(path, holder.document.title);
  const until = listening.begin({
    address: `${workspaceId}/${path}`,
    workspaceId,
    flowId: flow.id,
    async captured(call) {
      // The draft may name another header by now.
      const { draft } = await flows.get(workspaceId, flow.id);
      events.publish(workspaceId, { type: 'captured', flowId: flow.id, payload: shownCall(call, draftProofHeaders(draft, catalogue)) });
    },
  });
  return { url: hookUrl(publicUrl, workspaceId, path), until: new Date(until).toISOString() };
}
