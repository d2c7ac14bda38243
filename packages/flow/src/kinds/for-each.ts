import type { Json, JsonObject, JsonSchema } from '@weft/json-schema';
import { may, must, number, object, oneOf } from '@weft/json-schema/read';
import { type Expression, type MappingDocument, readExpression, readMapping, references } from '@weft/mapping';
import { ports } from '../graph/port.ts';
import { named } from '../problems/check.ts';
import { loopOutputSchema, streamOutputSchema } from '../schemas/answer-schema.ts';
import type { FlowView, StepSample } from '../schemas/flow-view.ts';
import { allReal, expressionSchema, valueOf } from '../schemas/scope.ts';
import { say } from '../sentences.en.ts';
import { operationShape, samples, schema } from './base-shape.ts';
import { itemName } from './item-name.ts';
import { defineKind } from './kind.ts';
import type { Part } from './part.ts';
import type { OperationUse, Sample, StepBase } from './step-base.ts';

/** A container: steps whose `in` names it run once per item. */
export interface ForEachStep extends StepBase {
  kind: 'forEach';
  /** The list to go through; not used where there is a `source`. */
  items?: Expression;
  /** Goes through a stream instead of a list: its records are read batch by batch and never held all at once. */
  source?: StreamSource;
  /** Records read, written and committed together, 1–10,000. Default 500. Streams only. */
  batchSize?: number;
  /** The name inner steps use for the current item. */
  as: string;
  /** Items at once, 1–50. Default 1. */
  concurrency?: number;
  /** `stop` (default) fails the run at the first failed item; `skip` and `collect` go on, `collect` keeps the errors. */
  onItemError?: 'stop' | 'skip' | 'collect';
  /** What each item adds to the output's `items`; paths may start with inner steps and `as`. Of a stream at most the first 1,000. */
  collect?: Expression;
}

/** Where a loop reads its records from: an operation whose `stream.role` is `source`. */
export interface StreamSource extends OperationUse {
  input?: MappingDocument;
  /** What one record looks like, as it was read from the source; describes what the operation leaves open. */
  record?: JsonSchema;
  /** Records that were seen; the first one is shown while mapping. */
  samples?: Sample[];
}

export const forEach = defineKind<ForEachStep>({
  shape: {
    items: may(readExpression),
    source: may(object<StreamSource>({ ...operationShape, input: may(readMapping), record: may(schema), samples: may(samples) })),
    batchSize: may(number(1, 10_000, true)),
    as: must(itemName),
    concurrency: may(number(1, 50, true)),
    onItemError: may(oneOf('stop', 'skip', 'collect')),
    collect: may(readExpression),
  },
  ports: () => [ports.next],
  goesOnByItself: true,
  parts: ({ as, items, source, collect }): Part[] => [
    { path: ['as'], name: as },
    { path: ['items'], expression: items, expect: { type: 'array' }, unused: source !== undefined },
    { path: ['collect'], expression: collect, readsInside: true },
    ...(source
      ? [
          { path: ['source'], operation: source, role: 'source' as const },
          { path: ['source', 'input'], mapping: source.input },
        ]
      : []),
  ],
  target: ({ source }, catalogue) => source && catalogue.operation(source.use)?.input,
  output: ({ source, collect }, view, stepId) =>
    (source ? streamOutputSchema : loopOutputSchema)(collect && expressionSchema(collect, view.collectSources(stepId))),
  sample,
  problems: ({ title, source, items }, _check, stepId) =>
    source || items ? [] : [{ code: 'loop.items', severity: 'error', stepId, path: ['items'], ...say('flow.loop.items', { step: named(title) }) }],
  mayFail: false,
  inStream: ({ title, source }) => (source ? say('flow.stream.refused.stream', { step: named(title) }) : undefined),
  runsAlone: false,
});

function sample({ source, collect }: ForEachStep, view: FlowView, stepId: string): StepSample {
  const sources = collect ? view.collectSources(stepId) : [];
  const collected = collect && valueOf(collect, sources);
  const items: Json[] = collected === undefined ? [] : [collected];
  const value: JsonObject = source
    ? { read: 1, succeeded: 1, failed: 0, skipped: 0, seconds: 1, ...(collect && { items }) }
    : { items, succeeded: 1, failed: 0, skipped: 0, errors: [] };
  return { value, real: collect ? allReal(references(collect), sources) : true };
}
