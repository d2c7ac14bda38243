import type { Json, JsonSchema } from '@weft/json-schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileExpression } from './compile/compile-expression.ts';
import { compileMapping, type MappingResult } from './compile-mapping.ts';
import type { Expression, MappingDocument, Rule } from './document.ts';
import { MappingDocumentError } from './fault.ts';
import { add } from './functions/add.ts';
import { parameterTitle, titleOf } from './functions/titles.ts';
import type { MappingContext } from './run.ts';
import { say } from './sentences.en.ts';

const context: MappingContext = { now: new Date('2025-01-31T14:30:00Z'), seed: 'test' };
const path = (...segments: string[]): Expression => ({ path: segments });
const call = (fn: string, ...args: Expression[]): Expression => ({ fn, args });
const constant = (value: Json): Expression => ({ const: value });
const rule = (to: string, value: Expression, more: Partial<Rule> = {}): Rule => ({ id: to, to: to === '' ? [] : to.split('.'), value, ...more });
const mapping = (rules: Rule[], more: Partial<MappingDocument> = {}): MappingDocument => ({ format: 'weft.mapping/1', rules, ...more });
const map = (rules: Rule[], scope: Record<string, Json>, more?: Partial<MappingDocument>): MappingResult =>
  compileMapping(mapping(rules, more)).run(scope, context);
const output = (...args: Parameters<typeof map>): Json => map(...args).output;

describe('a rule', () => {
  it('omits the key of a missing value, and keeps null unless told otherwise', () => {
    const rules = [rule('a', path('order', 'a')), rule('b', path('order', 'b')), rule('c', path('order', 'b'), { onNull: 'omit' })];
    expect(output(rules, { order: { b: null } })).toEqual({ b: null });
    expect(output(rules, {})).toEqual({});
  });

  it('groups nested targets, and makes no object for fields that are all missing', () => {
    const rules = [rule('ship.to.city', path('o', 'city')), rule('ship.method', path('o', 'method')), rule('bill.to', path('o', 'bill'))];
    expect(output(rules, { o: { city: 'Oslo', method: 'post' } })).toEqual({ ship: { to: { city: 'Oslo' }, method: 'post' } });
    expect(output(rules, { o: {} })).toEqual({});
  });

  it('fills the whole target, and fields on top of it', () => {
    expect(output([rule('', path('o'))], { o: [1, 2] })).toEqual([1, 2]);
    expect(output([rule('', path('o')), rule('b', constant(2))], { o: { a: 1, b: 1 } })).toEqual({ a: 1, b: 2 });
  });

  it('makes a list of fixed items where target fields are numbered', () => {
    expect(output([rule('tags.0.name', constant('a')), rule('tags.1.name', constant('b'))], {})).toEqual({ tags: [{ name: 'a' }, { name: 'b' }] });
  });

  it('applies only when its condition is true', () => {
    const rules = [rule('a', constant(1), { when: path('o', 'yes') }), rule('b', constant(2), { when: path('o', 'no') })];
    expect(output(rules, { o: { yes: true } })).toEqual({ a: 1 });
    expect(map(rules, { o: { yes: 'true' } }).errors).toMatchObject([{ ruleId: 'a', code: 'wrong_type' }]);
  });

  it('evaluates only the side of a choice that is taken', () => {
    const choice: Expression = { if: path('o', 'x'), then: constant('yes'), else: call('toNumber', constant('no')) };
    expect(output([rule('a', choice)], { o: { x: true } })).toEqual({ a: 'yes' });
    expect(output([rule('a', { if: path('o', 'x'), then: constant('yes') })], { o: {} })).toEqual({});
    expect(output([rule('a', call('default', constant(1), call('toNumber', constant('no'))))], {})).toEqual({ a: 1 });
  });

  it('looks values up in the tables of the document', () => {
    const lookup = call('lookup', path('o', 'status'), { table: 'pay' }, constant('OTHER'));
    const tables = { pay: { paid: 'PAID' } };
    expect(output([rule('s', lookup)], { o: { status: 'paid' } }, { tables })).toEqual({ s: 'PAID' });
    expect(output([rule('s', lookup)], { o: { status: 'toString' } }, { tables })).toEqual({ s: 'OTHER' });
  });
});

