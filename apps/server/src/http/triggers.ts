import { z } from 'zod';
import type { FlowReader } from '../stores/flows/reader.ts';
import type { Backfills } from '../triggers/backfill/backfills.ts';
import type { PollActions } from '../triggers/polling/poll-actions.ts';
import type { TriggerState } from '@weft/api';
import { flowDocument } from './flow-document.ts';
import { defineRoutes } from './route.ts';

export interface TriggerRouteParts {
  flows: Pick<FlowReader, 'get'>;
  polls: PollActions;
  backfills: Backfills;
  stateOf(workspaceId: string, flowId: string): Promise<TriggerState | null>;
}

const range = z.strictObject({ from: z.string().min(1).max(200), to: z.string().min(1).max(200).optional() });

/** What schedules and polling triggers do by themselves, and what is made up for. */
export function triggerRoutes({ flows, polls, backfills, stateOf }: TriggerRouteParts) {
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
      handler: async ({ workspace, params }) => polls.now(workspace.id, params.flow),
    },
    'POST /w/:workspace/flows/:flow/poll-sample': {
      policy: 'flow.edit',
      body: z.strictObject({ document: flowDocument }),
      handler: async ({ workspace, params, body, request }) => polls.sample(workspace.id, params.flow, body.document, request.signal),
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
