import { z } from 'zod';
import type { Engine } from '@weft/engine';
import type { RunReader } from '../runs/reader.ts';
import type { RunActions } from '../runs/run-actions.ts';
import { type RunSummary, runStatuses } from '@weft/api';
import { id, json } from './fields.ts';
import { notFound } from '../refused.ts';
import { defineRoutes } from './route.ts';

export interface RunRouteParts {
  actions: RunActions;
  engine: Pick<Engine, 'whyQueued'>;
  runs: RunReader;
}

const query = z.strictObject({
  flow: id.optional(),
  status: z.enum(runStatuses).optional(),
  mode: z.enum(['live', 'test']).optional(),
  warned: z.enum(['yes']).optional(),
  search: z.string().max(200).optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  before: z.iso.datetime({ offset: true }).optional(),
  cursor: id.optional(),
});

const valueQuery = z.strictObject({
  part: z.enum(['payload', 'answer', 'input', 'output']),
  stepKey: z.string().max(1_000).optional(),
  attempt: z.string().regex(/^\d{1,4}$/).optional(),
});

export function runRoutes({ actions, engine, runs }: RunRouteParts) {
  return defineRoutes({
    'GET /w/:workspace/runs': {
      policy: 'run.read',
      query,
      handler: async ({ workspace, query: filter }) => {
        const page = await runs.list(workspace.id, filter);
        return { ...page, items: await withReasons(engine, page.items) };
      },
    },
    'GET /w/:workspace/runs/:run': {
      policy: 'run.read',
      handler: async ({ workspace, params }) => {
        const [run] = await withReasons(engine, [(await runs.detail(workspace.id, params.run)) ?? missing()]);
        return run ?? missing();
      },
    },
    'PATCH /w/:workspace/runs/:run': {
      policy: 'run.start',
      body: z.strictObject({ name: z.string().max(200).nullable().optional(), pinned: z.boolean().optional() }),
      handler: async ({ actor, workspace, params, body }) => actions.label(actor.user.id, workspace.id, params.run, body),
    },
    'GET /w/:workspace/runs/:run/value': {
      policy: 'run.read',
      query: valueQuery,
      handler: async ({ workspace, params, query: { part, stepKey = '', attempt } }) => {
        const wanted = part === 'payload' || part === 'answer' ? { part } : { part, stepKey, ...(attempt !== undefined && { attempt: Number(attempt) }) };
        return (await runs.value(workspace.id, params.run, wanted)) ?? missing();
      },
    },
    'POST /w/:workspace/runs/:run/cancel': {
      policy: 'run.start',
      handler: async ({ act, workspace, params }) => actions.cancel(act, workspace.id, params.run),
    },
    'POST /w/:workspace/runs/:run/again': {
      policy: 'run.start',
      handler: async ({ act, workspace, params }) => actions.again(act, workspace.id, params.run),
    },
    'DELETE /w/:workspace/flows/:flow/queue': {
      policy: 'run.start',
      handler: async ({ act, workspace, params }) => actions.cancelQueue(act, workspace.id, params.flow),
    },
    'POST /w/:workspace/flows/:flow/runs': {
      policy: 'run.start',
      body: z.strictObject({ payload: json }),
      handler: async ({ act, workspace, params, body }) => actions.start(act, workspace.id, params.flow, body.payload),
    },
  });
}

/** Runs in the queue say why they wait. */
async function withReasons<T extends RunSummary>(engine: Pick<Engine, 'whyQueued'>, found: T[]): Promise<T[]> {
  const waiting = found.filter(({ status }) => status === 'queued').map(({ id: runId }) => runId);
  if (waiting.length === 0) return found;
  const reasons = await engine.whyQueued(waiting);
  return found.map((run) => ({ ...run, queued: reasons[run.id] ?? null }));
}

const missing = (): never => {
  throw notFound('This run');
};
