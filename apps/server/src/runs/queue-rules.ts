import type { Lane, QueueReason, QueueRules } from '@weft/engine';
import { operationsOf, type FlowDocument } from '@weft/flow';
import type { InstallationSettings } from '@weft/api';
import type { ConnectorVersion, HoldStore } from '../stores/holds/hold-store.ts';
import type { VersionDocuments } from '../stores/flows/version-documents.ts';

export interface QueueRuleParts {
  documents: Pick<VersionDocuments, 'find'>;
  holds: Pick<HoldStore, 'isPaused' | 'connectorNote' | 'anyConnector' | 'isDraining'>;
  settings: () => Pick<InstallationSettings, 'queuePerFlow' | 'queueInAll'>;
  /** Runs at once in this process. */
  places: number;
}

/** One workspace never takes the last places, so that another finds one at once. */
const shareOfOneWorkspace = 0.8;

/** What the installation's people have said about who may run. */
export function queueRules({ documents, holds, settings, places }: QueueRuleParts): QueueRules {
  const share = Math.max(1, Math.ceil(places * shareOfOneWorkspace));
  const uses = new WeakMap<FlowDocument, ConnectorVersion[]>();

  function connectorsOf(document: FlowDocument): ConnectorVersion[] {
    let known = uses.get(document);
    if (!known) uses.set(document, (known = connectorVersions(document)));
    return known;
  }

  function heldConnector({ versionId }: Lane): QueueReason | undefined {
    const document = documents.find(versionId)?.document;
    for (const { connector, version } of document ? connectorsOf(document) : []) {
      const note = holds.connectorNote({ connector, version });
      if (note !== undefined) return { kind: 'connector', connector, version, note };
    }
    return undefined;
  }

  return {
    limitOf: ({ versionId }) => documents.find(versionId)?.document.settings?.concurrency?.limit,
    holdOn(lane) {
      if (holds.isDraining()) return { kind: 'draining' };
      // Tests are how people find out whether it may go on.
      if (lane.mode === 'live' && holds.isPaused(lane.flowId)) return { kind: 'paused' };
      return holds.anyConnector() ? heldConnector(lane) : undefined;
    },
    perWorkspace: () => share,
    bounds() {
      const { queuePerFlow, queueInAll } = settings();
      return { perFlow: queuePerFlow, inAll: queueInAll };
    },
  };
}

/** What a flow calls, each once. What starts it calls nothing. */
export function connectorVersions({ steps }: Pick<FlowDocument, 'steps'>): ConnectorVersion[] {
  const found = new Map<string, ConnectorVersion>();
  const add = ({ connector, version }: ConnectorVersion) => void found.set(`${connector}@${version}`, { connector, version });
  for (const { operation, role } of Object.values(steps).flatMap(operationsOf)) if (role === 'action' || role === 'source') add(operation.use);
  return [...found.values()];
}
