import { expect, test } from 'vitest';
import { fieldLines } from './fields.ts';

const paths = (...schema: Parameters<typeof fieldLines>) => fieldLines(...schema).map(({ path, required }) => `${path}${required ? '!' : ''}`);

test('the fields of an object, of what is inside of it and of the items of lists', () => {
  expect(
    paths({
      type: 'object',
      required: ['id'],
      properties: {
        id: { type: 'string' },
        lines: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' } } } },
        to: { $ref: '#/$defs/address', title: 'To' },
      },
      $defs: { address: { type: 'object', required: ['city'], properties: { city: { type: 'string' } } } },
    }),
  ).toEqual(['id!', 'lines', 'lines[].sku', 'to', 'to.city!']);
});

test('a schema that names itself ends, one of nothing has no fields, and the items of a list that is all have theirs', () => {
  const node = { type: 'object', properties: { next: { $ref: '#/$defs/node' } } } as const;
  expect(paths({ ...node, $defs: { node } })).toEqual(['next', 'next.next', 'next.next.next', 'next.next.next.next']);
  expect(paths({})).toEqual([]);
  expect(paths({ type: 'array', items: { type: 'object', properties: { a: {} } } })).toEqual(['[].a']);
});
