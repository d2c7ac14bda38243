import type { JsonSchema } from '@weft/json-schema';
import type { MappingDocument } from '@weft/mapping';
import { describe, expect, it } from 'vitest';
import { applyProposals, equalNames, normalName } from '../rules/equal-names.ts';
import { each } from '../rules/places.ts';
import { anchorOf, linePath } from './line-geometry.ts';
import { shapeOf } from './shape.ts';
import { sourceRows, type Source } from './source-tree.ts';
import { targetRows } from './target-tree.ts';
import { opensUnasked } from './way-down.ts';

const text: JsonSchema = { type: 'string' };
const order: JsonSchema = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'integer' },
    customer: { type: 'object', properties: { name: text, email: { type: 'string', format: 'email' } } },
    line_items: { type: 'array', items: { type: 'object', properties: { sku: text, quantity: { type: 'integer' } } } },
    tags: { type: 'array', items: text },
  },
};
const source: Source = { id: 'trigger', title: 'Order received', kind: 'step', schema: order };
const target: JsonSchema = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'integer' },
    customerName: text,
    lines: { type: 'array', items: { type: 'object', required: ['sku'], properties: { sku: text, Quantity: { type: 'integer' } } } },
    tags: { type: 'array', items: text },
  },
};
const always = () => true;
const scope = { trigger: { id: 1, customer: { name: 'Ada' }, line_items: [{ sku: 'A' }, { sku: 'B' }], tags: ['x'] } };

describe('the shape of a schema', () => {
  it('looks through references and unions with null', () => {
    const root: JsonSchema = { $defs: { name: { anyOf: [{ type: 'string' }, { type: 'null' }] } } };
    expect(shapeOf({ $ref: '#/$defs/name' }, root)).toMatchObject({ kind: 'text', nullable: true });
  });

  it('calls a column what it is: one of texts that takes numbers too a text, one of numbers that comes as digits too a number', () => {
    const kindOf = (schema: JsonSchema) => shapeOf(schema, {}).kind;
    expect(kindOf({ type: ['string', 'number', 'boolean', 'null'] })).toBe('text');
    expect([
      kindOf({ type: ['integer', 'string', 'null'], pattern: '^[0-9]+$' }),
      kindOf({ type: ['number', 'string'], pattern: '^[0-9.]+$' }),
    ]).toEqual(['integer', 'number']);
    expect(kindOf({ type: ['integer', 'string'] })).toBe('mixed');
  });

  it('shows the fields of all branches, required only where all agree', () => {
    const shape = shapeOf({
      oneOf: [{ type: 'object', required: ['a'], properties: { a: text } }, { type: 'object', required: ['a'], properties: { a: text, b: text } }],
    }, {});
    expect(shape.fields.map(({ name, required }) => `${name}${required ? '!' : ''}`)).toEqual(['a!', 'b']);
  });

  it('folds allOf together', () => {
    expect(
      shapeOf({ allOf: [{ type: 'object', properties: { a: text } }, { properties: { b: text } }] }, {}).fields.map(({ name }) => name),
    ).toEqual(['a', 'b']);
  });
});

describe('the from tree', () => {
  it('shows the fields of a list’s records under the list, with the values of the shown item', () => {
    const rows = sourceRows({ sources: [source], scope, isOpen: always, itemAt: () => 1 });
    expect(rows.map((row) => row.place.join('.'))).toEqual([
      'trigger', 'trigger.id', 'trigger.customer', 'trigger.customer.name', 'trigger.customer.email',
      'trigger.line_items', 'trigger.line_items.[].sku', 'trigger.line_items.[].quantity', 'trigger.tags', 'trigger.tags.[]',
    ]);
    expect(rows.find((row) => row.name === 'sku')?.sample).toBe('B');
    expect(rows.find((row) => row.name === 'email')).toMatchObject({ optional: true, sample: undefined });
  });

  it('walks only what is open', () => {
    expect(sourceRows({ sources: [source], scope, isOpen: ({ depth }) => depth === 0 })).toHaveLength(5);
  });

  it('finds fields by name, with the way to them', () => {
    expect(sourceRows({ sources: [source], scope, isOpen: () => false, search: 'SKU' }).map((row) => row.name)).toEqual(
      ['Order received', 'line_items', 'sku'],
    );
  });

  it('ends in a schema that contains itself', () => {
    const endless: JsonSchema = { type: 'object', properties: { child: { $ref: '#' } } };
    expect(sourceRows({ sources: [{ ...source, schema: endless }], scope: {}, isOpen: always })).toHaveLength(13);
  });
});

