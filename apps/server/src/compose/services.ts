import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectors as allConnectors } from '@weft/connectors';
import type { Connector } from '@weft/connector-sdk';
import type { AuthTable } from '@weft/connector-sdk/auth';
import { createEgress, type Egress } from '@weft/egress';
import { type Catalogue, catalogueOf } from '@weft/flow';
import { createGuests } from '@weft/guests';
import type { Logger } from 'pino';
import { createBlobStore } from '../blobs/blob-store.ts';
import { createLargeValues } from '../blobs/large-values.ts';
import type { Db } from '../db/open.ts';
import { atMostEvery } from '../events/at-most-every.ts';
import { createLiveEvents, type LiveEvents } from '../events/live-events.ts';
import { createNews } from '../events/news.ts';
import { createIdentity, type Identity } from '../identity/identity.ts';
import { type Starter, starters as allStarters } from '../starters/index.ts';
import { type ConnectionStore, createConnectionStore } from '../stores/connections/connection-store.ts';
import { createFileStore, type FileStore } from '../stores/files/file-store.ts';
import { forgottenFlow } from '../stores/flows/forgotten-flow.ts';
import { createFlowReader, type FlowReader } from '../stores/flows/reader.ts';
import { createFlowWriter, type FlowWriter } from '../stores/flows/writer.ts';
import { createHoldStore, type HoldStore } from '../stores/holds/hold-store.ts';
import { createSettingsStore, type SettingsStore } from '../stores/settings/settings-store.ts';
import { createWorkspaceStore, type WorkspaceStore } from '../stores/workspaces/workspace-store.ts';
import { forgetQueue } from '../runs/forget-queue.ts';
import { createRetention } from '../retention/retention.ts';
import { createRunHistory, createRuns, type RunHistory, type Runs, type RunsParts } from './create-runs.ts';
import { type CalledFlows, createCalledFlows } from '../subflows/called-flows.ts';
import type { SpareRoom } from '../spare-room.ts';
import type { Guard } from '../watchdog/guard.ts';
import { triggerStatements } from '../triggers/strategies.ts';
import { webhookPath } from '../triggers/webhook/webhook-path.ts';
import { createSealedFields } from '../vault/sealed-fields.ts';
import type { Vault } from '../vault/vault.ts';

export interface ServicesOptions {
  db: Db;
  vault: Vault;
  log: Logger;
  publicUrl: string;
  /** The port this server listens on: flows may not call it. */
  port: number;
  /** The folder of all workspaces' files. */
  filesFolder: string;
  /** The folder of values too large for a row. */
  blobsFolder: string;
  /** Default: all connectors of this build. */
  connectors?: readonly Connector[];
  /** What each kind of auth scheme does. Default: the kinds of this build. */
  authKinds?: AuthTable;
  /** Default: the three that come with Weft. */
  starters?: readonly Starter[];
  /** For the files of each workspace. Default 10 GB. */
  quotaBytes?: number;
  /** Told of every step that begins. Default: nobody is. */
  entering?: RunsParts['entering'];
  /** Over what is done beside runs. */
  guard: Guard;
  spareRoom: SpareRoom;
}

/** What the routes are built from; wired in one place, passed on as a whole. */
export interface Services {
  db: Db;
  log: Logger;
  publicUrl: string;
  settings: SettingsStore;
  identity: Identity;
  workspaces: WorkspaceStore;
  connectors: readonly Connector[];
  starters: readonly Starter[];
  catalogue: Catalogue;
  egress: Egress;
  events: LiveEvents;
  flows: FlowReader & FlowWriter;
  calls: CalledFlows;
  connections: ConnectionStore;
  files: FileStore;
  history: RunHistory;
  holds: HoldStore;
  runs: Runs;
  /** Base URL of the practice service, or null when it is switched off. */
  practiceUrl(): string | null;
  guard: Guard;
  /** Aborts when the server begins to stop: what never ends by itself ends then. */
  stopping: AbortSignal;
  /** Lets runs finish or park, then closes what is open. */
  close(): Promise<void>;
}

