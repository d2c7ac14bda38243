import { schemaAt, type Json } from '@weft/json-schema';
import type { Operation } from '@weft/connector-sdk';
import type { ForEachStep } from '../document.ts';
import { repeatOf } from '../effects/repeat-of.ts';
import { withInner } from '../edit/remove-steps.ts';
import { stepOf } from '../graph/step-graph.ts';
import { kindOf } from '../kinds/kind-of.ts';
import { operationsOf } from '../kinds/parts-of.ts';
import type { Problem } from '../problem.ts';
import { say } from '../sentences.en.ts';
import { forEachStep, named, type Check } from './check.ts';

/** A loop over a stream can run batch by batch, and the effect of a repeated batch is known. */
export const streams = forEachStep((check, stepId, step) => {
  if (step.kind !== 'forEach' || !step.source) return [];
  const inner = [...withInner(check.flow, [stepId])].filter((id) => id !== stepId);
  return [
    ...restarts(check, stepId, step),
    ...inner.flatMap((id) => [...refused(check, id), ...repeats(check, id)]),
  ];
});

/** A run parks, answers or calls another flow once; a stream has millions of records. */
function refused({ flow }: Check, stepId: string): Problem[] {
  const step = stepOf(flow, stepId);
  const inStream = step && kindOf(step).inStream;
  const said = typeof inStream === 'function' ? inStream(step!) : undefined;
  return said ? [{ code: 'stream.refused', severity: 'error', stepId, path: ['in'], ...said }] : [];
}

function restarts({ catalogue }: Check, stepId: string, { title, source }: ForEachStep): Problem[] {
  const operation = source && catalogue.operation(source.use);
  if (!operation?.stream || isResumable(operation, source?.config)) return [];
  const path = ['source', ...(operation.stream.unless ? ['config', operation.stream.unless.config] : [])];
  return [
    { code: 'stream.restarts', severity: 'warning', stepId, path, ...say('flow.stream.restarts', { step: named(title), operation: named(operation.title) }) },
  ];
}

function repeats({ flow, catalogue }: Check, stepId: string): Problem[] {
  const step = stepOf(flow, stepId);
  const actions = step ? operationsOf(step).filter(({ role }) => role === 'action') : [];
  return actions.flatMap(({ path, operation: { use, config } }): Problem[] => {
    const operation = catalogue.operation(use);
    if (!operation || repeatOf(operation, config) !== 'unsafe') return [];
    if (operation.stream?.role === 'sink' && isResumable(operation, config)) return [];
    const said = say('flow.stream.unsafe', { step: named(step?.title), operation: named(operation.title) });
    return [{ code: 'stream.unsafe', severity: 'warning', stepId, path: [...path, 'use'], ...said }];
  });
}

/** Whether a stream goes on there after an interruption, with these settings. */
export function isResumable({ stream, config: schema }: Operation, config: Record<string, Json> | undefined): boolean {
  if (!stream?.resumable) return false;
  if (!stream.unless) return true;
  const value = config?.[stream.unless.config] ?? schemaAt(schema ?? {}, [stream.unless.config])?.default;
  return value !== stream.unless.is;
}
