import type { ConnectorDescriptor, Operation } from '@weft/connector-sdk';
import type { OperationRef, StreamSource } from '@weft/flow';
import type { JsonObject } from '@weft/json-schema';
import { startingConfig } from './starting-config.ts';

/** Something a loop can read record by record. */
export interface SourceItem {
  connector: ConnectorDescriptor;
  operation: Operation;
  use: OperationRef;
  /** Settings that are known already. */
  config?: JsonObject;
}

/** Internal operations are a connector's own matter. */
export const isOffered = ({ operation: { visibility } }: { operation: Operation }): boolean => visibility !== 'internal';

/** A comparator: advanced operations stand behind primary ones, in lists and among what is found equally well. */
export const primaryFirst = (a: { operation: Operation }, b: { operation: Operation }): number => rank[a.operation.visibility] - rank[b.operation.visibility];

const rank: Record<Operation['visibility'], number> = { primary: 0, advanced: 1, internal: 2 };

/** Every source of the connectors, advanced ones last; internal ones are not offered. */
export function sourceItems(connectors: readonly ConnectorDescriptor[]): SourceItem[] {
  return connectors.flatMap((connector) =>
    connector.operations
      .filter(({ kind }) => kind === 'source')
      .map((operation) => ({ connector, operation, use: { connector: connector.id, version: connector.version, operation: operation.id } })),
  ).filter(isOffered).toSorted(primaryFirst);
}

/** A source that begins with the form's defaults, and with what is known already. */
export function newSource({ use, operation, config: known }: Pick<SourceItem, 'use' | 'operation' | 'config'>): StreamSource {
  const config = { ...startingConfig(operation), ...known };
  return { use, ...(Object.keys(config).length > 0 && { config }) };
}

/** Inside of a sentence: "Rows of a CSV file" → "rows of a CSV file", but "NDJSON lines" stay as they are. */
export const lowerFirst = (text: string): string => (/^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text);

/** What one record is called in the flow: "Row" → `row`. */
export const recordName = ({ output }: Operation, otherwise: string): string => (output.title ?? '').toLowerCase().replace(/[^\p{L}\p{N}_]/gu, '') || otherwise;
