import { z } from 'zod';
import type { ReplayDeadLetters } from '../replay/replay-dead-letters.ts';
import type { RunReader } from '../runs/reader.ts';
import { deadLetterFile } from '../stores/dead-letters/dead-letter-file.ts';
import type { DeadLetterStore, DeadLetterOwner } from '../stores/dead-letters/dead-letter-store.ts';
import type { FlowReader } from '../stores/flows/reader.ts';
import { notFound } from '../refused.ts';
import { defineRoutes } from './route.ts';

export interface DeadLetterRouteParts extends ReplayDeadLetters {
  runs: Pick<RunReader, 'summary'>;
  flows: Pick<FlowReader, 'get'>;
  letters: DeadLetterStore;
}

const status = z.enum(['open', 'replayed', 'discarded']);
const cause = z.string().max(400);
const page = z.strictObject({ status: status.optional(), cause: cause.optional(), cursor: z.string().regex(/^\d{1,15}$/).optional() });
const file = z.strictObject({ format: z.enum(['ndjson', 'csv']), status: status.optional() });
const some = z.strictObject({ ids: z.array(z.string().regex(/^\d{1,15}$/)).max(10_000).optional(), cause: cause.optional() });
const ofStatus = z.strictObject({ status: status.optional() });

/** Dead letters of runs and of flows: seen, done again, put aside, taken out as a file. */
export function deadLetterRoutes({ runs, flows, letters, replay, discard }: DeadLetterRouteParts) {
  async function ofRun(workspaceId: string, runId: string): Promise<DeadLetterOwner> {
    const run = await runs.summary(workspaceId, runId);
    if (!run) throw notFound('This run');
    return { workspaceId, runId: run.id };
  }

  async function ofFlow(workspaceId: string, flowId: string): Promise<DeadLetterOwner> {
    const flow = await flows.get(workspaceId, flowId);
    return { workspaceId, flowId: flow.id };
  }

  return defineRoutes({
    'GET /w/:workspace/runs/:run/dead-letters/causes': {
      policy: 'run.read',
      query: ofStatus,
      handler: async ({ workspace, params, query }) => letters.causes(await ofRun(workspace.id, params.run), query.status),
    },
    'GET /w/:workspace/flows/:flow/dead-letters/causes': {
      policy: 'run.read',
      query: ofStatus,
      handler: async ({ workspace, params, query }) => letters.causes(await ofFlow(workspace.id, params.flow), query.status),
    },
    'GET /w/:workspace/runs/:run/dead-letters': {
      policy: 'run.read',
      query: page,
      handler: async ({ workspace, params, query }) => letters.list(await ofRun(workspace.id, params.run), query),
    },
    'GET /w/:workspace/flows/:flow/dead-letters': {
      policy: 'run.read',
      query: page,
      handler: async ({ workspace, params, query }) => letters.list(await ofFlow(workspace.id, params.flow), query),
    },
    'POST /w/:workspace/runs/:run/dead-letters/replay': {
      policy: 'run.start',
      body: some,
      handler: async ({ act, workspace, params, body }) => replay(act, await ofRun(workspace.id, params.run), body),
    },
    'POST /w/:workspace/flows/:flow/dead-letters/replay': {
      policy: 'run.start',
      body: some,
      handler: async ({ act, workspace, params, body }) => replay(act, await ofFlow(workspace.id, params.flow), body),
    },
    'POST /w/:workspace/runs/:run/dead-letters/discard': {
      policy: 'run.start',
      body: some,
      handler: async ({ act, workspace, params, body }) => discard(act, await ofRun(workspace.id, params.run), body),
    },
    'POST /w/:workspace/flows/:flow/dead-letters/discard': {
      policy: 'run.start',
      body: some,
      handler: async ({ act, workspace, params, body }) => discard(act, await ofFlow(workspace.id, params.flow), body),
    },
    'GET /w/:workspace/runs/:run/dead-letters/export': {
      policy: 'run.read',
      query: file,
      handler: async ({ workspace, params, query }) => deadLetterFile(letters.all(await ofRun(workspace.id, params.run), query.status ?? 'open'), query.format),
    },
    'GET /w/:workspace/flows/:flow/dead-letters/export': {
      policy: 'run.read',
      query: file,
      handler: async ({ workspace, params, query }) =>
        deadLetterFile(letters.all(await ofFlow(workspace.id, params.flow), query.status ?? 'open'), query.format),
    },
  });
}
