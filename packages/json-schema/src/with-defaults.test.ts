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
