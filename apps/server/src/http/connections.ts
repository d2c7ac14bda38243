import { ConnectorError } from '@weft/connector-sdk';
import { z } from 'zod';
import type { OpenConnection } from '../stores/connections/renewals.ts';
import type { ConnectionStore } from '../stores/connections/store.ts';
import { SealBroken } from '../vault/vault.ts';
import { jsonObject, name } from './fields.ts';
import { Refused, notFound } from '../refused.ts';
import { defineRoutes } from './route.ts';

export interface ConnectionServices {
  connections: ConnectionStore;
  /** Tries credentials against the service. @returns a sentence. @throws {ConnectorError} */
  testConnection(connection: OpenConnection, signal: AbortSignal): Promise<string>;
}

const rateLimit = z
  .strictObject({ calls: z.int().min(1, 'At least one call.').max(1_000_000, 'At most 1,000,000 calls.'), per: z.enum(['second', 'minute', 'hour']) })
  .nullable();

const testTimeoutMs = 20_000;

/** Credentials come in and never go out. */
export function connectionRoutes({ connections, testConnection }: ConnectionServices) {
  async function test(workspaceId: string, connectionId: string, signal: AbortSignal): Promise<{ ok: boolean; message: string }> {
    const opened = await connections.open(workspaceId, connectionId);
    if (!opened) throw notFound('This connection');
    try {
      const message = await testConnection(opened, AbortSignal.any([signal, AbortSignal.timeout(testTimeoutMs)]));
      return { ok: true, message };
    } catch (error) {
      if (error instanceof ConnectorError) return { ok: false, message: error.message };
      throw error;
    }
  }

  return defineRoutes({
    'GET /w/:workspace/connections': { policy: 'connection.read', handler: async ({ workspace }) => connections.list(workspace.id) },
    'POST /w/:workspace/connections': {
      policy: 'connection.edit',
      body: z.strictObject({ title: name, connector: z.string().max(100), scheme: z.string().max(100), config: jsonObject, credentials: jsonObject, rateLimit: rateLimit.optional() }),
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
      async handler({ workspace, params, request }) {
        try {
          const result = await test(workspace.id, params.connection, request.signal);
          await connections.noteTest(workspace.id, params.connection, result);
          return result;
        } catch (error) {
          if (error instanceof SealBroken) throw new Refused(409, 'connection.unreadable', error.message, { cause: error });
          throw error;
        }
      },
    },
  });
}
