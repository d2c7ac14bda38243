import type { Problem } from '@weft/flow';
import type { JsonObject, JsonSchema } from '@weft/json-schema';
import { createInterpretingValidator } from '@weft/json-schema/interpreter';
import { emptyMapping, type MappingDocument } from '@weft/mapping';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addField, changeAt, describedFields, freeFieldName, removeField, renameField, setFieldType, setItemType, setRequired } from './edit-schema.ts';
import { isAtField } from './field-errors.ts';
import { chipAt, chipsBelow, formOf, rulesOf } from './form-rules.ts';
import { describePart, openParts } from './open-parts.ts';
import { splitConfig } from './split-config.ts';

const input: JsonSchema = {
  type: 'object',
  properties: {
    url: { type: 'string' },
    headers: { type: 'object', additionalProperties: { type: 'string' } },
    options: { type: 'object', properties: { retries: { type: 'integer' }, tags: { type: 'array', items: { type: 'string' } } } },
    body: { 'x-open': true },
  },
};

describe('a form over rules', () => {
  const mapped: MappingDocument = {
    format: 'weft.mapping/1',
    rules: [
      { id: 'r1', to: ['url'], label: 'Where', value: { const: 'https://a' } },
      { id: 'r2', to: ['headers', 'x-id'], value: { path: ['trigger', 'id'] } },
      { id: 'r3', to: ['body', 'name'], value: { path: ['trigger', 'name'] } },
    ],
  };

  it('shows constants as values and everything else as chips', () => {
    const { value, chips } = formOf(mapped);
    expect(value).toEqual({ url: 'https://a' });
    expect(chips.map((rule) => rule.id)).toEqual(['r2', 'r3']);
    expect(chipAt(chips, ['headers', 'x-id'])?.id).toBe('r2');
    expect(chipsBelow(chips, ['body']).map((rule) => rule.id)).toEqual(['r3']);
  });

  it('changes only the rule of the field that was edited', () => {
    const next = rulesOf(mapped, input, { url: 'https://b', headers: { accept: 'text/plain' } });
    expect(next.rules).toEqual([
      { id: 'r1', to: ['url'], label: 'Where', value: { const: 'https://b' } },
      mapped.rules[1],
      mapped.rules[2],
      { id: 'r4', to: ['headers', 'accept'], value: { const: 'text/plain' } },
    ]);
  });

  it('keeps the rule of an entry that gets another name, in its place', () => {
    const before = rulesOf(emptyMapping(), input, { headers: { a: '1', b: '2' }, url: 'https://a' });
    const labelled = { ...before, rules: before.rules.map((rule) => ({ ...rule, label: rule.id })) };
    const after = rulesOf(labelled, input, { headers: { b: '2', ax: '1' }, url: 'https://a' });
    expect(after.rules.map(({ label, to, value }) => [label, to.join('.'), value])).toEqual([
      ['r1', 'headers.ax', { const: '1' }],
      ['r2', 'headers.b', { const: '2' }],
      ['r3', 'url', { const: 'https://a' }],
    ]);
  });

  it('takes the rule of a cleared field away and leaves chips alone', () => {
    expect(rulesOf(mapped, input, {}).rules.map((rule) => rule.id)).toEqual(['r2', 'r3']);
  });

  it('writes lists and free JSON as one constant', () => {
    const next = rulesOf(emptyMapping(), input, { options: { retries: 2, tags: ['a'] }, body: { free: { deep: 1 } } });
    expect(next.rules.map((rule) => [rule.to.join('.'), rule.value])).toEqual([
      ['options.retries', { const: 2 }],
      ['options.tags', { const: ['a'] }],
      ['body', { const: { free: { deep: 1 } } }],
    ]);
  });

  it('reads back what was filled in, whatever it is', () => {
    const key = fc.constantFrom('accept', 'x-a', 'constructor');
    const form = fc.record(
      {
        url: fc.string({ minLength: 1 }),
        headers: fc.dictionary(key, fc.string(), { minKeys: 1, noNullPrototype: true }),
        options: fc.record({ retries: fc.integer(), tags: fc.array(fc.string()) }),
        body: fc.jsonValue(),
      },
      { requiredKeys: [], noNullPrototype: true },
    );
    fc.assert(
      fc.property(form, form, (first, second) => {
        const value = (one: unknown): JsonObject => JSON.parse(JSON.stringify(one)) as JsonObject;
        const document = rulesOf(emptyMapping(), input, value(first));
        expect(formOf(document).value).toEqual(value(first));
        const edited = rulesOf(document, input, value(second));
        expect(formOf(edited).value).toEqual(value(second));
        expect(rulesOf(edited, input, formOf(edited).value)).toEqual(edited);
      }),
    );
  });
});

