import { ConnectorError } from '@weft/connector-sdk';
import { polledPayload } from '@weft/connector-sdk/author';
import type { Catalogue, FlowDocument } from '@weft/flow';
import { z } from 'zod';
import { redact } from '../redact/redact.ts';
import type { Runner } from '../runtime/runner.ts';
import type { FlowReader } from '../stores/flows/reader.ts';
import type { Backfills } from '../triggers/backfill/backfills.ts';
import type { Poller } from '../triggers/polling/poller.ts';
import { pollingOf } from '../triggers/polling/polling-trigger.ts';
import type { TriggerState } from '@weft/api';
import { flowDocument } from './flow-document.ts';
import { Refused } from '../refused.ts';
import { defineRoutes } from './route.ts';

export interface TriggerRouteParts {
  flows: Pick<FlowReader, 'get'>;
  catalogue: Catalogue;
  runner: Pick<Runner, 'poll'>;
  poller: Pick<Poller, 'pollNow'>;
  backfills: Backfills;
  stateOf(workspaceId: string, flowId: string): Promise<TriggerState | null>;
}

const range = z.strictObject({ from: z.string().min(1).max(200), to: z.string().min(1).max(200).optional() });
const sampleItems = 5;
const sampleTimeoutMs = 30_000;

/** What schedules and polling triggers do by themselves, and what is made up for. */
export function triggerRoutes({ flows, catalogue, runner, poller, backfills, stateOf }: TriggerRouteParts) {
  async function sample(workspaceId: string, document: FlowDocument, signal: AbortSignal) {
    const trigger = pollingOf(document, catalogue);
    if (!trigger) throw new Refused(422, 'poll.no_source', 'This flow does not look for anything new. Choose a trigger that does.');
    const { use, connection, config } = trigger;
    try {
      const request = { cursor: null, baseline: false, limit: sampleItems };
      const within = AbortSignal.any([signal, AbortSignal.timeout(sampleTimeoutMs)]);
      const { items } = await runner.poll({ workspaceId, use, ...(connection !== undefined && { connection }), config, signal: within, request });
      const polledAt = new Date().toISOString();
      const parts = trigger.deliver === 'batch' ? (items.length === 0 ? [] : [items]) : items.map((item) => [item]);
      return { outputs: parts.map((part) => redact(polledPayload(part, trigger.deliver, polledAt))) };
    } catch (error) {
      if (error instanceof ConnectorError) throw new Refused(422, 'poll.failed', error.message, { cause: error });
      throw error;
    }
  }

  return defineRoutes({
    'GET /w/:workspace/flows/:flow/trigger': {
      policy: 'flow.read',
      handler: async ({ workspace, params }) => {
        const { id } = await flows.get(workspace.id, params.flow);
        return stateOf(workspace.id, id);
      },
    },
    'POST /w/:workspace/flows/:flow/poll': {
      policy: 'run.start',
      handler: async ({ workspace, params }) => {
        const { id } = await flows.get(workspace.id, params.flow);
        await poller.pollNow(id);
        const state = await stateOf(workspace.id, id);
        if (state?.kind !== 'polling') throw new Refused(409, 'poll.no_source', 'The published flow does not look for anything new.');
        if (!state.active) throw new Refused(409, 'flow.switched_off', 'This flow is switched off. Switch it on to look for something new.');
        return state;
      },
    },
    'POST /w/:workspace/flows/:flow/poll-sample': {
      policy: 'flow.edit',
      body: z.strictObject({ document: flowDocument }),
      handler: async ({ workspace, params, body, request }) => {
        await flows.get(workspace.id, params.flow);
        return sample(workspace.id, body.document, request.signal);
      },
    },
    'GET /w/:workspace/flows/:flow/backfills': { policy: 'flow.read', handler: async ({ workspace, params }) => backfills.list(workspace.id, params.flow) },
    'POST /w/:workspace/flows/:flow/backfills': {
      policy: 'run.start',
      body: range,
      handler: async ({ act, workspace, params, body }) => backfills.begin(act, workspace.id, params.flow, body),
    },
    'POST /w/:workspace/flows/:flow/backfills/preview': {
      policy: 'run.start',
      body: range,
      handler: async ({ workspace, params, body }) => backfills.preview(workspace.id, params.flow, body),
    },
    'POST /w/:workspace/flows/:flow/backfills/:backfill/stop': {
      policy: 'run.start',
      handler: async ({ act, workspace, params }) => backfills.cancel(act, workspace.id, params.flow, params.backfill),
    },
  });
}