describe('a path', () => {
  it('reads own properties only, at any length, and goes into lists by digits', () => {
    const o = { a: { b: { c: { d: { e: 1 } } } }, list: [{ x: 'first' }], text: 'abc', '0': 'zero', constructor: 'own' };
    const read = (...segments: string[]): unknown => compileExpression(path(...segments))({ o }, context);
    expect(read('o', 'a', 'b', 'c', 'd', 'e')).toBe(1);
    expect(read('o', 'a', 'b', 'x', 'd', 'e')).toBeUndefined();
    expect(read('o', 'list', '0', 'x')).toBe('first');
    expect(read('o', 'list', 'x')).toBeUndefined();
    expect(read('o', 'list', 'length')).toBeUndefined();
    expect(read('o', 'list', 'map')).toBeUndefined();
    expect(read('o', 'text', 'length')).toBeUndefined();
    expect(read('o', 'text', '0')).toBeUndefined();
    expect(read('o', '0')).toBe('zero');
    expect(read('o', 'constructor')).toBe('own');
    expect(read('o', 'a', 'constructor')).toBeUndefined();
    expect(read('o', 'a', '__proto__')).toBeUndefined();
    expect(read('constructor')).toBeUndefined();
    expect(read('process', 'env')).toBeUndefined();
  });

  it('is never built from a text: what looks like code is text', () => {
    const template = "{{this.constructor.constructor('return process')()}}";
    expect(output([rule('a', constant(template)), rule('b', path(template))], {})).toEqual({ a: template });
  });
});

describe('a list', () => {
  const lines: Rule = {
    id: 'lines',
    to: ['lines'],
    forEach: { in: path('o', 'items'), as: 'line', where: call('greaterThan', path('line', 'quantity'), constant(0)) },
    rules: [
      rule('no', call('add', { index: 'line' }, constant(1))),
      rule('sku', path('line', 'sku')),
      rule('order', path('o', 'id')),
      {
        id: 'taxes',
        to: ['taxes'],
        forEach: { in: path('line', 'taxes'), as: 'tax' },
        value: call('concat', path('line', 'sku'), constant(':'), path('tax')),
      },
    ],
  };

  it('is gone through item by item, with where, index, outer scopes and lists inside', () => {
    const items: Json = [{ sku: 'a', quantity: 1, taxes: ['x', 'y'] }, { sku: 'b', quantity: 0 }, { sku: 'c', quantity: 2, taxes: [] }];
    expect(output([lines], { o: { id: 7, items } })).toEqual({
      lines: [{ no: 1, sku: 'a', order: 7, taxes: ['a:x', 'a:y'] }, { no: 3, sku: 'c', order: 7, taxes: [] }],
    });
  });

  it('is omitted when it is missing, empty when it is empty, null when it is null', () => {
    expect(output([lines], { o: {} })).toEqual({});
    expect(output([lines], { o: { items: [] } })).toEqual({ lines: [] });
    expect(output([lines], { o: { items: null } })).toEqual({ lines: null });
  });

  it('never takes a single value for a list, unless asked to', () => {
    const single = { o: { items: { sku: 'a', quantity: 1 } } };
    expect(map([lines], single)).toMatchObject({ outcome: 'failRecord', errors: [{ ruleId: 'lines', code: 'not_a_list' }] });
    const wrapped: Rule = { ...lines, forEach: { in: path('o', 'items'), as: 'line', wrap: true }, rules: [rule('sku', path('line', 'sku'))] };
    expect(output([wrapped], single)).toEqual({ lines: [{ sku: 'a' }] });
  });

  it('never collapses, and is copied as a whole', () => {
    expect(output([rule('one', path('o', 'items'))], { o: { items: [1] } })).toEqual({ one: [1] });
  });

  it('leaves out missing values of a plain list, and has an item even where no field has a value', () => {
    const values: Rule = { id: 'v', to: ['v'], forEach: { in: path('o'), as: 'x' }, value: path('x', 'a') };
    const objects: Rule = { id: 'w', to: ['w'], forEach: { in: path('o'), as: 'x' }, rules: [rule('a', path('x', 'a'))] };
    expect(output([values, objects], { o: [{ a: 1 }, {}, { a: null }] })).toEqual({ v: [1, null], w: [{ a: 1 }, {}, { a: null }] });
  });
});

