import { problems } from '@weft/flow';
import { createAjvValidator } from '@weft/json-schema/ajv';
import manifest from '../../package.json' with { type: 'json' };
import type { Services } from './services.ts';
import { startFrom } from '../starters/start-from.ts';
import { adopt } from '../stores/flows/adopt.ts';
import { heldProblems } from '../stores/holds/held-problems.ts';
import { goneConnections } from '../stores/flows/gone-connections.ts';
import { approvalRoutes } from '../http/approvals.ts';
import { callableFlowRoutes } from '../http/callable-flows.ts';
import { catalogueRoutes } from '../http/catalogue.ts';
import { connectionRoutes } from '../http/connections.ts';
import { createDeadLetterStore } from '../stores/dead-letters/store.ts';
import { deadLetterRoutes } from '../http/dead-letters.ts';
import { eventRoutes } from '../http/events.ts';
import { fileRoutes } from '../http/files.ts';
import { flowRoutes } from '../http/flows.ts';
import { installationRoutes } from '../http/installation.ts';
import { maintenanceRoutes } from '../http/maintenance.ts';
import { meRoutes } from '../http/me.ts';
import { openApi } from '../http/openapi.ts';
import { defineRoutes, type RouteTable } from '../http/route.ts';
import { decide } from '../approvals/decide.ts';
import { createReplayLetters } from '../replay/replay-letters.ts';
import { createMaintenance } from '../runs/maintenance.ts';
import { testConnection } from '../runtime/connection-test.ts';
import { createPollActions } from '../triggers/polling/poll-actions.ts';
import { listen } from '../triggers/webhook/listen.ts';
import { createRunActions } from '../runs/run-actions.ts';
import { endWait } from '../runs/end-wait.ts';
import { createReplays } from '../replay/replays.ts';
import { createRetries } from '../replay/retries.ts';
import { replayRoutes } from '../http/replays.ts';
import { runRoutes } from '../http/runs.ts';
import { testingRoutes } from '../http/testing.ts';
import { waitRoutes } from '../http/waits.ts';
import { triggerPayload, triggerProblems, triggerState } from '../triggers/strategies.ts';
import { triggerRoutes } from '../http/triggers.ts';
import { webhookRoutes } from '../http/webhooks.ts';
import { workspaceRoutes } from '../http/workspaces.ts';

/** Every route of the contract: one that is missing, or has no policy, does not compile. */
export function allRoutes(services: Services): RouteTable {
  const { calls, catalogue, connections, flows, holds, runs, history, db, events, publicUrl, workspaces } = services;
  const validator = createAjvValidator();
  const isOurs = (workspaceId: string) => async (id: string) => (await connections.open(workspaceId, id)) !== null;
  const { engine, journalOf, rejections, listening } = runs;
  const stateOf = async (workspaceId: string, flowId: string) => triggerState(db, await flows.live(workspaceId, flowId), catalogue);
  const { reader, documents, approvals } = history;
  const letters = createDeadLetterStore(db);
  const actions = createRunActions({ db, engine, runs: reader, labels: history.labels, flows, documents, events, payloadOf: (document, given) => triggerPayload(document, catalogue, given) });
  const replays = createReplays({ db, engine, load: journalOf, reader, documents, flows, catalogueOf: calls.catalogueOf });
  const routes = {
    ...installationRoutes(services),
    ...meRoutes(services),
    ...workspaceRoutes(services),
    ...maintenanceRoutes(createMaintenance({ holds, engine, connectors: services.connectors })),
    ...catalogueRoutes(services),
    ...flowRoutes({
      flows,
      setPaused: holds.setPaused,
      problemsOf: async (workspaceId, document, flowId) => [
        ...problems(document, calls.catalogueOf(workspaceId), { validator, flowId }),
        ...triggerProblems(document, catalogue),
        ...heldProblems(document, holds, catalogue),
        ...(await goneConnections(document, isOurs(workspaceId))),
      ],
      adopt: (workspaceId, document) =>
        adopt(document, {
          connection: isOurs(workspaceId),
          flow: (flowId) => calls.catalogueOf(workspaceId).flow?.(flowId) !== undefined,
          member: async (userId) => (await workspaces.membership(userId, workspaceId)) !== null,
        }),
      startFrom: (act, workspace, starter) => startFrom(services, act, workspace, starter),
    }),
    ...callableFlowRoutes({ calls }),
    ...fileRoutes(services),
    ...connectionRoutes({ connections, test: (workspaceId, connectionId, signal) => testConnection({ connections, reach: runs.runner.testConnection }, workspaceId, connectionId, signal) }),
    ...eventRoutes(services),
    ...runRoutes({ actions, engine, runs: reader }),
    ...replayRoutes({ replays, retries: createRetries({ db, replays }) }),
    ...deadLetterRoutes({ flows, letters, runs: reader, ...createReplayLetters({ db, engine, runs: reader, documents, flows, letters, catalogue, journalOf }) }),
    ...approvalRoutes({ approvals, decide: (act, decision) => decide({ approvals, engine }, act, decision) }),
    ...waitRoutes({ endWait: (act, wait) => endWait({ db, engine, runs: reader }, act, wait) }),
    ...webhookRoutes({ flows, rejections, listening, listen: (workspaceId, flowId) => listen({ flows, listening, events, catalogue, publicUrl }, workspaceId, flowId) }),
    ...triggerRoutes({ flows, stateOf, backfills: runs.backfills, polls: createPollActions({ flows, catalogue, runner: runs.runner, poller: runs.poller, stateOf }) }),
    ...testingRoutes({ actions, flows, runner: runs.runner, steps: runs.steps }),
  };
  return { ...routes, ...defineRoutes({ 'GET /openapi.json': { policy: 'session', handler: async () => openApi(routes, manifest.version) } }) };
}
