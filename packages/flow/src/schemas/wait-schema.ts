import { inferSchema, type JsonSchema } from '@weft/json-schema';
import type { WaitStep } from '../document.ts';

const resumedAt: JsonSchema = { type: 'string', format: 'date-time', title: 'Went on at' };

/** What a wait for a time or a date gives. */
export const waitOutput: JsonSchema = { type: 'object', properties: { resumedAt }, required: ['resumedAt'] };

/** What a wait for a signal gives: beside the moment, what the signal brought; nothing of it where the time ran out or somebody skipped the wait. */
export function signalOutput({ schemas, samples = [] }: WaitStep): JsonSchema {
  const learned = samples.length > 0 ? inferSchema(samples.map(({ output }) => output)) : undefined;
  const payload = schemas?.output ?? learned?.properties?.['payload'] ?? {};
  return { type: 'object', properties: { resumedAt, payload: { title: 'What the signal brought', ...payload } }, required: ['resumedAt'] };
}

/** What an approval gives, whichever way it was decided. */
export const approvalOutput: JsonSchema = {
  type: 'object',
  properties: {
    approved: { type: 'boolean', title: 'Approved' },
    comment: { type: 'string', title: 'Comment' },
    decidedBy: {
      type: ['object', 'null'],
      title: 'Decided by',
      description: 'Null where the time ran out.',
      properties: { id: { type: 'string' }, name: { type: 'string', title: 'Name' }, email: { type: 'string', title: 'E-mail' } },
      required: ['id', 'name', 'email'],
    },
    decidedAt: { type: 'string', format: 'date-time', title: 'Decided at' },
  },
  required: ['approved', 'comment', 'decidedBy', 'decidedAt'],
};
