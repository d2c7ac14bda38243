import { setImmediate as rest } from 'node:timers/promises';
import type { Workspace } from '@weft/api';
import { type FlowDocument, type Problem, problemsInTurns } from '@weft/flow';
import type { Json } from '@weft/json-schema';
import { createAjvValidator } from '@weft/json-schema/ajv';
import { decide, type WantedDecision } from '../approvals/decide.ts';
import { createReplayDeadLetters } from '../replay/replay-dead-letters.ts';
import { createReplays } from '../replay/replays.ts';
import { createRetries } from '../replay/retries.ts';
import { endWait, type WaitToEnd } from '../runs/end-wait.ts';
import { createMaintenance } from '../runs/maintenance.ts';
import { createRunActions } from '../runs/run-actions.ts';
import { testConnection } from '../runtime/connection-test.ts';
import { createTryOut } from '../runtime/try-out.ts';
import { startFrom } from '../starters/start-from.ts';
import type { Act } from '../stores/audit/act.ts';
import { createDeadLetterStore } from '../stores/dead-letters/dead-letter-store.ts';
import { adopt, type Adopted } from '../stores/flows/adopt.ts';
import { goneConnections } from '../stores/flows/gone-connections.ts';
import { heldProblems } from '../stores/holds/held-problems.ts';
import { triggerPayload, triggerProblems, triggerState } from '../triggers/strategies.ts';
import { createPollActions } from '../triggers/polling/poll-actions.ts';
import { listen } from '../triggers/webhook/listen.ts';
import type { Services } from './services.ts';

/** What people do through the API, beyond what the stores do by themselves: each gets its dependencies here. */
export type UseCases = ReturnType<typeof createUseCases>;

export function createUseCases(services: Services) {
  const { calls, catalogue, connections, flows, guard, holds, runs, history, db, events, publicUrl, workspaces, connectors } = services;
  const { engine, runner, journalOf, listening, poller } = runs;
  const { reader, documents, approvals, labels } = history;
  const validator = createAjvValidator();
  const letters = createDeadLetterStore(db);
  const replays = createReplays({ db, engine, load: journalOf, reader, documents, flows, catalogueOf: calls.catalogueOf });
  const isOurs = (workspaceId: string) => async (id: string) => (await connections.open(workspaceId, id)) !== null;
  const stateOf = async (workspaceId: string, flowId: string) => triggerState(db, await flows.live(workspaceId, flowId), catalogue);

  const payloadOf = (document: FlowDocument, given: Json) => triggerPayload(document, catalogue, given);

  return {
    actions: createRunActions({ db, engine, runs: reader, labels, flows, documents, events, payloadOf }),
    replays,
    retries: createRetries({ db, replays }),
    letters,
    deadLetters: createReplayDeadLetters({ db, engine, runs: reader, documents, flows, letters, catalogue, journalOf }),
    decide: (act: Act, decision: WantedDecision) => decide({ approvals, engine }, act, decision),
    endWait: (act: Act, wait: WaitToEnd) => endWait({ db, engine, runs: reader }, act, wait),
    maintenance: createMaintenance({ holds, engine, connectors }),
    polls: createPollActions({ flows, catalogue, runner, poller, guard, stateOf }),
    /** How a published flow's trigger starts runs by itself; null where it waits for calls. */
    stateOf,
    listen: (workspaceId: string, flowId: string) => listen({ flows, listening, events, catalogue, publicUrl }, workspaceId, flowId),
    tryOut: createTryOut(connectors),
    testConnection: (workspaceId: string, connectionId: string, signal: AbortSignal) =>
      testConnection({ connections, reach: runner.testConnection, guard }, workspaceId, connectionId, signal),

    /** Everything that is wrong with a document of this workspace. */
    problemsOf: async (workspaceId: string, document: FlowDocument, flowId: string): Promise<Problem[]> => [
      ...(await problemsInTurns(document, calls.catalogueOf(workspaceId), rest, { validator, flowId })),
      ...triggerProblems(document, catalogue),
      ...heldProblems(document, holds, catalogue),
      ...(await goneConnections(document, isOurs(workspaceId))),
    ],
    /** A document that came from outside, with references to what this workspace does not have taken out. */
    adopt: (workspaceId: string, document: FlowDocument): Promise<Adopted> =>
      adopt(document, {
        connection: isOurs(workspaceId),
        flow: (flowId) => calls.catalogueOf(workspaceId).flow?.(flowId) !== undefined,
        member: async (userId) => (await workspaces.membership(userId, workspaceId)) !== null,
      }),
    /** A starter's document, with the files and connections it needs made. */
    startFrom: (act: Act, workspace: Workspace, starter: string): Promise<FlowDocument> => startFrom(services, act, workspace, starter),
  };
}
