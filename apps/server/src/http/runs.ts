import { z } from 'zod';
import type { Engine, NewRun } from '@weft/engine';
import { isObject, type Json } from '@weft/json-schema';
import { commit } from '../db/commit.ts';
import { newId } from '../db/ids.ts';
import type { Db } from '../db/open.ts';
import type { LiveEvents } from '../events/live-events.ts';
import { cancelQueued } from '../runs/cancel-queued.ts';
import { doneForLetters } from '../replay/replays.ts';
import type { RunReader } from '../runs/reader.ts';
import type { RunLabels } from '../runs/run-labels.ts';
import { audit } from '../stores/audit/writer.ts';
import type { FlowReader } from '../stores/flows/reader.ts';
import { triggerOf } from '../triggers/webhook/hook-index.ts';
import { type RunSummary, runStatuses } from '@weft/api';
import { id, json } from './fields.ts';
import { Refused, notFound } from '../refused.ts';
import { defineRoutes } from './route.ts';

export interface RunRouteParts {
  db: Db;
  engine: Pick<Engine, 'start' | 'cancel' | 'whyQueued'>;
  runs: RunReader;
  labels: RunLabels;
  events: LiveEvents;
  flows: Pick<FlowReader, 'get' | 'live'>;
}

const query = z.strictObject({
  flow: id.optional(),
  status: z.enum(runStatuses).optional(),
  mode: z.enum(['live', 'test']).optional(),
  search: z.string().max(200).optional(),
  cursor: id.optional(),
});

const valueQuery = z.strictObject({
  part: z.enum(['payload', 'answer', 'input', 'output']),
  stepKey: z.string().max(1_000).optional(),
  attempt: z.string().regex(/^\d{1,4}$/).optional(),
});

export function runRoutes({ db, engine, runs, labels, events, flows }: RunRouteParts) {
  /** The version that runs now, of a flow that may be started. */
  async function startable(workspaceId: string, flowId: string) {
    await flows.get(workspaceId, flowId);
    const live = await flows.live(workspaceId, flowId);
    if (!live) throw new Refused(409, 'flow.not_published', 'Publish this flow first; then it can run.');
    if (!live.enabled) throw new Refused(409, 'flow.switched_off', 'This flow is switched off. Switch it on to run it.');
    return live;
  }

  async function begin(actorId: string, action: string, run: Omit<NewRun, 'runId' | 'createdAt'>): Promise<{ runId: string }> {
    const { runId } = await engine.start({ ...run, runId: newId('run'), createdAt: Date.now() });
    await commit(db, [audit(db, { workspaceId: run.workspaceId, actorId, action, subjectId: runId, after: { flowId: run.flowId } })]);
    return { runId };
  }

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
      handler: async ({ actor, workspace, params, body }) => {
        await labels.set(actor.user.id, workspace.id, params.run, body);
        const run = (await runs.summary(workspace.id, params.run)) ?? missing();
        events.publish(workspace.id, { type: 'run', run });
        return run;
      },
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
      handler: async ({ actor, workspace, params }) => {
        const before = (await runs.summary(workspace.id, params.run)) ?? missing();
        if (!(await engine.cancel(before.id))) {
          throw new Refused(409, 'run.final', 'This run has ended already, so there is nothing to cancel.');
        }
        await commit(db, [audit(db, { workspaceId: workspace.id, actorId: actor.user.id, action: 'run.cancelled', subjectId: before.id })]);
        const run = (await runs.summary(workspace.id, before.id)) ?? missing();
        // The engine knows no more of a run that waited than its id.
        events.publish(workspace.id, { type: 'run', run });
        return run;
      },
    },
    'POST /w/:workspace/runs/:run/again': {
      policy: 'run.start',
      handler: async ({ actor, workspace, params }) => {
        const origin = (await runs.origin(workspace.id, params.run)) ?? missing();
        const { flowId, mode, payload, until, lettersIn } = origin;
        if (lettersIn !== null) throw new Refused(409, 'run.did_letters', doneForLetters);
        const { versionId } = mode === 'test' ? origin : await startable(workspace.id, flowId);
        const run = { workspaceId: workspace.id, flowId, versionId, mode, payload, ...(until !== null && { until }) };
        return begin(actor.user.id, 'run.started_again', run);
      },
    },
    'DELETE /w/:workspace/flows/:flow/queue': {
      policy: 'run.start',
      handler: async ({ actor, workspace, params }) => {
        const { id: flowId } = await flows.get(workspace.id, params.flow);
        const cancelled = await cancelQueued({ engine, runs }, workspace.id, flowId);
        await commit(db, [audit(db, { workspaceId: workspace.id, actorId: actor.user.id, action: 'flow.queue_cancelled', subjectId: flowId, after: { cancelled } })]);
        return { cancelled };
      },
    },
    'POST /w/:workspace/flows/:flow/runs': {
      policy: 'run.start',
      body: z.strictObject({ payload: json }),
      handler: async ({ actor, workspace, params, body }) => {
        const { flowId, versionId, document } = await startable(workspace.id, params.flow);
        const payload = triggerPayload(triggerOf(document)?.use.connector, body.payload);
        return begin(actor.user.id, 'run.started', { workspaceId: workspace.id, flowId, versionId, mode: 'live', payload });
      },
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

/** What a trigger gives is an object; a person who starts a flow by hand may enter any JSON, which becomes its `body`. */
export function triggerPayload(connector: string | undefined, given: Json): Json {
  return connector === 'manual' && !(isObject(given) && Object.hasOwn(given, 'body')) ? { body: given } : given;
}

const missing = (): never => {
  throw notFound('This run');
};
