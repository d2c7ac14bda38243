import type { ConnectorDescriptor, Operation } from '@weft/connector-sdk';
import { equal, type Json, withDefaults, isObject } from '@weft/json-schema';
import type { Said } from '@weft/sentences';
import { connectionTakenOut, type FlowDocument, type OperationRef, type Step } from '../document.ts';
import type { Fix, Problem } from '../problem.ts';
import { stepOf } from '../graph/step-graph.ts';
import type { OperationPart, OperationRole } from '../kinds/part.ts';
import { operationsOf, withAt } from '../kinds/parts-of.ts';
import { fix, say } from '../sentences.en.ts';
import { forEachStep, named, type Check } from './check.ts';

/** Steps use operations that exist, of the right kind, with the connection they need. */
export const operations = forEachStep((check, stepId, step) => operationsOf(step).flatMap((part) => usedOperation(check, stepId, step, part)));

const roleOf = ({ kind, trigger }: Operation): Operation['kind'] | OperationRole => (trigger?.strategy === 'signal' ? 'signal' : kind);

function usedOperation(check: Check, stepId: string, step: Step, part: OperationPart): Problem[] {
  const { path, role } = part;
  const { use, connection, config } = part.operation;
  const connector = check.catalogue.connector(use);
  const operation = check.catalogue.operation(use);
  if (!connector || !operation) return [unknown(check, stepId, step, part, connector)];
  const found: Problem[] = [];
  if (roleOf(operation) !== role) {
    found.push({ code: 'operation.kind', severity: 'error', stepId, path: [...path, 'use'], ...wrongRole(operation, role) });
  }
  if (connection === connectionTakenOut) {
    found.push({
      code: 'connection.missing',
      severity: 'error',
      stepId,
      path: [...path, 'connection'],
      ...say('flow.connection.takenOut', { step: named(step.title), connector: connector.title }),
    });
  } else if (!connection && needsConnection(operation, config)) {
    const said =
      operation.connection === 'required'
        ? say('flow.connection.missing', { step: named(step.title), connector: connector.title })
        : say('flow.connection.missing.secret', { step: named(step.title) });
    found.push({ code: 'connection.missing', severity: 'error', stepId, path: [...path, 'connection'], ...said });
  }
  const said = nearItsEnd(connector);
  if (said) found.push({ code: 'operation.deprecated', severity: 'warning', stepId, path: [...path, 'use'], ...said });
  return found;
}

/** Whether a connection must be chosen: always, or with these settings. */
export function needsConnection({ connection, connectionUnless, config: schema }: Operation, config: Record<string, Json> | undefined): boolean {
  if (connection !== 'optional' || !connectionUnless) return connection === 'required';
  const settings = schema ? withDefaults(schema, config ?? {}) : config;
  return isObject(settings) && !equal(settings[connectionUnless.config] ?? null, connectionUnless.is);
}

function nearItsEnd({ title: connector, version, lifecycle }: ConnectorDescriptor): Said | undefined {
  const { deprecatedOn, removeOn: until, replacedBy: instead } = lifecycle ?? {};
  if (deprecatedOn === undefined) return undefined;
  if (until !== undefined && instead !== undefined) return say('flow.operation.deprecated.untilInstead', { connector, version, until, instead });
  if (until !== undefined) return say('flow.operation.deprecated.until', { connector, version, until });
  return instead === undefined
    ? say('flow.operation.deprecated', { connector, version })
    : say('flow.operation.deprecated.instead', { connector, version, instead });
}

function wrongRole({ title, kind }: Operation, wanted: OperationRole): Said {
  const operation = named(title);
  if (wanted === 'trigger') return say('flow.operation.kind.trigger', { operation });
  if (wanted === 'signal') return say('flow.operation.kind.signal', { operation });
  if (kind === 'trigger') return say('flow.operation.kind.starts', { operation });
  return wanted === 'source' ? say('flow.operation.kind.source', { operation }) : say('flow.operation.kind.action', { operation });
}

function unknown({ catalogue }: Check, stepId: string, { title }: Step, part: OperationPart, connector?: ConnectorDescriptor): Problem {
  const { use } = part.operation;
  const step = named(title);
  const problem = (code: string, said: Said, fixes?: Fix[]): Problem => ({ code, severity: 'error', stepId, path: [...part.path, 'use'], ...said, fixes });
  if (connector) return problem('operation.unknown', say('flow.operation.unknown', { connector: connector.title, operation: use.operation, step }));
  const versions = catalogue.versions?.(use.connector) ?? [];
  if (versions.length === 0) return problem('operation.unknown', say('flow.operation.uninstalled', { step, connector: use.connector }));
  const fixes = versions
    .filter((version) => catalogue.operation({ ...use, version }))
    .slice(-1)
    .map((version) => fix(say('flow.fix.version', { version }), (flow) => withUse(flow, stepId, part, { ...use, version })));
  return problem(
    'operation.version',
    say('flow.operation.version', { step, version: use.version, connector: use.connector, versions: versions.join(', ') }),
    fixes,
  );
}

function withUse(flow: FlowDocument, stepId: string, { path }: OperationPart, use: OperationRef): FlowDocument {
  const step = stepOf(flow, stepId);
  return step ? { ...flow, steps: { ...flow.steps, [stepId]: withAt(step, [...path, 'use'], use) } } : flow;
}
