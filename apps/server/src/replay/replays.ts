import { type Engine, type Journal, type NewRun, planReplay, type ReplayPlan } from '@weft/engine';
import { sameBehaviour, stepIdOf, stepOf, triggerOf, type Catalogue, type FlowDocument } from '@weft/flow';
import type { Statement } from '../db/commit.ts';
import { newId } from '../db/ids.ts';
import type { Db } from '../db/open.ts';
import type { ReplayPreview, ReplayVersion } from '@weft/api';
import { Refused, notFound } from '../refused.ts';
import { repeatedDeadLetters } from '../runs/repeated-dead-letters.ts';
import type { RunOrigin, RunReader } from '../runs/reader.ts';
import type { VersionDocument, VersionDocuments } from '../stores/flows/version-documents.ts';
import { audit } from '../stores/audit/writer.ts';
import type { FlowReader } from '../stores/flows/reader.ts';
import { startable } from '../stores/flows/startable.ts';
import { Rows } from '../substrate/rows.ts';

export interface ReplayRequest {
  workspaceId: string;
  runId: string;
  /** A step's id, or its key with the loop path; null: the step that failed, else the beginning. */
  from: string | null;
  version: ReplayVersion;
}

/** Runs that are done again from one of their steps: what that would mean, and doing it. */
export interface Replays {
  /** @throws {Refused} 404 */
  preview(request: ReplayRequest): Promise<ReplayPreview>;
  /**
   * Starts the run, with its audit event in the same commit.
   * @param kept - what else belongs to that commit, by the new run's id.
   * @throws {Refused} 404, 409, 422
   */
  start(actorId: string, request: ReplayRequest, kept: (runId: string) => Statement[]): Promise<{ runId: string }>;
}

export interface ReplaysParts {
  db: Db;
  engine: Pick<Engine, 'start'>;
  /** A run's journal as it was stored. */
  load(runId: string): Promise<Journal>;
  reader: Pick<RunReader, 'origin'>;
  documents: VersionDocuments;
  flows: Pick<FlowReader, 'get' | 'live'>;
  catalogueOf(workspaceId: string): Catalogue;
}

/** What it would be replayed on. */
interface Target extends VersionDocument {
  /** Gives the id to start the run with. */
  versionId(): Promise<string>;
}

export function createReplays({ db, engine, load, reader, documents, flows, catalogueOf }: ReplaysParts): Replays {
  async function originOf(workspaceId: string, runId: string): Promise<{ origin: RunOrigin; made: VersionDocument }> {
    const origin = await reader.origin(workspaceId, runId);
    const made = origin && documents.find(origin.versionId);
    if (!origin || !made) throw notFound('This run');
    return { origin, made };
  }

  /** Null where there is none, or it behaves as the document that the run was made with. */
  async function newestOf(workspaceId: string, origin: RunOrigin, made: VersionDocument): Promise<Target | null> {
    if (origin.mode === 'test') {
      const { draft } = await flows.get(workspaceId, origin.flowId);
      return sameBehaviour(draft, made.document) ? null : { document: draft, number: null, versionId: () => documents.keep(workspaceId, draft) };
    }
    const live = await flows.live(workspaceId, origin.flowId);
    return !live || live.versionId === origin.versionId ? null : { document: live.document, number: live.number, versionId: async () => live.versionId };
  }

  async function plan({ workspaceId, runId, from: asked, version }: ReplayRequest) {
    const { origin, made } = await originOf(workspaceId, runId);
    const same: Target = { ...made, versionId: async () => origin.versionId };
    const newest = await newestOf(workspaceId, origin, made);
    const target = version === 'newest' && newest ? newest : same;
    const from = asked ?? origin.error?.stepKey ?? triggerOf(made.document)?.stepId ?? '';
    const { entries, progress = [] } = await load(runId);
    const result = planReplay({ before: made.document, after: target.document, entries, progress, from, catalogue: catalogueOf(workspaceId) });
    return { origin, target, newest, made, from, result, refused: 'refused' in result ? result.refused : whyNot(origin, result) };
  }

  return {
    async preview(request) {
      const { target, newest, made, from: asked, result, origin, refused } = await plan(request);
      const { from, changed, effects, anew }: Omit<ReplayPlan, 'entries'> =
        'refused' in result ? { from: asked, changed: [], effects: [], anew: [] } : result;
      return {
        refused: refused ?? (isOver(origin) ? null : notOver),
        from: { stepKey: from, title: titleOf(target.document, from) ?? titleOf(made.document, from) ?? from },
        changed: changed.map((stepId) => ({ stepId, title: titleOf(target.document, stepId) ?? stepId })),
        effects,
        anew,
        version: target.number,
        versions: newest ? ['same', 'newest'] : ['same'],
      };
    },

    async start(actorId, request, kept) {
      const run = await prepare(request);
      const { runId, workspaceId } = run;
      const after = { runId, from: request.from, version: request.version };
      const auditRow = audit(db, { workspaceId, actorId, action: 'run.replayed', subjectId: request.runId, after });
      await engine.start(run, { alongside: new Rows([auditRow, ...kept(runId)]) });
      return { runId };
    },
  };

  /** The run to start; what is kept of the earlier one is in its entries. */
  async function prepare(request: ReplayRequest): Promise<NewRun> {
    const { workspaceId, runId } = request;
    const { origin, target, result, refused } = await plan(request);
    if (!isOver(origin)) throw new Refused(409, 'run.not_final', notOver);
    if ('refused' in result) throw new Refused(422, 'replay.refused', result.refused);
    if (refused !== null) throw new Refused(422, 'replay.refused', refused);
    const { flowId, mode, payload, until, keysOf } = origin;
    if (mode === 'live') await startable(flows, workspaceId, flowId, 'replay');
    return {
      runId: newId('run'),
      workspaceId,
      flowId,
      versionId: await target.versionId(),
      mode,
      payload,
      createdAt: Date.now(),
      until: until ?? undefined,
      replayOf: runId,
      replayFrom: result.from,
      effectsOf: keysOf,
      entries: result.entries,
    };
  }
}

/** A run that did dead letters again had no source of its own: its loop done anew would read everything that the first run had read. */
function whyNot({ deadLettersIn }: RunOrigin, { entries }: ReplayPlan): string | null {
  if (deadLettersIn === null || entries.some(({ stepKey, kind }) => stepKey === deadLettersIn && kind === 'succeeded')) return null;
  return repeatedDeadLetters;
}

const notOver = 'This run has not ended yet. Cancel it, or wait for its end, to replay it.';
const isOver = ({ status }: RunOrigin): boolean => status === 'succeeded' || status === 'failed' || status === 'cancelled' || status === 'skipped';

/** Of the step that a key names, without its loop path. */
const titleOf = (document: FlowDocument, stepKey: string): string | undefined =>
  stepOf(document, stepIdOf(stepKey))?.title;