describe('errors', () => {
  const rules: Rule[] = [
    rule('total', call('add', path('o', 'total'), constant(1))),
    {
      id: 'lines',
      to: ['lines'],
      forEach: { in: path('o', 'lines'), as: 'line' },
      rules: [{ id: 'parts', to: ['parts'], forEach: { in: path('line', 'parts'), as: 'part' }, rules: [rule('n', call('toNumber', path('part')))] }],
    },
    rule('ok', constant(true)),
  ];
  const scope = { o: { total: 'many', lines: [{ parts: ['1'] }, { parts: ['2', 'two'] }] } };

  it('name the rule and the position in every list around it', () => {
    const { errors, outcome } = map(rules, scope);
    const inArgument = say('mapping.inArgument', {
      function: titleOf(add),
      parameter: parameterTitle(add, add.parameters[0]!),
      why: say('mapping.number.none', { text: 'many' }),
    });
    expect(inArgument.message).toBe('Add › Number: “many” is not a number. Use To number if it is written in another way.');
    expect(outcome).toBe('failRecord');
    expect(errors).toEqual([
      { ruleId: 'total', scopeIndexes: [], code: 'not_a_number', ...inArgument, inputs: ['many'] },
      { ruleId: 'n', scopeIndexes: [1, 1], code: 'not_a_number', ...say('mapping.number.notRead', { text: 'two' }), inputs: ['two'] },
    ]);
  });

  it('leave the field out where the document says so, and still tell', () => {
    const { output: made, errors, outcome } = map(rules, scope, { options: { onError: 'skipField' } });
    expect(made).toEqual({ lines: [{ parts: [{ n: 1 }] }, { parts: [{ n: 2 }, {}] }], ok: true });
    expect([outcome, errors.length]).toEqual(['done', 2]);
    expect(map(rules, scope, { options: { onError: 'failRun' } }).outcome).toBe('failRun');
  });

  it('are refused when compiling where the document cannot run', () => {
    const codeOf = (rules: Rule[]): unknown => {
      try {
        return compileMapping(mapping(rules));
      } catch (problem) {
        if (problem instanceof MappingDocumentError) return [problem.code, problem.ruleId];
        throw problem;
      }
    };
    expect(codeOf([rule('a', call('evaluate', constant('1')))])).toEqual(['unknown_function', 'a']);
    expect(codeOf([rule('a', call('constructor'))])).toEqual(['unknown_function', 'a']);
    expect(codeOf([rule('a', call('upper'))])).toEqual(['wrong_arguments', 'a']);
    expect(codeOf([rule('a', call('lookup', constant('x'), { table: 'none' }))])).toEqual(['unknown_table', 'a']);
    expect(codeOf([rule('a', call('lookup', constant('x'), constant({})))])).toEqual(['wrong_arguments', 'a']);
    expect(codeOf([rule('a', { index: 'line' })])).toEqual(['unknown_loop', 'a']);
    expect(codeOf([{ id: 'a', to: ['a'] }])).toEqual(['malformed', 'a']);
    let deep: Expression = constant(1);
    for (let depth = 0; depth < 5000; depth += 1) deep = call('not', deep);
    expect(codeOf([rule('a', deep)])).toEqual(['too_deep', 'a']);
  });
});

