import { must } from '@weft/json-schema/read';
import type { SchemaIssue } from '@weft/json-schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkExpression } from './check/check-expression.ts';
import { checkMapping } from './check/check-mapping.ts';
import { expressionType } from './check/expression-type.ts';
import { compileMapping } from './compile-mapping.ts';
import { describeExpression } from './describe-expression.ts';
import type { MappingDocument } from './document.ts';
import { bracketed } from './expressions/bracketed.ts';
import type { ExpressionKind } from './expressions/expression-kind.ts';
import { expressionKinds, type Expression } from './expressions.ts';
import { anyOf } from './functions/result-schema.ts';
import { readExpression, readMapping } from './read-mapping.ts';
import { references, renameReference } from './references.ts';
import { renameNames } from './rename-names.ts';
import { say } from './sentences.en.ts';

/** A kind that only this test has: the first of two values that there is. */
type EitherExpression = { either: Expression; or: Expression };

const either: ExpressionKind<EitherExpression> = {
  shape: (inner) => ({ either: must(inner), or: must(inner) }),
  mapParts: (expression, change) => ({ either: change(expression.either), or: change(expression.or) }),
  compile(expression, _environment, inner) {
    const [first, second] = [inner(expression.either), inner(expression.or)];
    return (run) => first(run) ?? second(run);
  },
  typeOf(expression, _names, inner) {
    const [first, second] = [inner(expression.either), inner(expression.or)];
    return { ...second, schema: anyOf([first.schema, second.schema]) };
  },
  findings: (expression, _around, { findings }) => [expression.either, expression.or].flatMap(findings),
  describe: (expression, _titles, inner) => ({
    words: say('mapping.said.infix', { left: bracketed(inner(expression.either)), sign: '??', right: bracketed(inner(expression.or)) }),
    isLoose: true,
  }),
};

// The one line that a new kind adds to the table; taken out again, because other tests share the module.
const kinds: Record<string, unknown> = expressionKinds;
beforeAll(() => {
  kinds['either'] = either;
});
afterAll(() => {
  delete kinds['either'];
});

// The union of expressions follows from the table, which has this kind only while the tests run.
const eitherOf = (first: Expression, second: Expression): Expression => 
  ({ either: first, or: second }) satisfies EitherExpression as unknown as Expression;
const path = (...segments: string[]): Expression => ({ path: segments });

const document: MappingDocument = {
  format: 'weft.mapping/1',
  rules: [
    { id: 'a', to: ['a'], value: eitherOf(path('o', 'note'), { fn: 'upper', args: [eitherOf(path('o', 'title'), { const: 'x' })] }) },
    { id: 'b', to: ['b'], forEach: { in: path('o', 'lines'), as: 'line' }, value: eitherOf(path('line', 'sku'), path('o', 'note')) },
  ],
};
const sources = {
  o: {
    type: 'object' as const,
    properties: {
      note: { type: ['string' as const, 'null' as const] },
      title: { type: 'string' as const },
      lines: { type: 'array' as const, items: { type: 'object' as const, properties: { sku: { type: 'string' as const } } } },
    },
    required: ['note', 'title', 'lines'],
  },
};

describe('a kind of expression that is one declaration and one line', () => {
  it('is read from foreign JSON, with all inside it, and refused where it is malformed', () => {
    const issues: SchemaIssue[] = [];
    const read = readMapping(JSON.parse(JSON.stringify({ ...document, extra: 1 })), [], issues);
    expect([read, issues]).toEqual([document, []]);
    expect(readExpression({ either: { const: 1 }, or: { fn: 'upper' } }, [], issues)).toBeDefined();
    expect(issues).toEqual([{ path: ['or', 'args'], keyword: 'required', message: 'is missing', sentence: { code: 'schema.missing' } }]);
    expect(readExpression({ none: 1 }, [], issues)).toBeUndefined();
    expect(issues.at(-1)?.message).toBe('must have one of path, const, fn, if, index, table, either');
  });

  it('is compiled and run', () => {
    const run = (o: Record<string, unknown>): unknown => compileMapping(document).run({ o: o as never }, { now: new Date(0), seed: 'test' }).output;
    expect(run({ note: 'n', lines: [] })).toEqual({ a: 'n', b: [] });
    expect(run({ note: null, title: 't', lines: [{ sku: 's' }, {}] })).toEqual({ a: 'T', b: ['s', null] });
    expect(run({ lines: [] })).toEqual({ a: 'X', b: [] });
  });

  it('is looked into for references, and renamed', () => {
    expect(references(document)).toEqual([['o', 'note'], ['o', 'title'], ['o', 'lines']]);
    const renamed = renameNames(document, new Map([['o', 'order'], ['line', 'row']]));
    expect(references(renamed)).toEqual([['order', 'note'], ['order', 'title'], ['order', 'lines']]);
    expect(renamed.rules[1]?.value).toEqual(eitherOf(path('line', 'sku'), path('order', 'note')));
    expect(references(renameReference(document, ['o', 'note'], ['o', 'memo']))[0]).toEqual(['o', 'memo']);
  });

  it('has a type, inside other expressions too', () => {
    expect(expressionType(eitherOf(path('o', 'note'), path('o', 'title')), sources)).toEqual({
      schema: { type: 'string' },
      mayBeMissing: false,
      mayBeNull: false,
    });
    expect(expressionType({ fn: 'default', args: [eitherOf(path('o', 'title'), { const: 1 })] }, sources).schema).toEqual({
      anyOf: [{ type: 'string' }, expect.objectContaining({ const: 1 })],
    });
  });

  it('is checked: inside it, against what it is for, with what mends it', () => {
    const target = {
      type: 'object' as const,
      properties: { a: { type: 'array' as const }, b: { type: 'array' as const, items: { type: 'string' as const } } },
    };
    const [wrong, ...rest] = checkMapping({ ...document, rules: document.rules.slice(0, 1) }, { sources, target });
    expect([wrong?.code, rest]).toEqual(['mapping.singleToList', []]);
    const gone: MappingDocument = { format: 'weft.mapping/1', rules: [{ id: 'b', to: ['b'], value: eitherOf(path('o', 'titles'), path('o', 'title')) }] };
    const [problem] = checkMapping(gone, { sources, target });
    expect(problem?.message).toBe('o › titles is no longer there. Was it renamed to title?');
    expect(problem?.fixes?.[0]?.apply(gone).rules[0]?.value).toEqual(eitherOf(path('o', 'title'), path('o', 'title')));
    expect(checkExpression(eitherOf(path('o', 'title'), path('p')), { sources, expect: { type: 'boolean' } })).toMatchObject([{ code: 'mapping.sourceGone' }]);
    expect(checkExpression(eitherOf(path('o', 'title'), { const: 1 }), { sources, expect: { type: 'boolean' } })).toMatchObject([{ code: 'mapping.input' }]);
  });

  it('is said in words', () => {
    expect(describeExpression({ fn: 'not', args: [eitherOf(path('o', 'note'), { const: true })] }, { o: 'Order' })).toBe('not (Order › note ?? true)');
  });
});
