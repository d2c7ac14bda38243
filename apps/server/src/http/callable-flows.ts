import { z } from 'zod';
import type { CalledFlows } from '../subflows/called-flows.ts';
import { defineRoutes } from './route.ts';

export interface CallableFlowParts {
  calls: Pick<CalledFlows, 'choices' | 'described' | 'callers'>;
}

/** What an address carries: about 250 ids. */
const maxIdsLength = 12_000;

/** Flows as others of their workspace call them. */
export function callableFlowRoutes({ calls }: CallableFlowParts) {
  return defineRoutes({
    'GET /w/:workspace/callable-flows': {
      policy: 'flow.read',
      query: z.strictObject({ search: z.string().max(200).optional() }),
      handler: async ({ workspace, query: { search = '' } }) => calls.choices(workspace.id, search),
    },
    'GET /w/:workspace/called-flows': {
      policy: 'flow.read',
      query: z.strictObject({ ids: z.string().max(maxIdsLength) }),
      handler: async ({ workspace, query: { ids } }) => calls.described(workspace.id, ids.split(',')),
    },
    'GET /w/:workspace/flows/:flow/callers': {
      policy: 'flow.read',
      handler: async ({ workspace, params }) => calls.callers(workspace.id, params.flow),
    },
  });
}
