import type { Maintenance } from '@weft/api';
import type { ConnectorDescriptor } from '@weft/connector-sdk';
import type { Engine } from '@weft/engine';
import { notFound } from '../refused.ts';
import type { ConnectorVersion, HoldStore } from '../stores/holds/hold-store.ts';

/** Holding work back in the whole installation: for maintenance, or because a connector version does harm. */
export interface MaintenanceActions {
  state(): Maintenance;
  setDraining(actorId: string, draining: boolean): Promise<Maintenance>;
  /** @param note - why; null switches it on again. @throws {Refused} 404 for a version that is neither installed nor held. */
  setConnector(actorId: string, use: ConnectorVersion, note: string | null): Promise<Maintenance>;
}

export interface MaintenanceParts {
  holds: HoldStore;
  engine: Pick<Engine, 'counts'>;
  connectors: readonly { descriptor: ConnectorDescriptor }[];
}

export function createMaintenance({ holds, engine, connectors }: MaintenanceParts): MaintenanceActions {
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

  return {
    state,
    async setDraining(actorId, draining) {
      await holds.setDraining(actorId, draining);
      return state();
    },
    async setConnector(actorId, use, note) {
      const isInstalled = connectors.some(({ descriptor }) => descriptor.id === use.connector && descriptor.version === use.version);
      if (!isInstalled && holds.connectorNote(use) === undefined) throw notFound('This connector version');
      await holds.setConnector(actorId, use, note);
      return state();
    },
  };
}
