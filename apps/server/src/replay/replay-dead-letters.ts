import type { DeadLetterChoice } from '@weft/api';
import { planReplay, QueueFull, type Engine, type Journal } from '@weft/engine';
import { stepIdOf, stepOf, type Catalogue, type FlowDocument } from '@weft/flow';
import type { Json } from '@weft/json-schema';
import { newId } from '../db/ids.ts';
import type { Db } from '../db/open.ts';
import { Refused, notFound } from '../refused.ts';
import type { RunOrigin, RunReader } from '../runs/reader.ts';
import type { Act } from '../stores/audit/act.ts';
import { audit } from '../stores/audit/writer.ts';
import type { DeadLetterStore, DeadLetterGroup, DeadLetterOwner } from '../stores/dead-letters/dead-letter-store.ts';
import type { FlowReader } from '../stores/flows/reader.ts';
import { startable } from '../stores/flows/startable.ts';
import type { VersionDocuments } from '../stores/flows/version-documents.ts';
import { Rows } from '../substrate/rows.ts';

/** Dead letters that people choose, done again or put aside. */
export interface ReplayDeadLetters {
  /** One new run for each loop of each run that left some of them. @throws {Refused} 404, 409 when none is open any more. */
  replay(act: Act, owner: DeadLetterOwner, choice: DeadLetterChoice): Promise<{ runIds: string[] }>;
  discard(act: Act, owner: DeadLetterOwner, choice: DeadLetterChoice): Promise<{ discarded: number }>;
}

export interface ReplayDeadLettersParts {
  db: Db;
  engine: Pick<Engine, 'start'>;
  runs: Pick<RunReader, 'origin'>;
  documents: VersionDocuments;
  flows: Pick<FlowReader, 'get' | 'live'>;
  letters: Pick<DeadLetterStore, 'groups' | 'withCause' | 'discard'>;
  catalogue: Catalogue;
  journalOf(runId: string): Promise<Journal>;
}

export function createReplayDeadLetters({ db, engine, runs, documents, flows, letters, catalogue, journalOf }: ReplayDeadLettersParts): ReplayDeadLetters {
  /** One new run that does the open letters of one loop of one run again. */
  async function again(
    act: Act,
    workspaceId: string,
    { runId, stepKey, ids, done }: DeadLetterGroup & { ids: number[] | undefined; done: readonly string[] },
  ): Promise<string> {
    const origin = await runs.origin(workspaceId, runId);
    const before = origin && documents.find(origin.versionId)?.document;
    if (!origin || !before) throw notFound('This run');
    const { versionId, document } = await newest(workspaceId, origin);
    requireLoop(document, stepKey);
    const { entries } = await journalOf(runId);
    const plan = planReplay({ before, after: document, entries, from: stepKey, catalogue });
    if ('refused' in plan) throw new Refused(409, 'deadLetters.refused', plan.refused);
    const { flowId, mode, payload } = origin;
    const started = newId('run');
    const auditRow = audit(db, { workspaceId, actorId: act.actorId, action: 'deadLetters.replayed', subjectId: runId, after: { runId: started } });
    await engine.start(
      {
        runId: started, workspaceId, flowId, versionId, mode, payload, createdAt: Date.now(), replayOf: runId, replayFrom: stepKey, effectsOf: runId,
        entries: plan.entries, deadLetters: { runId, stepKey, ids },
      },
      { alongside: new Rows([auditRow, ...act.doneSoFar([...done, started])]) },
    );
    return started;
  }

  /** A test run's records are done again by the draft as it is now: that is where a mistake was mended. */
  async function newest(workspaceId: string, { flowId, mode }: RunOrigin): Promise<{ versionId: string; document: FlowDocument }> {
    if (mode === 'live') return startable(flows, workspaceId, flowId, 'deadLetters');
    const { draft } = await flows.get(workspaceId, flowId);
    return { versionId: await documents.keep(workspaceId, draft), document: draft };
  }

  /** Undefined: all open ones. */
  function chosen(owner: DeadLetterOwner, { ids, cause }: DeadLetterChoice): number[] | undefined {
    const named = ids?.map(Number);
    if (cause === undefined) return named;
    const alike = letters.withCause(owner, cause);
    return named ? alike.filter((id) => named.includes(id)) : alike;
  }

  return {
    async replay(act, owner, choice) {
      // What an earlier try has started took its letters with it: what is open still is the rest.
      const runIds = idsOf(act.begun);
      const ids = chosen(owner, choice);
      for (const group of letters.groups(owner, ids)) {
        try {
          runIds.push(await again(act, owner.workspaceId, { ...group, ids, done: runIds }));
        } catch (error) {
          // The runs that have started are reported; the dead letters of the others stay open.
          if (!(error instanceof QueueFull) || runIds.length === 0) throw error;
          break;
        }
      }
      if (runIds.length === 0) throw new Refused(409, 'deadLetters.none', 'None of these records is open any more: they were done again or discarded.');
      return { runIds };
    },
    discard: async (act, owner, choice) => ({ discarded: await letters.discard(act, owner, chosen(owner, choice)) }),
  };
}

const idsOf = (begun: Json | undefined): string[] => (Array.isArray(begun) ? begun.filter((id) => typeof id === 'string') : []);

function requireLoop(document: FlowDocument, stepKey: string): void {
  const loop = stepOf(document, stepIdOf(stepKey));
  if (loop?.kind === 'forEach' && loop.source) return;
  throw new Refused(
    409,
    'deadLetters.loop_gone',
    'The newest version of this flow has no such loop any more, so its records cannot be done again. Export them instead.',
  );
}
