import type { RunSummary } from '@weft/api';
import type { Engine, NewRun } from '@weft/engine';
import { triggerOf, type FlowDocument } from '@weft/flow';
import type { Json } from '@weft/json-schema';
import { newId } from '../db/ids.ts';
import type { Db } from '../db/open.ts';
import type { LiveEvents } from '../events/live-events.ts';
import { Refused, notFound } from '../refused.ts';
import { type Act, recorded } from '../stores/audit/act.ts';
import { audit } from '../stores/audit/writer.ts';
import type { FlowReader } from '../stores/flows/reader.ts';
import { startable } from '../stores/flows/startable.ts';
import type { VersionDocuments } from '../stores/flows/version-documents.ts';
import { Rows } from '../substrate/rows.ts';
import { cancelQueued } from './cancel-queued.ts';
import { repeatedDeadLetters } from './repeated-dead-letters.ts';
import type { RunReader } from './reader.ts';
import type { RunLabels } from './run-labels.ts';

export interface TestRun {
  document: FlowDocument;
  payload: Json;
  /** The step after which it stops. Default: it runs to its end. */
  until?: string;
}

/** What people do with runs. Each is one commit unless it says otherwise: the change, who made it, and the answer for a repeat of the request. */
export interface RunActions {
  /** Starts the published version with the entered payload. @throws {Refused} 404, 409 */
  start(act: Act, workspaceId: string, flowId: string, given: Json): Promise<{ runId: string }>;
  /** Starts a draft as it is sent. @throws {Refused} 404, 422 without a trigger. */
  test(act: Act, workspaceId: string, flowId: string, test: TestRun): Promise<{ runId: string }>;
  /** Starts the same payload again: on the published version, a test run on its own document. @throws {Refused} 404, 409 */
  again(act: Act, workspaceId: string, runId: string): Promise<{ runId: string }>;
  /** @throws {Refused} 404, 409 when it has ended. */
  cancel(act: Act, workspaceId: string, runId: string): Promise<RunSummary>;
  /** Names a run, or says that it stays. @throws {Refused} 404 */
  label(actorId: string, workspaceId: string, runId: string, label: { name?: string | null; pinned?: boolean }): Promise<RunSummary>;
  /** Cancels what waits in a flow's queue; the audit event is committed with the first run. */
  cancelQueue(act: Act, workspaceId: string, flowId: string): Promise<{ cancelled: number }>;
}

export interface RunActionsParts {
  db: Db;
  engine: Pick<Engine, 'start' | 'cancel'>;
  runs: Pick<RunReader, 'origin' | 'summary' | 'list'>;
  labels: Pick<RunLabels, 'set'>;
  flows: Pick<FlowReader, 'get' | 'live'>;
  documents: Pick<VersionDocuments, 'keep'>;
  events: Pick<LiveEvents, 'publish'>;
  /** The payload that the flow's trigger makes of what a person enters. */
  payloadOf(document: FlowDocument, given: Json): Json;
}

export function createRunActions({ db, engine, runs, labels, flows, documents, events, payloadOf }: RunActionsParts): RunActions {
  async function begin(act: Act, action: string, run: Omit<NewRun, 'runId' | 'createdAt'>): Promise<{ runId: string }> {
    const answer = { runId: newId('run') };
    const event = { workspaceId: run.workspaceId, action, subjectId: answer.runId, after: { flowId: run.flowId } };
    await engine.start({ ...run, ...answer, createdAt: Date.now() }, { alongside: new Rows(recorded(db, act, event, answer)) });
    return answer;
  }

  return {
    async start(act, workspaceId, flowId, given) {
      const { versionId, document } = await startable(flows, workspaceId, flowId);
      return begin(act, 'run.started', { workspaceId, flowId, versionId, mode: 'live', payload: payloadOf(document, given) });
    },

    async test(act, workspaceId, flowId, { document, payload, until }) {
      const flow = await flows.get(workspaceId, flowId);
      // Unknown to the engine, it would mean: run everything.
      if (until !== undefined && !Object.hasOwn(document.steps, until)) throw notFound('This step');
      if (!triggerOf(document)) {
        throw new Refused(422, 'trigger.missing', 'This flow has nothing that starts it. Add a trigger, such as Webhook or Manual.');
      }
      const versionId = await documents.keep(workspaceId, document);
      const run = { workspaceId, flowId: flow.id, versionId, mode: 'test' as const, payload: payloadOf(document, payload) };
      return begin(act, 'run.tested', { ...run, until });
    },

    async again(act, workspaceId, runId) {
      const origin = await runs.origin(workspaceId, runId);
      if (!origin) throw notFound('This run');
      const { flowId, mode, payload, until, deadLettersIn } = origin;
      if (deadLettersIn !== null) throw new Refused(409, 'run.did_letters', repeatedDeadLetters);
      const { versionId } = mode === 'test' ? origin : await startable(flows, workspaceId, flowId);
      return begin(act, 'run.started_again', { workspaceId, flowId, versionId, mode, payload, until: until ?? undefined });
    },

    async cancel(act, workspaceId, runId) {
      const before = await runs.summary(workspaceId, runId);
      if (!before) throw notFound('This run');
      const run = cancelled(before);
      const alongside = new Rows(recorded(db, act, { workspaceId, action: 'run.cancelled', subjectId: before.id }, run));
      if (!(await engine.cancel(before.id, { alongside }))) throw new Refused(409, 'run.final', 'This run has ended already, so there is nothing to cancel.');
      // The engine knows no more of a run that waited than its id.
      events.publish(workspaceId, { type: 'run', run });
      return run;
    },

    async label(actorId, workspaceId, runId, label) {
      await labels.set(actorId, workspaceId, runId, label);
      const run = await runs.summary(workspaceId, runId);
      if (!run) throw notFound('This run');
      events.publish(workspaceId, { type: 'run', run });
      return run;
    },

    async cancelQueue(act, workspaceId, flowId) {
      const flow = await flows.get(workspaceId, flowId);
      const auditRows = (waiting: number) =>
        new Rows([audit(db, { workspaceId, actorId: act.actorId, action: 'flow.queue_cancelled', subjectId: flow.id, after: { waiting } })]);
      return { cancelled: await cancelQueued({ engine, runs }, workspaceId, flow.id, auditRows) };
    },
  };
}

/** As the commit that cancels it leaves a run. */
function cancelled(run: RunSummary): RunSummary {
  const now = Date.now();
  return { ...run, status: 'cancelled', finishedAt: new Date(now).toISOString(), durationMs: Math.max(0, now - Date.parse(run.createdAt)), queued: null };
}
