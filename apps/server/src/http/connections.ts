import { z } from 'zod';
import type { ConnectionTestResult } from '../runtime/connection-test.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import { jsonObject, name } from './fields.ts';
import { defineRoutes } from './route.ts';

export interface ConnectionServices {
  connections: ConnectionStore;
  /** Whether one works; kept with it. */
  test(workspaceId: string, connectionId: string, signal: AbortSignal): Promise<ConnectionTestResult>;
}

const rateLimit = z
  .strictObject({ calls: z.int().min(1, 'At least one call.').max(1_000_000, 'At most 1,000,000 calls.'), per: z.enum(['second', 'minute', 'hour']) })
  .nullable();

/** Credentials come in and never go out. */
export function connectionRoutes({ connections, test }: ConnectionServices) {
  return defineRoutes({
    'GET /w/:workspace/connections': { policy: 'connection.read', handler: async ({ workspace }) => connections.list(workspace.id) },
    'POST /w/:workspace/connections': {
      policy: 'connection.edit',
      body: z.strictObject({
        title: name,
        connector: z.string().max(100),
        scheme: z.string().max(100),
        config: jsonObject,
        credentials: jsonObject,
        rateLimit: rateLimit.optional(),
      }),
      handler: async ({ act, workspace, body }) => connections.create(act, workspace.id, body),
    },
    'PATCH /w/:workspace/connections/:connection': {
      policy: 'connection.edit',
      body: z.strictObject({ title: name.optional(), config: jsonObject.optional(), credentials: jsonObject.optional(), rateLimit: rateLimit.optional() }),
      handler: async ({ actor, workspace, params, body }) => connections.change(actor.user.id, workspace.id, params.connection, body),
    },
    'DELETE /w/:workspace/connections/:connection': {
      policy: 'connection.edit',
      async handler({ actor, workspace, params }) {
        await connections.remove(actor.user.id, workspace.id, params.connection);
        return null;
      },
    },
    'POST /w/:workspace/connections/:connection/test': {
      policy: 'connection.edit',
      handler: async ({ workspace, params, request }) => test(workspace.id, params.connection, request.signal),
    },
  });
}