describe('fields that are called by numbers', () => {
  const run = (target: JsonSchema | undefined, rules: Rule[], source: Json = {}) => compileMapping(mapping(rules), target).run({ o: source }, context).output;
  const sizes = (...keys: string[]) => keys.map((key) => ({ id: key, to: ['sizes', key], value: constant(Number(key)) }));
  const object: JsonSchema = { type: 'object', properties: { sizes: { type: 'object', additionalProperties: { type: 'number' } } } };
  const list: JsonSchema = { type: 'object', properties: { sizes: { type: 'array', items: { type: ['number', 'null'] } } } };

  it('make what the target says, and where it says nothing a list of 0, 1, 2 …', () => {
    expect(run(object, sizes('0', '1'))).toEqual({ sizes: { 0: 0, 1: 1 } });
    expect(run(list, sizes('0', '2'))).toEqual({ sizes: [0, null, 2] });
    expect(run(undefined, sizes('0', '1'))).toEqual({ sizes: [0, 1] });
    expect(run(undefined, sizes('36', '37'))).toEqual({ sizes: { 36: 36, 37: 37 } });
  });

  it('make it inside loops, too', () => {
    const target: JsonSchema = { type: 'object', properties: { rows: { type: 'array', items: { type: 'object', properties: { at: { type: 'object' } } } } } };
    const loop: Rule = { id: 'l', to: ['rows'], forEach: { in: path('o'), as: 'one' }, rules: [{ id: 'a', to: ['at', '0'], value: path('one') }] };
    expect(run(target, [loop], [7])).toEqual({ rows: [{ at: { 0: 7 } }] });
  });

  it('never move an item to the place of one that is missing', () => {
    const rules: Rule[] = [
      { id: 'a', to: ['list', '0'], value: path('o', 'a') },
      { id: 'b', to: ['list', '1'], value: path('o', 'b') },
      { id: 'c', to: ['list', '2'], value: path('o', 'c') },
    ];
    expect(run(undefined, rules, { b: 'second' })).toEqual({ list: [null, 'second'] });
    expect(run(undefined, rules, { a: 'first' })).toEqual({ list: ['first'] });
  });
});

describe('hostile documents and data', () => {
  it('may not write to __proto__', () => {
    for (const to of [['__proto__'], ['a', '__proto__'], ['__proto__', 'polluted']]) {
      expect(() => compileMapping(mapping([{ id: 'r', to, value: constant(1) }]))).toThrow(MappingDocumentError);
    }
  });

  it.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'prototype'])('fill a field called %s as any other', (key) => {
    const { output } =
      compileMapping(mapping([{ id: 'r', to: [key], value: constant(1) }, { id: 's', to: ['a', key, 'b'], value: constant(2) }])).run({}, context);
    expect(JSON.stringify(output)).toBe(`{"${key}":1,"a":{"${key}":{"b":2}}}`);
  });

  it('never change a prototype, whatever is mapped where', () => {
    const segment = fc.constantFrom('__proto__', 'constructor', 'prototype', 'a', '0', 'toString');
    const hostile = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"a":[{"__proto__":{"polluted":1}}]}') as Json;
    const neverPollutes = fc.property(fc.array(segment, { maxLength: 3 }), fc.array(segment, { maxLength: 3 }), (to, from) => {
      try {
        compileMapping(mapping([
          { id: 'r', to, value: path('o', ...from) },
          { id: 's', to: [...to, 'b'], value: path('o', ...from) },
        ])).run({ o: hostile }, context);
      } catch (problem) {
        if (!(problem instanceof MappingDocumentError)) throw problem;
      }
      return !('polluted' in {}) && Object.keys(Object.prototype).length === 0;
    });
    expect(fc.check(neverPollutes).counterexample).toBeNull();
  });

  it('end at the limits with an error that says so', () => {
    const loop = (rules: Rule[]): Rule => ({ id: 'l', to: ['l'], forEach: { in: path('o'), as: 'x' }, rules });
    const inner: Rule = { id: 'm', to: ['m'], forEach: { in: path('o'), as: 'y' }, value: constant(1) };
    const codes = (rules: Rule[], o: Json, limits?: MappingContext['limits']): string[] =>
      compileMapping(mapping(rules)).run({ o }, { ...context, ...(limits && { limits }) }).errors.map(({ code }) => code);
    expect(codes([loop([])], Array.from({ length: 100_001 }, () => 1))).toEqual(['too_many_items']);
    expect(codes([loop([inner])], Array.from({ length: 10_000 }, () => 1), { deadlineMs: 20, maxItemsOfRun: 1e9 })).toEqual(['deadline']);
    expect(codes([loop([inner])], Array.from({ length: 1_001 }, () => 1))).toEqual(['too_many_items']);
    const chosen: Rule = { ...loop([inner]), forEach: { in: path('o'), as: 'x', where: constant(true) } };
    expect(codes([chosen], Array.from({ length: 1_001 }, () => 1))).toEqual(['too_many_items']);
    const grow = (value: Expression, times: number): Expression => (times === 0 ? value : grow(call('concat', value, value), times - 1));
    expect(codes([rule('a', grow(constant('x'.repeat(1000)), 11))], 1)).toEqual(['text_too_long']);
    expect(codes([rule('a', call('replace', constant('x'.repeat(1_000_000)), constant('x'), constant('yy')))], 1)).toEqual(['text_too_long']);
    expect(codes([rule('a', call('replacePattern', constant('x'.repeat(5000)), constant(''), constant('y'.repeat(5000))))], 1)).toEqual(['text_too_long']);
    expect(codes([rule('a', call('matches', constant(`${'a'.repeat(100_000)}!`), constant('(a+)+$')))], 1)).toEqual([]);
    const heavy = ['(?:[ab]{0,30}){0,30}[^ab]', '[ab][^z]{900}[^abz]', '(?:\\pL|\\pN|\\pP|\\pS){0,900}[^\\pL]'];
    for (const pattern of heavy) {
      expect(codes([rule('a', call('matches', constant('ab'.repeat(500_000)), constant(pattern)))], 1)).toEqual(['text_too_long']);
      expect(codes([rule('a', call('replacePattern', constant('ab'.repeat(500_000)), constant(pattern), constant('')))], 1)).toEqual(['text_too_long']);
    }
    // Each match looks to the end of the text for a b.
    const lookingFar = call('replacePattern', constant('a'.repeat(50_000)), constant('a(.*b)?'), constant('x'));
    expect(codes([rule('a', lookingFar)], 1, { deadlineMs: 20 })).toEqual(['deadline']);
  });
});