describe('what the form itself says', () => {
  const problem = (change: Partial<Problem>): Problem => ({ code: 'schema.type', severity: 'error', stepId: 's', message: 'No.', ...change });

  it('is a mistake at a field, and a connection that is missing', () => {
    expect(isAtField(problem({ path: ['config', 'url'] }))).toBe(true);
    expect(isAtField(problem({ path: ['source', 'config', 'file'] }))).toBe(true);
    expect(isAtField(problem({ code: 'connection.missing', path: ['sender', 'connection'] }))).toBe(true);
  });

  it('is not a warning, and nothing that has no field', () => {
    expect(isAtField(problem({ path: ['config', 'url'], severity: 'warning' }))).toBe(false);
    expect(isAtField(problem({ path: ['config'] }))).toBe(false);
    expect(isAtField(problem({}))).toBe(false);
  });
});

describe('describing fields', () => {
  const base: JsonSchema = {
    type: 'object',
    properties: { name: { type: 'string' }, lines: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' } } } } },
    required: ['name'],
  };

  it('reads names, types and what is required', () => {
    expect(describedFields(base).map(({ name, type, required }) => [name, type, required])).toEqual([['name', 'text', true], ['lines', 'list', false]]);
  });

  it('calls a field that takes a number or a text, as a column does, by the first of them', () => {
    const columns: JsonSchema = {
      type: 'object',
      properties: { qty: { type: ['integer', 'string', 'null'] }, note: { type: ['string', 'number'] }, all: { type: ['string', 'object'] }, open: {} },
    };
    expect(describedFields(columns).map(({ type }) => type)).toEqual(['integer', 'text', 'any', 'any']);
  });

  it('adds into lists, renames in place, removes and requires', () => {
    const added = changeAt(base, ['lines'], (schema) => addField(schema, 'qty', 'integer', true));
    expect(describedFields(added.properties?.['lines'] ?? {}).map(({ name }) => name)).toEqual(['sku', 'qty']);
    const renamed = renameField(base, 'name', 'title');
    expect(Object.keys(renamed.properties ?? {})).toEqual(['title', 'lines']);
    expect(renamed.required).toEqual(['title']);
    expect(renameField(base, 'name', 'lines')).toEqual(base);
    expect(removeField(base, 'name')).toEqual({ type: 'object', properties: { lines: base.properties?.['lines'] } });
    expect(setRequired(base, 'lines', true).required).toEqual(['name', 'lines']);
    expect(freeFieldName({ type: 'object', properties: { field: {} } })).toBe('field2');
  });

  it('keeps the fields when a record becomes a list of records and back', () => {
    const record: JsonSchema = { type: 'object', properties: { a: { type: 'object', properties: { b: { type: 'string' } } } } };
    const list = setFieldType(record, 'a', 'list');
    expect(list.properties?.['a']).toEqual({ type: 'array', items: { type: 'object', properties: { b: { type: 'string' } } } });
    expect(setFieldType(list, 'a', 'object')).toEqual(record);
    expect(setItemType(list, 'a', 'text').properties?.['a']).toEqual({ type: 'array', items: { type: 'string' } });
  });
});

describe('open parts', () => {
  it('are found where the operation leaves them open', () => {
    const described: JsonSchema = { type: 'object', properties: { body: { type: 'object', properties: { id: { type: 'integer' } } } } };
    expect(openParts(input, described)).toEqual([{ path: ['body'], title: 'body', described: described.properties?.['body'] }]);
    expect(openParts({ 'x-open': true }, undefined)).toEqual([{ path: [], title: '', described: undefined }]);
  });

  it('are described and forgotten one by one', () => {
    const one = describePart(undefined, ['body'], { type: 'string' });
    expect(one).toEqual({ type: 'object', properties: { body: { type: 'string' } } });
    expect(describePart(one, ['body'], undefined)).toBeUndefined();
    expect(describePart(undefined, [], { type: 'string' })).toEqual({ type: 'string' });
  });
});

describe('settings', () => {
  const withDefault = { type: 'string', default: 'x' } as const;

  it('with defaults stand apart where they are many', () => {
    const schema: JsonSchema = {
      type: 'object',
      required: ['url'],
      properties: { method: withDefault, url: { type: 'string' }, a: withDefault, b: withDefault, c: withDefault, d: withDefault },
    };
    const { main, more } = splitConfig(schema);
    expect(Object.keys(main.properties ?? {})).toEqual(['method', 'url']);
    expect(main.required).toEqual(['url']);
    expect(Object.keys(more?.properties ?? {})).toEqual(['a', 'b', 'c', 'd']);
  });

  it('behind the others are no further fields that could be added to them', () => {
    const schema: JsonSchema = {
      type: 'object',
      properties: { path: { type: 'string' }, rest: { type: 'string', 'x-more': true } },
      additionalProperties: false,
    };
    const { main, more } = splitConfig(schema);
    for (const part of [main, more ?? {}]) expect(part).not.toHaveProperty('additionalProperties');
    expect(createInterpretingValidator().validate(main, { path: 'orders', rest: 'x' })).toEqual([]);
  });

  it('stay together where they are few', () => {
    const schema: JsonSchema = { type: 'object', properties: { path: { type: 'string' }, a: withDefault } };
    expect(splitConfig(schema)).toEqual({ main: schema, more: undefined });
  });
});
