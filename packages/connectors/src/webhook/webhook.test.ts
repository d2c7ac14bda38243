import { summaryOf } from '@weft/connector-sdk';
import { describeConnector } from '@weft/connector-sdk/conformance';
import { expect, test } from 'vitest';
import webhook from './index.ts';

describeConnector(webhook);

const [receive] = webhook.descriptor.operations;
const pattern = new RegExp(receive?.config?.properties?.['path']?.pattern ?? 'missing');

test.each(['orders', 'new-order', 'new_order-2', 'v1'])('"%s" is a path', (path) => {
  expect(pattern.test(path)).toBe(true);
});

test.each(['', 'New', 'a b', '/orders', 'a/b', 'a--b', '-a', 'a-', '..', 'a%2e', 'ä'])('"%s" is no path', (path) => {
  expect(pattern.test(path)).toBe(false);
});

test('its tile shows how it is called', () => {
  expect(summaryOf(receive ?? {}, { method: 'POST', path: 'new-order' }, {})).toBe('POST /new-order');
});
