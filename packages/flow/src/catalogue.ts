import type { ConnectorDescriptor, Operation } from '@weft/connector-sdk';
import type { JsonSchema } from '@weft/json-schema';
import type { OperationRef } from './document.ts';
import type { Repeat } from './effects/repeat-of.ts';

/** The connectors a flow may use; the browser and the server each make one from the same descriptors. */
export interface Catalogue {
  connector(use: OperationRef): ConnectorDescriptor | undefined;
  operation(use: OperationRef): Operation | undefined;
  /** The versions of a connector that there are, oldest first; offers a way out where a version is missing. */
  versions?(connector: string): string[];
  /** A flow of the workspace that a step may call; absent where flows are looked at without their workspace. */
  flow?(flowId: string): CallableFlow | undefined;
}

/** A flow as the ones see it that call it. */
export interface CallableFlow {
  id: string;
  title: string;
  /** The version that is called; null before the first publishing, when it is the draft that is described here. */
  published: number | null;
  /** False where it is switched off: then a call fails. */
  enabled: boolean;
  /** Its trigger takes what a caller gives. */
  callable: boolean;
  /** What it takes, and what it answers. */
  input: JsonSchema;
  output: JsonSchema;
  /** Flows that it calls itself. */
  calls: string[];
  /** What it means to call it once more: the most harmful of its steps. */
  repeat: Repeat;
}

export function catalogueOf(connectors: readonly ConnectorDescriptor[], flows?: readonly CallableFlow[]): Catalogue {
  const byId = flows && new Map(flows.map((flow) => [flow.id, flow]));
  const byVersion = new Map(connectors.map((connector) => [`${connector.id}@${connector.version}`, connector]));
  const connector = (use: OperationRef) => byVersion.get(`${use.connector}@${use.version}`);
  return {
    connector,
    flow: byId && ((flowId) => byId.get(flowId)),
    operation: (use) => connector(use)?.operations.find(({ id }) => id === use.operation),
    versions: (id) =>
      connectors
        .filter((candidate) => candidate.id === id)
        .map(({ version }) => version)
        .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })),
  };
}
