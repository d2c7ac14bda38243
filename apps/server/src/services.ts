import { connectors as allConnectors } from '@weft/connectors';
import type { Connector } from '@weft/connector-sdk';
import { createEgress, type Egress } from '@weft/egress';
import { type Catalogue, catalogueOf } from '@weft/flow';
import type { Logger } from 'pino';
import type { Db } from './db/open.ts';
import { createIdentity, type Identity } from './identity/identity.ts';
import { createSettingsStore, type SettingsStore } from './stores/settings/store.ts';
import { createWorkspaceStore, type WorkspaceStore } from './stores/workspaces/store.ts';
import type { Vault } from './vault/vault.ts';

export interface ServicesOptions {
  db: Db;
  vault: Vault;
  log: Logger;
  publicUrl: string;
  /** The port this server listens on: flows may not call it. */
  port: number;
  /** Default: all connectors of this build. */
  connectors?: readonly Connector[];
}

/** What the routes and the runs are built from; wired in one place, handed on as a whole. */
export interface Services {
  db: Db;
  vault: Vault;
  log: Logger;
  publicUrl: string;
  settings: SettingsStore;
  identity: Identity;
  workspaces: WorkspaceStore;
  connectors: readonly Connector[];
  catalogue: Catalogue;
  egress: Egress;
  /** Base URL of the practice service, or null when it is switched off. */
  practiceUrl(): string | null;
}

export function createServices({ db, vault, log, publicUrl, port, connectors = allConnectors }: ServicesOptions): Services {
  const settings = createSettingsStore(db);
  const practiceUrl = () => (settings.current().practiceService ? `${publicUrl}/practice` : null);
  return {
    db,
    vault,
    log,
    publicUrl,
    settings,
    identity: createIdentity({ db, secret: vault.derive('session cookies'), publicUrl }),
    workspaces: createWorkspaceStore({ db, practiceUrl: (token) => (practiceUrl() === null ? null : `${practiceUrl()}/${token}`) }),
    connectors,
    catalogue: catalogueOf(connectors.map(({ descriptor }) => descriptor)),
    egress: createEgress({
      allowed: () => settings.current().privateNetworks,
      // Flows may call Weft's own practice service although it is on this machine; nothing else of this server.
      exceptOrigins: [{ origin: new URL(publicUrl).origin, pathPrefix: '/practice' }],
      ownPort: () => port,
    }),
    practiceUrl,
  };
}
