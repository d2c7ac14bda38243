import type { Json } from '@weft/json-schema';
import type { Expression } from '@weft/mapping';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCondition, needsRight, operatorNames, parseCondition, typedConstant, type Condition } from './conditions.ts';

const path = fc.constantFrom<Expression>({ path: ['trigger', 'total'] }, { path: ['line', 'sku'] });
const constant = fc.oneof(fc.string(), fc.integer(), fc.boolean()).map((value): Expression => ({ const: value as Json }));
const row = fc
  .tuple(path, fc.constantFrom(...operatorNames), constant)
  .map(([left, operator, right]) => (needsRight(operator) ? { left, operator, right } : { left, operator }));

describe('conditions', () => {
  it('are the same after being written and read', () => {
    const condition = fc.record({ join: fc.constantFrom<'and' | 'or'>('and', 'or'), rows: fc.array(row, { minLength: 2, maxLength: 4 }) });
    fc.assert(
      fc.property(condition, (one: Condition) => {
        expect(parseCondition(compileCondition(one))).toEqual(one);
      }),
    );
  });

  it('with one row need no “and”', () => {
    const expression = compileCondition({ join: 'or', rows: [{ left: { path: ['a'] }, operator: 'notContains', right: { const: 'x' } }] });
    expect(expression).toEqual({ fn: 'not', args: [{ fn: 'contains', args: [{ path: ['a'] }, { const: 'x' }] }] });
  });

  it('that do not fit into rows are left whole', () => {
    expect(parseCondition({ if: { const: true }, then: { const: true } })).toBeUndefined();
    expect(parseCondition({ fn: 'and', args: [{ fn: 'or', args: [] }, { const: true }] })).toBeUndefined();
    expect(parseCondition(undefined)).toEqual({ join: 'and', rows: [] });
  });

  it('take a typed value in the type of the field', () => {
    expect(typedConstant('10', 'integer')).toBe(10);
    expect(typedConstant('10', 'text')).toBe('10');
    expect(typedConstant('true', 'boolean')).toBe(true);
    expect(typedConstant('many', 'number')).toBe('many');
  });
});
