import { schemaAt, type Json } from '@weft/json-schema';
import type { Operation } from '@weft/connector-sdk';
import type { ForEachStep, Step } from '../document.ts';
import { repeatOf } from '../effects/repeat-of.ts';
import { withInner } from '../edit/remove-steps.ts';
import { stepOf } from '../graph/step-graph.ts';
import type { Problem } from '../problem.ts';
import { forEachStep, quoted, type Check } from './check.ts';

/** A loop over a stream can be read and done batch by batch, and what happens when a batch is repeated is known. */
export const streams = forEachStep((check, stepId, step) => {
  if (step.kind !== 'forEach' || !step.source) return [];
  const inner = [...withInner(check.flow, [stepId])].filter((id) => id !== stepId);
  return [
    ...restarts(check, stepId, step),
    ...inner.flatMap((id) => [...refused(check, id), ...repeats(check, id)]),
  ];
});

/** A run parks, answers or calls another flow once; a stream has millions of records. */
const why: Partial<Record<string, string>> = {
  respond: 'answers, and a run answers once',
  wait: 'waits, and a stream would stand still for every record',
  approval: 'asks people, and a stream would ask for every record',
  subflow: 'calls a flow, and a stream would start a run for every record',
};

function refused({ flow }: Check, stepId: string): Problem[] {
  const step = stepOf(flow, stepId);
  const reason = step && whyNot(step);
  if (reason === undefined) return [];
  const message = `${quoted(step?.title)} ${reason}: move it out of the loop, or go through a list instead.`;
  return [{ code: 'stream.refused', severity: 'error', stepId, path: ['in'], message }];
}

const whyNot = (step: Step): string | undefined => (step.kind === 'forEach' && step.source ? 'reads a stream for every record of another one' : why[step.kind]);

function restarts({ catalogue }: Check, stepId: string, { title, source }: ForEachStep): Problem[] {
  const operation = source && catalogue.operation(source.use);
  if (!operation?.stream || isResumable(operation, source?.config)) return [];
  const message = `${quoted(title)} starts again from the beginning when it is interrupted: ${quoted(operation.title)} cannot go on in the middle with these settings.`;
  return [{ code: 'stream.restarts', severity: 'warning', stepId, path: ['source', ...(operation.stream.unless ? ['config', operation.stream.unless.config] : [])], message }];
}

function repeats({ flow, catalogue }: Check, stepId: string): Problem[] {
  const step = stepOf(flow, stepId);
  const operation = step?.kind === 'action' ? catalogue.operation(step.use) : undefined;
  if (step?.kind !== 'action' || !operation || repeatOf(operation, step.config) !== 'unsafe') return [];
  if (operation.stream?.role === 'sink' && isResumable(operation, step.config)) return [];
  const message = `${quoted(step.title)} may act twice on the records of one batch when the run is interrupted: ${quoted(operation.title)} has no key to know them again. Choose one that updates by a key where that matters.`;
  return [{ code: 'stream.unsafe', severity: 'warning', stepId, path: ['use'], message }];
}

/** Whether a stream goes on there after an interruption, with these settings. */
export function isResumable({ stream, config: schema }: Operation, config: Record<string, Json> | undefined): boolean {
  if (!stream?.resumable) return false;
  if (!stream.unless) return true;
  const value = config?.[stream.unless.config] ?? schemaAt(schema ?? {}, [stream.unless.config])?.default;
  return value !== stream.unless.is;
}
