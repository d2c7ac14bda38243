import { z } from 'zod';
import type { MaintenanceActions } from '../runs/maintenance.ts';
import { defineRoutes } from './route.ts';

export function maintenanceRoutes({ state, setDraining, setConnector }: MaintenanceActions) {
  return defineRoutes({
    'GET /maintenance': { policy: 'administrator', handler: async () => state() },
    'PUT /maintenance/drain': {
      policy: 'administrator',
      body: z.strictObject({ draining: z.boolean() }),
      handler: async ({ actor, body }) => setDraining(actor.user.id, body.draining),
    },
    'PUT /maintenance/connectors': {
      policy: 'administrator',
      body: z.strictObject({
        connector: z.string().max(100),
        version: z.string().max(40),
        note: z.string().trim().min(1, 'Say why, for the people whose runs wait.').max(300, 'Use at most 300 characters.').nullable(),
      }),
      handler: async ({ actor, body: { connector, version, note } }) => setConnector(actor.user.id, { connector, version }, note),
    },
  });
}
