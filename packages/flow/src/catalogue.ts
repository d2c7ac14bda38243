import type { ConnectorDescriptor, Operation } from '@weft/connector-sdk';
import type { OperationRef } from './document.ts';

/** The connectors a flow may use; the browser and the server each make one from the same descriptors. */
export interface Catalogue {
  connector(use: OperationRef): ConnectorDescriptor | undefined;
  operation(use: OperationRef): Operation | undefined;
  /** The versions of a connector that there are, oldest first; offers a way out where a version is missing. */
  versions?(connector: string): string[];
}

export function catalogueOf(connectors: readonly ConnectorDescriptor[]): Catalogue {
  const byVersion = new Map(connectors.map((connector) => [`${connector.id}@${connector.version}`, connector]));
  const connector = (use: OperationRef) => byVersion.get(`${use.connector}@${use.version}`);
  return {
    connector,
    operation: (use) => connector(use)?.operations.find(({ id }) => id === use.operation),
    versions: (id) =>
      connectors
        .filter((candidate) => candidate.id === id)
        .map(({ version }) => version)
        .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })),
  };
}
