import { expect, it } from 'vitest';
import type { Operation } from '@weft/connector-sdk';
import { testCatalogue } from '../testing/test-catalogue.ts';
import { repeatOf } from './repeat-of.ts';

const operation = (connector: string, id: string): Operation => {
  const found = testCatalogue.operation({ connector, version: '1.0.0', operation: id });
  if (!found) throw new Error(`The test catalogue has no ${connector} ${id}.`);
  return found;
};

it('follows the setting that the effect depends on, its default where it is left out', () => {
  const request = operation('http', 'request');
  expect(['GET', 'PUT', 'POST', 'anything'].map((method) => repeatOf(request, { method }))).toEqual(['read', 'idempotent', 'keyed', 'keyed']);
  expect(repeatOf(request, undefined)).toBe('read');
  expect(repeatOf(request, { method: '__proto__' })).toBe('keyed');
});

it('is unsafe for a write that nobody can tell from its repeat', () => {
  expect(repeatOf(operation('mail', 'send'), {})).toBe('unsafe');
  expect(repeatOf({ ...operation('mail', 'send'), idempotency: { kind: 'natural' } }, {})).toBe('idempotent');
  expect(repeatOf({ ...operation('mail', 'send'), idempotency: { kind: 'key' } }, {})).toBe('keyed');
  expect(repeatOf(operation('old', 'call'), {})).toBe('read');
});
