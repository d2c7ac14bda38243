import type { ConnectorDescriptor, Operation } from '@weft/connector-sdk';
import { equal, type Json, withDefaults, isObject } from '@weft/json-schema';
import type { FlowDocument, OperationRef } from '../document.ts';
import type { Fix, Problem } from '../problem.ts';
import { updateStep } from '../edit/add-step.ts';
import { stepOf } from '../graph/step-graph.ts';
import { forEachStep, quoted, type Check } from './check.ts';

/** Steps use operations that exist, of the right kind, with the connection they need. */
export const operations = forEachStep((check, stepId, step) => {
  if (step.kind === 'forEach' && step.source) {
    const { use, connection, config } = step.source;
    return usedOperation(check, stepId, { title: step.title, kind: 'source', use, connection, config, at: ['source'] });
  }
  if (step.kind === 'wait' && step.mode === 'signal' && step.sender) {
    const { use, connection, config } = step.sender;
    return usedOperation(check, stepId, { title: step.title, kind: 'signal', use, connection, config, at: ['sender'] });
  }
  if (step.kind !== 'trigger' && step.kind !== 'action') return [];
  const { title, kind, use, connection, config } = step;
  return usedOperation(check, stepId, { title, kind, use, connection, config, at: [] });
});

/** What an operation is for. A signal is received as a trigger is, and starts nothing. */
type Kind = Operation['kind'] | 'signal';
const kindOf = ({ kind, trigger }: Operation): Kind => (trigger?.strategy === 'signal' ? 'signal' : kind);

interface Used {
  title: string;
  kind: Kind;
  use: OperationRef;
  connection: string | undefined;
  config: Record<string, Json> | undefined;
  /** Where in the step it stands. */
  at: string[];
}

function usedOperation(check: Check, stepId: string, used: Used): Problem[] {
  const connector = check.catalogue.connector(used.use);
  const operation = check.catalogue.operation(used.use);
  if (!connector || !operation) return [unknown(check, stepId, used, connector)];
  const found: Problem[] = [];
  if (kindOf(operation) !== used.kind) {
    found.push({ code: 'operation.kind', severity: 'error', stepId, path: [...used.at, 'use'], message: wrongKind(operation, used.kind) });
  }
  if (!used.connection && needsConnection(operation, used.config)) {
    const why = operation.connection === 'required' ? `needs a connection to ${connector.title}` : 'checks who calls, and needs a connection that holds the secret';
    const message = `${quoted(used.title)} ${why}: choose or add one.`;
    found.push({ code: 'connection.missing', severity: 'error', stepId, path: [...used.at, 'connection'], message });
  }
  const { deprecatedOn, removeOn, replacedBy } = connector.lifecycle ?? {};
  if (deprecatedOn !== undefined) {
    const until = removeOn === undefined ? '' : ` and goes away on ${removeOn}`;
    const instead = replacedBy === undefined ? 'look for another one' : `use ${replacedBy} instead`;
    const message = `${connector.title} ${connector.version} is no longer developed${until}: ${instead}.`;
    found.push({ code: 'operation.deprecated', severity: 'warning', stepId, path: [...used.at, 'use'], message });
  }
  return found;
}

/** Whether a connection must be chosen: always, or with these settings. */
export function needsConnection({ connection, connectionUnless, config: schema }: Operation, config: Record<string, Json> | undefined): boolean {
  if (connection !== 'optional' || !connectionUnless) return connection === 'required';
  const settings = schema ? withDefaults(schema, config ?? {}) : config;
  return isObject(settings) && !equal(settings[connectionUnless.config] ?? null, connectionUnless.is);
}

function wrongKind({ title, kind }: Operation, wanted: Kind): string {
  if (wanted === 'trigger') return `${quoted(title)} cannot start a flow: choose a trigger.`;
  if (wanted === 'signal') return `${quoted(title)} receives no signals: choose again who may send it.`;
  if (kind === 'trigger') return `${quoted(title)} starts flows and cannot stand in the middle of one: use another operation.`;
  return wanted === 'source'
    ? `${quoted(title)} cannot be read record by record: choose a source.`
    : `${quoted(title)} is read by a loop and does nothing on its own: choose it as the source of a “For each”.`;
}

function unknown({ catalogue }: Check, stepId: string, { title, use, at }: Used, connector?: ConnectorDescriptor): Problem {
  const problem = (code: string, message: string, fixes?: Fix[]): Problem => ({
    code,
    severity: 'error',
    stepId,
    path: [...at, 'use'],
    message,
    ...(fixes && { fixes }),
  });
  if (connector) {
    return problem('operation.unknown', `${connector.title} has no operation “${use.operation}”: choose another one for ${quoted(title)}.`);
  }
  const versions = catalogue.versions?.(use.connector) ?? [];
  if (versions.length === 0) {
    return problem('operation.unknown', `${quoted(title)} uses the connector “${use.connector}”, which is not installed here: install it or use another one.`);
  }
  const fixes = versions
    .filter((version) => catalogue.operation({ ...use, version }))
    .slice(-1)
    .map((version): Fix => ({ title: `Use version ${version}`, apply: (flow) => withVersion(flow, stepId, { ...use, version }) }));
  const message = `${quoted(title)} uses version ${use.version} of “${use.connector}”, which is not installed here. Installed: ${versions.join(', ')}.`;
  return problem('operation.version', message, fixes);
}

function withVersion(flow: FlowDocument, stepId: string, use: OperationRef): FlowDocument {
  const step = stepOf(flow, stepId);
  return step?.kind === 'forEach' ? updateStep(flow, stepId, { source: { ...step.source, use } }) : updateStep(flow, stepId, { use });
}
