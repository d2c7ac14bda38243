import { z } from 'zod';
import { planReplay, QueueFull, type Engine, type Journal } from '@weft/engine';
import { stepIdOf, stepOf, type Catalogue, type FlowDocument } from '@weft/flow';
import { commit } from '../db/commit.ts';
import { newId } from '../db/ids.ts';
import type { Db } from '../db/open.ts';
import type { RunReader } from '../runs/reader.ts';
import type { VersionDocuments } from '../stores/flows/version-documents.ts';
import { audit } from '../stores/audit/writer.ts';
import { letterFile } from '../stores/dead-letters/letter-file.ts';
import type { DeadLetterStore, LetterGroup, LetterOwner } from '../stores/dead-letters/store.ts';
import type { FlowReader } from '../stores/flows/reader.ts';
import type { DeadLetterChoice } from '@weft/api';
import { Refused, notFound } from '../refused.ts';
import { defineRoutes } from './route.ts';

export interface DeadLetterRouteParts {
  db: Db;
  engine: Pick<Engine, 'start'>;
  runs: RunReader;
  documents: Pick<VersionDocuments, 'find' | 'keep'>;
  flows: Pick<FlowReader, 'get' | 'live'>;
  letters: DeadLetterStore;
  catalogue: Catalogue;
  journalOf(runId: string): Promise<Journal>;
}

const status = z.enum(['open', 'replayed', 'discarded']);
const cause = z.string().max(400);
const page = z.strictObject({ status: status.optional(), cause: cause.optional(), cursor: z.string().regex(/^\d{1,15}$/).optional() });
const file = z.strictObject({ format: z.enum(['ndjson', 'csv']), status: status.optional() });
const some = z.strictObject({ ids: z.array(z.string().regex(/^\d{1,15}$/)).max(10_000).optional(), cause: cause.optional() });
const ofStatus = z.strictObject({ status: status.optional() });