describe('a run', () => {
  it('gives the same result for the same document, sources and context', () => {
    const rules = [rule('id', call('uuid')), rule('other', call('uuid')), rule('at', call('now')), rule('v', path('o'))];
    const isDeterministic = fc.property(fc.jsonValue(), (o) => {
      const compiled = compileMapping(mapping(rules));
      const [first, second] = [compiled.run({ o: o as Json }, context), compileMapping(mapping(rules)).run({ o: o as Json }, context)];
      return JSON.stringify(first) === JSON.stringify(second) && JSON.stringify(compiled.run({ o: o as Json }, context)) === JSON.stringify(first);
    });
    expect(fc.check(isDeterministic).counterexample).toBeNull();
    const { output: made } = map(rules, { o: 1 });
    expect(made).toMatchObject({ at: '2025-01-31T14:30:00Z' });
    expect(new Set(Object.values(made as object)).size).toBe(4);
  });

  it('never changes its sources or the document', () => {
    const freeze = (value: unknown): unknown =>
      (typeof value === 'object' && value !== null ? (Object.values(value).forEach(freeze), Object.freeze(value)) : value);
    const document = freeze(mapping([rule('', path('o')), rule('b', call('sort', path('o', 'list'))), rule('c', constant({ d: [1] }))])) as MappingDocument;
    const scope = freeze({ o: { list: [3, 1, 2] } }) as Record<string, Json>;
    expect(compileMapping(document).run(scope, context).output).toEqual({ list: [3, 1, 2], b: [1, 2, 3], c: { d: [1] } });
  });

  it('uses the zone of the document for functions that need one', () => {
    const written = rule('at', call('formatDate', path('o'), constant('HH:mm')));
    const scope = { o: '2025-07-01T10:00:00Z' };
    expect(output([written], scope)).toEqual({ at: '10:00' });
    expect(output([written], scope, { options: { timezone: 'Europe/Oslo' } })).toEqual({ at: '12:00' });
  });
});
