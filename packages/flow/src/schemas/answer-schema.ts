import type { JsonSchema } from '@weft/json-schema';

/** What a respond step fills: the answer of an answer-when-finished webhook. */
export const answerSchema: JsonSchema = {
  type: 'object',
  properties: {
    status: { type: 'integer', title: 'Status', description: '200 where it is left out.', minimum: 200, maximum: 599 },
    headers: {
      type: 'object',
      title: 'Headers',
      description: 'A list is sent as one header with commas.',
      additionalProperties: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
      'x-widget': 'keyValue',
    },
    body: { title: 'Body', 'x-open': true },
  },
  additionalProperties: false,
};

/** What a loop gives when all its items are done. `items` holds what `collect` gave, in the order of the list. */
export const loopOutputSchema = (collected: JsonSchema | undefined): JsonSchema => ({
  type: 'object',
  properties: {
    items: { type: 'array', title: 'Collected', ...(collected ? { items: collected } : { maxItems: 0 }) },
    succeeded: { type: 'integer', title: 'Items that succeeded', minimum: 0 },
    failed: { type: 'integer', title: 'Items that failed', minimum: 0 },
    skipped: { type: 'integer', title: 'Items that a filter ended', minimum: 0 },
    errors: {
      type: 'array',
      title: 'Errors',
      items: {
        type: 'object',
        properties: { index: { type: 'integer', minimum: 0 }, message: { type: 'string' }, kind: { type: 'string' }, step: { type: 'string' } },
        required: ['index', 'message', 'kind'],
      },
    },
  },
  required: ['items', 'succeeded', 'failed', 'skipped', 'errors'],
});

/** What a loop over a stream gives when its source is read to the end. `items` are the first that `collect` gave. */
export const streamOutputSchema = (collected: JsonSchema | undefined): JsonSchema => ({
  type: 'object',
  properties: {
    read: { type: 'integer', title: 'Records read', minimum: 0 },
    succeeded: { type: 'integer', title: 'Records that succeeded', minimum: 0 },
    failed: { type: 'integer', title: 'Records that failed', minimum: 0 },
    skipped: { type: 'integer', title: 'Records that a filter ended', minimum: 0 },
    seconds: { type: 'number', title: 'Seconds it took', minimum: 0 },
    ...(collected && { items: { type: 'array', title: 'Collected', description: 'At most the first 1,000.', items: collected } }),
  },
  required: ['read', 'succeeded', 'failed', 'skipped', 'seconds', ...(collected ? ['items'] : [])],
});

/** What steps behind an error port read of the failure, beside what the step gives when it succeeds. */
export function withFailure(output: JsonSchema): JsonSchema {
  if (output.type !== 'object' || (output.properties && Object.hasOwn(output.properties, 'error'))) return output;
  const error: JsonSchema = {
    type: 'object',
    title: 'What went wrong',
    description: 'Only where the step failed.',
    properties: { message: { type: 'string', title: 'Message' }, kind: { type: 'string', title: 'Kind' } },
    required: ['message', 'kind'],
  };
  return { ...output, properties: { ...output.properties, error } };
}