/** Dead letters of runs and of flows: seen, done again, put aside, taken out as a file. */
export function deadLetterRoutes({ db, engine, runs, documents, flows, letters, catalogue, journalOf }: DeadLetterRouteParts) {
  async function ofRun(workspaceId: string, runId: string): Promise<LetterOwner> {
    const run = await runs.summary(workspaceId, runId);
    if (!run) throw notFound('This run');
    return { workspaceId, runId: run.id };
  }

  async function ofFlow(workspaceId: string, flowId: string): Promise<LetterOwner> {
    const flow = await flows.get(workspaceId, flowId);
    return { workspaceId, flowId: flow.id };
  }

  /** One new run that does the open letters of one loop of one run again. */
  async function again(actorId: string, workspaceId: string, { runId, stepKey }: LetterGroup, ids: number[] | undefined): Promise<string> {
    const origin = await runs.origin(workspaceId, runId);
    const before = origin && documents.find(origin.versionId)?.document;
    if (!origin || !before) throw notFound('This run');
    const { versionId, document } = await newest(workspaceId, origin);
    requireLoop(document, stepKey);
    const { entries } = await journalOf(runId);
    const plan = planReplay({ before, after: document, entries, from: stepKey, catalogue });
    if ('refused' in plan) throw new Refused(409, 'deadLetters.refused', plan.refused);
    const started = await engine.start({
      runId: newId('run'),
      workspaceId,
      flowId: origin.flowId,
      versionId,
      mode: origin.mode,
      payload: origin.payload,
      createdAt: Date.now(),
      replayOf: runId,
      replayFrom: stepKey,
      effectsOf: runId,
      entries: plan.entries,
      letters: { runId, stepKey, ...(ids && { ids }) },
    });
    await commit(db, [audit(db, { workspaceId, actorId, action: 'deadLetters.replayed', subjectId: runId, after: { runId: started.runId } })]);
    return started.runId;
  }

  /** A test run's records are done again by the draft as it is now: that is where a mistake was mended. */
  async function newest(workspaceId: string, origin: { flowId: string; versionId: string; mode: 'live' | 'test' }): Promise<{ versionId: string; document: FlowDocument }> {
    if (origin.mode === 'test') {
      const { draft } = await flows.get(workspaceId, origin.flowId);
      return { versionId: await documents.keep(workspaceId, draft), document: draft };
    }
    const live = await flows.live(workspaceId, origin.flowId);
    if (!live) throw new Refused(409, 'flow.not_published', 'Publish this flow first; then its records can be done again.');
    if (!live.enabled) throw new Refused(409, 'flow.switched_off', 'This flow is switched off. Switch it on to do its records again.');
    return live;
  }

  async function replay(actorId: string, owner: LetterOwner, ids: number[] | undefined): Promise<{ runIds: string[] }> {
    const runIds: string[] = [];
    for (const group of letters.groups(owner, ids)) {
      try {
        runIds.push(await again(actorId, owner.workspaceId, group, ids));
      } catch (error) {
        // What has started is told; the letters of the others are open still.
        if (!(error instanceof QueueFull) || runIds.length === 0) throw error;
        break;
      }
    }
    if (runIds.length === 0) throw new Refused(409, 'deadLetters.none', 'None of these records is open any more: they were done again or discarded.');
    return { runIds };
  }

  /** Undefined: all open ones. */
  const chosen = (owner: LetterOwner, { ids, cause: failedLike }: DeadLetterChoice): number[] | undefined => {
    const named = ids?.map(Number);
    if (failedLike === undefined) return named;
    const alike = letters.withCause(owner, failedLike);
    return named ? alike.filter((id) => named.includes(id)) : alike;
  };

  async function replayChosen(actorId: string, owner: LetterOwner, choice: DeadLetterChoice) {
    return replay(actorId, owner, chosen(owner, choice));
  }

  async function discardChosen(actorId: string, owner: LetterOwner, choice: DeadLetterChoice) {
    return { discarded: await letters.discard(actorId, owner, chosen(owner, choice)) };
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
      handler: async ({ actor, workspace, params, body }) => replayChosen(actor.user.id, await ofRun(workspace.id, params.run), body),
    },
    'POST /w/:workspace/flows/:flow/dead-letters/replay': {
      policy: 'run.start',
      body: some,
      handler: async ({ actor, workspace, params, body }) => replayChosen(actor.user.id, await ofFlow(workspace.id, params.flow), body),
    },
    'POST /w/:workspace/runs/:run/dead-letters/discard': {
      policy: 'run.start',
      body: some,
      handler: async ({ actor, workspace, params, body }) => discardChosen(actor.user.id, await ofRun(workspace.id, params.run), body),
    },
    'POST /w/:workspace/flows/:flow/dead-letters/discard': {
      policy: 'run.start',
      body: some,
      handler: async ({ actor, workspace, params, body }) => discardChosen(actor.user.id, await ofFlow(workspace.id, params.flow), body),
    },
    'GET /w/:workspace/runs/:run/dead-letters/export': {
      policy: 'run.read',
      query: file,
      handler: async ({ workspace, params, query }) => letterFile(letters.all(await ofRun(workspace.id, params.run), query.status ?? 'open'), query.format),
    },
    'GET /w/:workspace/flows/:flow/dead-letters/export': {
      policy: 'run.read',
      query: file,
      handler: async ({ workspace, params, query }) => letterFile(letters.all(await ofFlow(workspace.id, params.flow), query.status ?? 'open'), query.format),
    },
  });
}

function requireLoop(document: FlowDocument, stepKey: string): void {
  const loop = stepOf(document, stepIdOf(stepKey));
  if (loop?.kind === 'forEach' && loop.source) return;
  throw new Refused(409, 'deadLetters.loop_gone', 'The newest version of this flow has no such loop any more, so its records cannot be done again. Export them instead.');
}
