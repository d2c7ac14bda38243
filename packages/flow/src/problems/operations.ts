import type { ConnectorDescriptor } from '@weft/connector-sdk';
import type { ActionStep, TriggerStep } from '../document.ts';
import type { Fix, Problem } from '../problem.ts';
import { updateStep } from '../edit/add-step.ts';
import { forEachStep, quoted, type Check } from './check.ts';

/** Steps use operations that exist, of the right kind, with the connection they need. */
export const operations = forEachStep((check, stepId, step) => {
  if (step.kind !== 'trigger' && step.kind !== 'action') return [];
  const connector = check.catalogue.connector(step.use);
  const operation = check.catalogue.operation(step.use);
  if (!connector || !operation) return [unknown(check, stepId, step, connector)];
  const found: Problem[] = [];
  if (operation.kind !== step.kind) {
    const message =
      operation.kind === 'trigger'
        ? `${quoted(operation.title)} starts flows and cannot stand in the middle of one: use another operation.`
        : `${quoted(operation.title)} cannot start a flow: choose a trigger.`;
    found.push({ code: 'operation.kind', severity: 'error', stepId, path: ['use'], message });
  }
  if (operation.connection === 'required' && !step.connection) {
    const message = `${quoted(step.title)} needs a connection to ${connector.title}: choose or add one.`;
    found.push({ code: 'connection.missing', severity: 'error', stepId, path: ['connection'], message });
  }
  const { deprecatedOn, removeOn, replacedBy } = connector.lifecycle ?? {};
  if (deprecatedOn !== undefined) {
    const until = removeOn === undefined ? '' : ` and goes away on ${removeOn}`;
    const instead = replacedBy === undefined ? 'look for another one' : `use ${replacedBy} instead`;
    const message = `${connector.title} ${connector.version} is no longer developed${until}: ${instead}.`;
    found.push({ code: 'operation.deprecated', severity: 'warning', stepId, path: ['use'], message });
  }
  return found;
});

function unknown({ catalogue }: Check, stepId: string, { title, use }: TriggerStep | ActionStep, connector?: ConnectorDescriptor): Problem {
  const problem = (code: string, message: string, fixes?: Fix[]): Problem => ({
    code,
    severity: 'error',
    stepId,
    path: ['use'],
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
    .map((version): Fix => ({ title: `Use version ${version}`, apply: (flow) => updateStep(flow, stepId, { use: { ...use, version } }) }));
  const message = `${quoted(title)} uses version ${use.version} of “${use.connector}”, which is not installed here. Installed: ${versions.join(', ')}.`;
  return problem('operation.version', message, fixes);
}
