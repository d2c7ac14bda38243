import type { ConnectorDescriptor, Operation } from '@weft/connector-sdk';
import type { FlowDocument, OperationRef } from '../document.ts';
import type { Fix, Problem } from '../problem.ts';
import { updateStep } from '../edit/add-step.ts';
import { stepOf } from '../graph/step-graph.ts';
import { forEachStep, quoted, type Check } from './check.ts';

/** Steps use operations that exist, of the right kind, with the connection they need. */
export const operations = forEachStep((check, stepId, step) => {
  if (step.kind === 'forEach' && step.source) {
    const { use, connection } = step.source;
    return usedOperation(check, stepId, { title: step.title, kind: 'source', use, connection, at: ['source'] });
  }
  if (step.kind !== 'trigger' && step.kind !== 'action') return [];
  const { title, kind, use, connection } = step;
  return usedOperation(check, stepId, { title, kind, use, connection, at: [] });
});

interface Used {
  title: string;
  kind: Operation['kind'];
  use: OperationRef;
  connection: string | undefined;
  /** Where in the step it stands. */
  at: string[];
}

function usedOperation(check: Check, stepId: string, used: Used): Problem[] {
  const connector = check.catalogue.connector(used.use);
  const operation = check.catalogue.operation(used.use);
  if (!connector || !operation) return [unknown(check, stepId, used, connector)];
  const found: Problem[] = [];
  if (operation.kind !== used.kind) {
    found.push({ code: 'operation.kind', severity: 'error', stepId, path: [...used.at, 'use'], message: wrongKind(operation, used.kind) });
  }
  if (operation.connection === 'required' && !used.connection) {
    const message = `${quoted(used.title)} needs a connection to ${connector.title}: choose or add one.`;
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

function wrongKind({ title, kind }: Operation, wanted: Operation['kind']): string {
  if (wanted === 'trigger') return `${quoted(title)} cannot start a flow: choose a trigger.`;
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
