import { expect, test } from 'vitest';
import { runTitle } from './run-title.ts';

const titled = (...path: string[]) => ({ settings: { runTitle: path } });
const order = { body: { id: 2003, name: '  #2003\n of today ', lines: [{ sku: 'a' }], none: null, paid: true } };

test('a run is called by the text or number that its flow names', () => {
  expect(runTitle(titled('trigger', 'body', 'id'), order)).toBe('2003');
  expect(runTitle(titled('trigger', 'body', 'name'), order)).toBe('#2003 of today');
  expect(runTitle(titled('trigger', 'body', 'lines', '0', 'sku'), order)).toBe('a');
});

test('without such a value it has no title', () => {
  expect(runTitle({}, order)).toBeUndefined();
  for (const field of ['gone', 'none', 'lines', 'paid', 'constructor']) expect(runTitle(titled('trigger', 'body', field), order)).toBeUndefined();
});

test('a long one is cut', () => {
  expect(runTitle(titled('trigger', 'text'), { text: 'x'.repeat(1_000_000) })).toHaveLength(200);
});