describe('the to tree', () => {
  const document: MappingDocument = {
    format: 'weft.mapping/1',
    rules: [
      {
        id: 'r1',
        to: ['lines'],
        forEach: { in: { path: ['trigger', 'line_items'] }, as: 'line' },
        rules: [{ id: 'r2', to: ['sku'], value: { path: ['line', 'sku'] } }],
      },
      { id: 'r3', to: ['gone'], value: { const: 1 } },
    ],
  };

  it('shows each field with the rule that fills it, also inside loops', () => {
    const rows = targetRows({ target, document, isOpen: always });
    const sku = rows.find((row) => row.name === 'sku');
    expect(sku?.placed?.rule.id).toBe('r2');
    expect(sku?.required).toBe(true);
    expect(rows.find((row) => row.name === 'lines')?.placed?.rule.id).toBe('r1');
  });

  it('keeps showing a rule whose field is gone', () => {
    expect(targetRows({ target: { ...target, additionalProperties: false }, document, isOpen: always }).find((row) =>
      row.name === 'gone')).toMatchObject({ known: false });
  });

  it('shows a target that is not an object as one row', () => {
    expect(targetRows({ target: text, document: undefined, isOpen: always })).toMatchObject([{ place: [], kind: 'text' }]);
  });
});

describe('a schema that contains itself', () => {
  const condition: JsonSchema = {
    type: 'object',
    properties: { field: text, and: { type: 'array', items: { $ref: '#' } }, or: { type: 'array', items: { $ref: '#' } }, not: { $ref: '#' } },
  };
  const inDefs: JsonSchema = {
    $defs: {
      node: {
        ...condition,
        properties: {
          ...condition.properties,
          and: { type: 'array', items: { $ref: '#/$defs/node' } },
          or: { $ref: '#/$defs/node', title: 'Or' },
          not: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] },
        },
      },
    },
    type: 'object',
    properties: { where: { $ref: '#/$defs/node' } },
  };
  const names = (rows: { place: string[] }[]) => rows.map(({ place }) => place.join('.'));

  it('is opened unasked as far as it does not begin again', () => {
    expect(names(targetRows({ target: condition, document: undefined, isOpen: opensUnasked }))).toEqual(['field', 'and', 'or', 'not']);
    expect(names(targetRows({ target: inDefs, document: undefined, isOpen: opensUnasked })).slice(0, 5)).toEqual([
      'where', 'where.field', 'where.and', 'where.or', 'where.or.field',
    ]);
    expect(sourceRows({ sources: [{ ...source, schema: inDefs }], scope: {}, isOpen: opensUnasked }).length).toBeLessThan(40);
  });

  it('is opened further by whoever asks', () => {
    const rows = targetRows({ target: condition, document: undefined, isOpen: ({ place }) => place.at(-1) === 'not' && place.length < 3 });
    expect(names(rows).filter((name) => name.endsWith('not'))).toEqual(['not', 'not.not', 'not.not.not']);
  });

  it('is searched without an end to its depth, and shows what is filled in it', () => {
    const document: MappingDocument = { format: 'weft.mapping/1', rules: [{ id: 'r', to: ['not', 'not', 'field'], value: { const: 'x' } }] };
    expect(names(targetRows({ target: condition, document, isOpen: opensUnasked, search: 'field' }))).toEqual([
      'field', 'not', 'not.field', 'not.not', 'not.not.field',
    ]);
    expect(sourceRows({ sources: [{ ...source, schema: condition }], scope: {}, isOpen: () => false, search: 'field' })).toHaveLength(2);
  });
});

describe('equal names', () => {
  const rows = sourceRows({ sources: [source], scope, isOpen: always });
  const schemaOf = (row: { kind: string }): JsonSchema =>
    (row.kind === 'integer' ? { type: 'integer' } : row.kind === 'list' ? { type: 'array', items: text } : text);
  const empty: MappingDocument = { format: 'weft.mapping/1', rules: [] };

  it('ignore case and signs', () => {
    expect(normalName('Customer_ID')).toBe(normalName('customerId'));
  });

  it('are proposed where the type fits, into lists too, and applied only when asked', () => {
    const targets = targetRows({ target, document: empty, isOpen: always });
    const proposals = equalNames({ document: empty, sources: rows, targets, schemaOf, names: new Set(['trigger']) });
    expect(proposals.map((proposal) => proposal.target.place.join('.'))).toEqual(['id', 'lines.[].sku', 'lines.[].Quantity', 'tags']);
    const made = applyProposals(empty, proposals, new Set(['trigger']));
    expect(made.rules.map((rule) => rule.to.join('.'))).toEqual(['id', 'lines', 'tags']);
    expect(made.rules[1]?.rules?.map((rule) => rule.value)).toEqual([{ path: ['lineItem', 'sku'] }, { path: ['lineItem', 'quantity'] }]);
    expect(made.rules[2]).toMatchObject({ forEach: { in: { path: ['trigger', 'tags'] } }, value: { path: ['tag'] } });
    expect(targets.some((row) => row.place.includes(each))).toBe(true);
  });
});

describe('lines', () => {
  it('end at the edge when their row is scrolled away', () => {
    const view = { rowHeight: 30, scrollTop: 300, height: 200, top: 40 };
    expect(anchorOf(0, view)).toEqual({ y: 40, visible: false });
    expect(anchorOf(12, view)).toEqual({ y: 115, visible: true });
    expect(anchorOf(90, view)).toEqual({ y: 240, visible: false });
  });

  it('are curves that leave and arrive level', () => {
    expect(linePath(10, 90, 100)).toBe('M0,10 C45,10 55,90 100,90');
  });
});
