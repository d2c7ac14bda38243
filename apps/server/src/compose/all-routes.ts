import manifest from '../../package.json' with { type: 'json' };
import { approvalRoutes } from '../http/approvals.ts';
import { callableFlowRoutes } from '../http/callable-flows.ts';
import { catalogueRoutes } from '../http/catalogue.ts';
import { connectionRoutes } from '../http/connections.ts';
import { deadLetterRoutes } from '../http/dead-letters.ts';
import { eventRoutes } from '../http/events.ts';
import { fileRoutes } from '../http/files.ts';
import { flowRoutes } from '../http/flows.ts';
import { installationRoutes } from '../http/installation.ts';
import { maintenanceRoutes } from '../http/maintenance.ts';
import { meRoutes } from '../http/me.ts';
import { openApi } from '../http/openapi.ts';
import { replayRoutes } from '../http/replays.ts';
import { defineRoutes, type RouteTable } from '../http/route.ts';
import { runRoutes } from '../http/runs.ts';
import { testingRoutes } from '../http/testing.ts';
import { triggerRoutes } from '../http/triggers.ts';
import { waitRoutes } from '../http/waits.ts';
import { webhookRoutes } from '../http/webhooks.ts';
import { workspaceRoutes } from '../http/workspaces.ts';
import type { Services } from './services.ts';
import { createUseCases } from './use-cases.ts';

/** Every route of the contract: one that is missing, or has no policy, does not compile. */
export function allRoutes(services: Services): RouteTable {
  const { calls, catalogue, connections, flows, holds, history, runs } = services;
  const { reader, approvals } = history;
  const does = createUseCases(services);
  const routes = {
    ...installationRoutes(services),
    ...meRoutes(services),
    ...workspaceRoutes(services),
    ...maintenanceRoutes(does.maintenance),
    ...catalogueRoutes(services),
    ...flowRoutes({ flows, catalogue, setPaused: holds.setPaused, problemsOf: does.problemsOf, adopt: does.adopt, startFrom: does.startFrom }),
    ...callableFlowRoutes({ calls }),
    ...fileRoutes(services),
    ...connectionRoutes({ connections, test: does.testConnection }),
    ...eventRoutes(services),
    ...runRoutes({ actions: does.actions, engine: runs.engine, runs: reader }),
    ...replayRoutes({ replays: does.replays, retries: does.retries }),
    ...deadLetterRoutes({ flows, runs: reader, letters: does.letters, ...does.deadLetters }),
    ...approvalRoutes({ approvals, decide: does.decide }),
    ...waitRoutes({ endWait: does.endWait }),
    ...webhookRoutes({ flows, rejections: runs.rejections, listening: runs.listening, listen: does.listen }),
    ...triggerRoutes({ flows, stateOf: does.stateOf, backfills: runs.backfills, polls: does.polls }),
    ...testingRoutes({ actions: does.actions, flows, runner: runs.runner, steps: runs.steps, tryOut: does.tryOut, guard: services.guard }),
  };
  return { ...routes, ...defineRoutes({ 'GET /openapi.json': { policy: 'session', handler: async () => openApi(routes, manifest.version) } }) };
}
