import { expect, test } from 'vitest';
import { queueKey } from './queue-key.ts';

const keyed = (...key: string[]) => ({ settings: { concurrency: { key } } });
const order = { body: { customer: { id: 'C-7' }, lines: [{ sku: 'a' }], total: 7, none: null } };

test('the key is the value at the path of the trigger’s output, and a number is no text', () => {
  expect(queueKey(keyed('trigger', 'body', 'customer', 'id'), order)).toBe('"C-7"');
  expect(queueKey(keyed('trigger', 'body', 'total'), order)).toBe('7');
  expect(queueKey(keyed('trigger', 'body', 'lines', '0', 'sku'), order)).toBe('"a"');
  expect(queueKey(keyed('trigger', 'body', 'customer'), order)).toBe('{"id":"C-7"}');
});

test('without a path, or without a value there, a run waits for nobody', () => {
  expect(queueKey({}, order)).toBeUndefined();
  expect(queueKey(keyed('trigger'), order)).toBeUndefined();
  for (const field of ['gone', 'none', 'constructor', '__proto__']) expect(queueKey(keyed('trigger', 'body', field), order)).toBeUndefined();
});

test('a long value is cut', () => {
  expect(queueKey(keyed('trigger', 'text'), { text: 'x'.repeat(1_000) })).toHaveLength(200);
});
