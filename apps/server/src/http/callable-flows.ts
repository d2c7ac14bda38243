import type { CalledFlows } from '../subflows/called-flows.ts';
import { defineRoutes } from './route.ts';

/** Flows as others of their workspace call them. */
export function callableFlowRoutes({ calls }: { calls: Pick<CalledFlows, 'all'> }) {
  return defineRoutes({
    'GET /w/:workspace/callable-flows': { policy: 'flow.read', handler: async ({ workspace }) => calls.all(workspace.id) },
  });
}
