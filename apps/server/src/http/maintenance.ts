import type { ConnectorDescriptor } from '@weft/connector-sdk';
import type { Engine } from '@weft/engine';
import { z } from 'zod';
import type { HoldStore } from '../stores/holds/store.ts';
import type { Maintenance } from '@weft/api';
import { notFound } from '../refused.ts';
import { defineRoutes } from './route.ts';

export interface MaintenanceRouteParts {
  holds: HoldStore;
  engine: Pick<Engine, 'counts'>;
  connectors: readonly { descriptor: ConnectorDescriptor }[];
}

/** Holding work back in the whole installation: for maintenance, or because a connector version does harm. */
export function maintenanceRoutes({ holds, engine, connectors }: MaintenanceRouteParts) {
  const titleOf = (connector: string) => connectors.find(({ descriptor }) => descriptor.id === connector)?.descriptor.title ?? connector;
  const at = (since: number) => new Date(since).toISOString();

  function state(): Maintenance {
    const drain = holds.drain();
    return {
      draining: drain ? { since: at(drain.since), by: drain.by } : null,
      ...engine.counts(),
      connectors: holds.connectors().map(({ since, ...hold }) => ({ ...hold, title: titleOf(hold.connector), since: at(since) })),
    };
  }

  return defineRoutes({
    'GET /maintenance': { policy: 'administrator', handler: async () => state() },
    'PUT /maintenance/drain': {
      policy: 'administrator',
      body: z.strictObject({ draining: z.boolean() }),
      handler: async ({ actor, body }) => {
        await holds.setDraining(actor.user.id, body.draining);
        return state();
      },
    },
    'PUT /maintenance/connectors': {
      policy: 'administrator',
      body: z.strictObject({
        connector: z.string().max(100),
        version: z.string().max(40),
        note: z.string().trim().min(1, 'Say why, for the people whose runs wait.').max(300, 'Use at most 300 characters.').nullable(),
      }),
      handler: async ({ actor, body: { connector, version, note } }) => {
        const isHeld = holds.connectorNote({ connector, version }) !== undefined;
        const isInstalled = connectors.some(({ descriptor }) => descriptor.id === connector && descriptor.version === version);
        if (!isInstalled && !isHeld) throw notFound('This connector version');
        await holds.setConnector(actor.user.id, { connector, version }, note);
        return state();
      },
    },
  });
}
