import { defined } from '@weft/json-schema';
import type { z } from 'zod';
import type { AuthScheme, ConnectorDescriptor } from '../descriptor.ts';
import type { Connector } from '../runtime.ts';
import type { DefinedOperation } from './define-operation.ts';
import { publishSchema } from './publish-schema.ts';

export interface ConnectorDefinition {
  /** The name of the connector's folder: lower case, digits and hyphens. */
  id: string;
  /** Semantic version. Steps pin it; a published version never changes. */
  version: string;
  title: string;
  description?: string;
  /** An SVG document drawn in currentColor on a 24 × 24 grid. */
  icon: string;
  categories: string[];
  /** The first is offered first. Default none: the connector needs no connection. */
  auth?: AuthScheme[];
  /** What a connection holds besides credentials: a host name, a database. */
  connectionConfig?: z.ZodObject;
  operations: DefinedOperation[];
  /** Default: it reaches nothing but the host of its connection, and no data class is named. */
  governance?: Partial<ConnectorDescriptor['governance']>;
  lifecycle?: ConnectorDescriptor['lifecycle'];
  author?: string;
  /** Default Apache-2.0. */
  licence?: string;
  /** Default `curated`. */
  tier?: ConnectorDescriptor['tier'];
  /** Calls the service once with a connection's credentials. @returns a sentence, shown as success. */
  testConnection?: Connector['testConnection'];
  /** Files that it can show as a table. Default: none. */
  tables?: Connector['tables'];
  /** `process` for code that others have written for what others have made: drivers, parsers. The host runs it in a process of its own. */
  isolation?: Connector['isolation'];
}

/**
 * A native connector: the descriptor everybody sees and the code behind it, from one declaration.
 * @throws {TypeError} when two operations share an id.
 */
export function defineConnector(definition: ConnectorDefinition): Connector {
  const { id, version, title, description, icon, categories, connectionConfig, lifecycle, author, testConnection, tables, isolation } = definition;
  const operations: Connector['operations'] = {};
  for (const { operation, runtime } of definition.operations) {
    if (Object.hasOwn(operations, operation.id)) throw new TypeError(`The connector ${id} has two operations with the id "${operation.id}".`);
    operations[operation.id] = runtime;
  }
  return defined({
    descriptor: defined({
      contract: '1',
      id,
      version,
      title,
      description,
      icon,
      categories,
      runtime: { kind: 'native' },
      provenance: defined({ origin: 'hand', author, licence: definition.licence ?? 'Apache-2.0' }),
      tier: definition.tier ?? 'curated',
      ...(connectionConfig !== undefined && { connectionConfig: publishSchema(connectionConfig, 'input', `the connection of ${id}`) }),
      auth: definition.auth ?? [],
      operations: definition.operations.map(({ operation }) => operation),
      governance: { allowedHosts: [], dataClasses: [], ...definition.governance },
      lifecycle,
    }),
    operations,
    testConnection,
    tables,
    isolation,
  });
}