export function createServices(options: ServicesOptions): Services {
  const { db, vault, log, publicUrl, starters = allStarters } = options;
  const guests = createGuests({ program: guestProgram(), folderOf: (workspaceId) => join(options.filesFolder, workspaceId) });
  const connectors = (options.connectors ?? allConnectors).map(guests.isolated);
  const stopping = new AbortController();
  const settings = createSettingsStore(db);
  const practiceUrl = () => (settings.current().practiceService ? `${publicUrl}/practice` : null);
  const workspaces = createWorkspaceStore({ db, practiceUrl: (token) => (practiceUrl() === null ? null : `${practiceUrl()}/${token}`) });
  const catalogue = catalogueOf(connectors.map(({ descriptor }) => descriptor));
  const egress = createEgress({
    allowed: () => settings.current().privateNetworks,
    // Flows may call Weft's own practice service although it is on this machine; nothing else of this server.
    exceptOrigins: [{ origin: new URL(publicUrl).origin, pathPrefix: '/practice' }],
    ownPort: () => options.port,
    refused: (name, reason) => log.info({ name, reason: reason.message }, 'a name was not called'),
  });
  const events = createLiveEvents();
  const sealed = createSealedFields(vault.derive('fields of runs'));
  const large = createLargeValues(db.$client, createBlobStore(options.blobsFolder), sealed);
  const history = createRunHistory(db, large, sealed);
  const reader = createFlowReader({ db, publicUrl, documents: history.documents, activity: (_workspaceId, flowIds) => history.reader.activity(flowIds) });
  const connectionChanged = createNews<string>();
  const connections = createConnectionStore({
    db,
    vault,
    descriptors: connectors.map(({ descriptor }) => descriptor),
    flows: reader,
    changed: connectionChanged.tell,
  });
  const filesChanged = atMostEvery(500, (workspaceId) => events.publish(workspaceId, { type: 'files' }));
  const files = createFileStore({ db, folder: options.filesFolder, quotaBytes: options.quotaBytes, changed: filesChanged.call });
  const holdsChanged = createNews<void>();
  const holds = createHoldStore(db, holdsChanged.tell);
  const calls = createCalledFlows({ db, catalogue, documents: history.documents });
  const runs = createRuns({
    calls,
    db,
    log,
    history,
    events,
    flows: reader,
    connectors,
    catalogue,
    http: egress.http,
    net: egress.net,
    openConnection: connections.open,
    renewConnection: connections.renew,
    connectionWorked: connections.noteWorked,
    authKinds: options.authKinds,
    filesOf: (workspaceId) => files.of(workspaceId),
    large,
    sealed,
    webhookLimitBytes: () => settings.current().webhookLimitBytes,
    rateOf: connections.rateOf,
    holds,
    settings: settings.current,
    entering: options.entering,
    guard: options.guard,
  });
  connectionChanged.hear(runs.connectionChanged);
  holdsChanged.hear(() => {
    runs.engine.recheck();
    runs.poller.refresh();
    events.broadcast({ type: 'queue' });
  });
  const writer = createFlowWriter({
    db,
    pinned: calls.pinned,
    reader,
    webhookPath: (document) => webhookPath(document, catalogue),
    together: (state) => triggerStatements(db, catalogue, state),
    forgotten: (flowId) => forgottenFlow(db, flowId),
    changed({ workspaceId, flowId, revision, by, deleted }) {
      runs.flowChanged(workspaceId);
      // A limit may have been raised.
      runs.engine.recheck();
      if (deleted) {
        runs.listening.end(flowId);
        void forgetQueue({ holds, log, engine: runs.engine, runs: history.reader }, workspaceId, flowId);
      }
      events.publish(workspaceId, { type: 'flow', flowId, revision, by });
    },
  });
  const retention = createRetention({
    db,
    log,
    settings: settings.current,
    settingsOf: async (workspaceId, flowId) => (await reader.live(workspaceId, flowId))?.document.settings,
  });
  retention.begin();
  return {
    db,
    log,
    publicUrl,
    settings,
    identity: createIdentity({ db, secret: vault.derive('session cookies'), publicUrl, spareRoom: options.spareRoom }),
    workspaces,
    connectors,
    starters,
    catalogue,
    egress,
    events,
    flows: { ...reader, ...writer },
    calls,
    connections,
    files,
    history,
    holds,
    runs,
    guard: options.guard,
    practiceUrl,
    stopping: stopping.signal,
    async close() {
      stopping.abort();
      await retention.close();
      await runs.close();
      guests.close();
      filesChanged.close();
      await egress.close();
    },
  };
}

/** In a folder of its own beside the bundle; from source, the connectors' own file. */
function guestProgram(): string {
  const bundled = fileURLToPath(new URL('./guest/guest.js', import.meta.url));
  return import.meta.url.endsWith('.ts') ? createRequire(import.meta.url).resolve('@weft/connectors/guest') : bundled;
}
