import { expect, test } from 'vitest';
import type { JsonObject } from './json.ts';
import type { JsonSchema } from './schema.ts';
import { withDefaults } from './with-defaults.ts';

const schema: JsonSchema = {
  type: 'object',
  properties: {
    method: { type: 'string', default: 'GET' },
    retry: { type: 'object', properties: { times: { type: 'integer', default: 3 } } },
    lines: { type: 'array', items: { type: 'object', properties: { quantity: { type: 'integer', default: 1 } } } },
    tags: { type: 'array', default: ['new'] },
    body: {},
  },
};

test('what is missing is filled in at any depth, and what was given stays as it was', () => {
  const given: JsonObject = { retry: {}, lines: [{ sku: 'A' }, { sku: 'B', quantity: 2 }] };
  expect(withDefaults(schema, given)).toEqual({
    method: 'GET',
    retry: { times: 3 },
    lines: [{ sku: 'A', quantity: 1 }, { sku: 'B', quantity: 2 }],
    tags: ['new'],
  });
  expect(given).toEqual({ retry: {}, lines: [{ sku: 'A' }, { sku: 'B', quantity: 2 }] });
});

test('parts where nothing is missing are the very same', () => {
  const body = { deep: { value: 1 } };
  const line = { sku: 'B', quantity: 2 };
  const result = withDefaults(schema, { body, lines: [{ sku: 'A' }, line] }) as { body: unknown; lines: unknown[] };
  expect(result.body).toBe(body);
  expect(result.lines[1]).toBe(line);
  const whole = { method: 'PUT', tags: [] };
  expect(withDefaults(schema, whole)).toBe(whole);
});

test('a default belongs to the one who got it', () => {
  const first = withDefaults(schema, {}) as { tags: string[] };
  first.tags.push('mine');
  expect(withDefaults(schema, {})).toMatchObject({ tags: ['new'] });
});

test('a missing root is an empty object where the schema describes one, or its own default', () => {
  expect(withDefaults(schema, undefined)).toEqual({ method: 'GET', tags: ['new'] });
  expect(withDefaults({ type: 'string' }, undefined)).toBeNull();
  expect(withDefaults({ default: 'text' }, undefined)).toBe('text');
  expect(withDefaults(schema, null)).toBeNull();
});

test('of alternatives those count that the value’s constants tell', () => {
  const alternatives: JsonSchema[] = [
    { type: 'object', properties: { kind: { const: 'card' }, currency: { default: 'EUR' } } },
    { type: 'object', properties: { kind: { const: 'bank' }, days: { type: 'integer', default: 14 } } },
    { type: 'object', properties: { note: { default: 'never told' } } },
  ];
  for (const keyword of ['oneOf', 'anyOf']) {
    expect(withDefaults({ type: 'object', [keyword]: alternatives }, { kind: 'bank' })).toEqual({ kind: 'bank', days: 14 });
    expect(withDefaults({ type: 'object', [keyword]: alternatives }, { kind: 'other' })).toEqual({ kind: 'other' });
  }
  const whole = { kind: 'card', currency: 'NOK' };
  expect(withDefaults({ oneOf: alternatives }, whole)).toBe(whole);
});

test('of a condition the side that holds, with what can only be one value there', () => {
  const payment: JsonSchema = {
    type: 'object',
    properties: { pay: { enum: ['card', 'bank'], default: 'card' } },
    if: { properties: { pay: { const: 'bank' } }, required: ['pay'] },
    then: { properties: { iban: { const: 'XX' }, bic: { type: 'string', default: 'B' } }, required: ['iban'] },
    else: { properties: { no: { const: '4' } }, required: ['no'] },
  };
  expect(withDefaults(payment, { pay: 'bank' })).toEqual({ pay: 'bank', iban: 'XX', bic: 'B' });
  expect(withDefaults(payment, {})).toEqual({ pay: 'card', no: '4' });
  expect(withDefaults(payment, { pay: 'bank', iban: 'YY' })).toMatchObject({ iban: 'YY' });
});
