import { sampleOf, type Json, type JsonSchema } from '@weft/json-schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Expression, MappingDocument, Rule } from '../document.ts';
import { checkExpression } from './check-expression.ts';
import { checkMapping } from './check-mapping.ts';
import type { MappingProblem } from './problem.ts';

const order: JsonSchema = {
  type: 'object',
  required: ['id', 'total', 'status', 'customer', 'lines', 'tags', 'amounts'],
  properties: {
    id: { type: 'string' },
    total: { type: 'number' },
    count: { type: 'integer' },
    status: { type: 'string', enum: ['paid', 'open'] },
    note: { type: ['string', 'null'] },
    customer: { type: 'object', properties: { firstName: { type: 'string' }, email: { type: 'string' } }, required: ['firstName'] },
    tags: { type: 'array', items: { type: 'string' } },
    amounts: { type: 'array', items: { type: 'number' } },
    lines: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' }, quantity: { type: 'integer' } }, required: ['sku', 'quantity'] } },
    extra: {},
  },
};

const path = (...segments: string[]): Expression => ({ path: ['order', ...segments] });
const rule = (to: string, value: Expression, more: Partial<Rule> = {}): Rule => ({ id: to, to: to === '' ? [] : to.split('.'), value, ...more });
const mapping = (...rules: Rule[]): MappingDocument => ({ format: 'weft.mapping/1', rules });
const object = (properties: Record<string, JsonSchema>, ...required: string[]): JsonSchema => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
  additionalProperties: false,
});
const check = (target: JsonSchema, ...rules: Rule[]): MappingProblem[] => checkMapping(mapping(...rules), { sources: { order }, target });
const codes = (problems: MappingProblem[]): string[] => problems.map(({ code, severity, path: at }) => `${severity} ${code} ${(at ?? []).join('.')}`);
const mended = (target: JsonSchema, title: string, ...rules: Rule[]): MappingDocument => {
  const fix = check(target, ...rules).flatMap(({ fixes }) => fixes ?? []).find((one) => one.title === title);
  if (!fix) throw new Error(`no fix “${title}”`);
  return fix.apply(mapping(...rules));
};

const text = object({ to: { type: 'string' } });
const number = object({ to: { type: 'number' } });
const list = object({ to: { type: 'array', items: { type: 'string' } } });

describe('a mapping without problems', () => {
  it('has none', () => {
    const target = object({ id: { type: 'string' }, items: { type: 'array', items: object({ sku: { type: 'string' } }, 'sku') } }, 'id', 'items');
    const items: Rule = { id: 'items', to: ['items'], forEach: { in: path('lines'), as: 'line' }, rules: [rule('sku', { path: ['line', 'sku'] })] };
    expect(check(target, rule('id', path('id')), items)).toEqual([]);
  });

  it('is not asked about what nobody described', () => {
    expect(check({}, rule('a.b', path('extra', 'x', '0')), rule('c', { fn: 'add', args: [path('extra'), { const: 1 }] }))).toEqual([]);
    expect(check(number, rule('to', { fn: 'add', args: [path('extra'), { const: 1 }] }))).toEqual([]);
  });
});

describe('check 1: required targets', () => {
  const target = object({
    id: { type: 'string' },
    ship: object({ city: { type: 'string' }, zip: { type: 'string' } }, 'city'),
    items: { type: 'array', items: object({ sku: { type: 'string' } }, 'sku') },
    mode: { type: 'string', default: 'fast' },
  }, 'id', 'ship', 'items', 'mode');

  it('names each one that is not filled, inside objects and lists too', () => {
    const items: Rule = { id: 'items', to: ['items'], forEach: { in: path('lines'), as: 'line' }, rules: [] };
    expect(codes(check(target))).toEqual(['error mapping.required id', 'error mapping.required ship.city', 'error mapping.required items']);
    expect(codes(check(target, rule('id', path('id')), rule('ship.zip', path('id')), items))).toEqual([
      'error mapping.required ship.city',
      'error mapping.required items.0.sku',
    ]);
    expect(check(target)[0]?.message).toBe('id is required, and nothing is mapped to it yet.');
  });

  it('comes to an end where a schema asks for itself, several times', () => {
    const endless: JsonSchema = {
      type: 'object',
      required: ['and', 'or', 'not', 'id'],
      properties: { id: { type: 'string' }, and: { $ref: '#' }, or: { $ref: '#' }, not: { $ref: '#' } },
    };
    expect(codes(check(endless))).toEqual(['and', 'or', 'not', 'id'].map((name) => `error mapping.required ${name}`));
    expect(codes(check(endless, rule('and.id', path('id'))))).toContain('error mapping.required and.or');
  });

  it('knows the fields of every branch, as the form and the tree do', () => {
    const pay: JsonSchema = {
      type: 'object',
      properties: { kind: { type: 'string' } },
      required: ['kind'],
      if: { properties: { kind: { const: 'bank' } } },
      then: { properties: { iban: { type: 'string' } }, required: ['iban'] },
      else: { properties: { tags: { type: 'array', items: { type: 'string' } } } },
      oneOf: [{ properties: { a: { type: 'string' } }, required: ['a'] }, { properties: { b: { type: 'string' } } }],
      additionalProperties: false,
    };
    const filled = (['kind', 'iban', 'a', 'b'] as const).map((name) => rule(name, path('id')));
    expect(codes(check(pay, ...filled, rule('tags', path('tags')))).filter((code) => code.includes('targetGone'))).toEqual([]);
    expect(codes(check(pay))).toEqual(['error mapping.required kind']);
    expect(codes(check(pay, rule('nope', path('id'))))).toContain('error mapping.targetGone nope');
  });

  it('is content when the whole is mapped at once', () => {
    expect(codes(check(target, rule('', path('extra'))))).toEqual([]);
  });
});

describe('check 2: sources that are gone', () => {
  it('proposes the field that was probably meant', () => {
    const [problem] = check(text, rule('to', path('customer', 'first_name')));
    expect(problem).toMatchObject({
      code: 'mapping.sourceGone',
      ruleId: 'to',
      message: 'order › customer › first_name is no longer there. Was it renamed to firstName?',
    });
    expect(
      mended(text, 'Use firstName instead of first_name', rule('to', path('customer', 'first_name'))).rules[0]?.value,
    ).toEqual(path('customer', 'firstName'));
  });

  it('says so where nothing is close, or the step is gone', () => {
    expect(check(text, rule('to', path('customer', 'phone')))[0]).toMatchObject({
      code: 'mapping.sourceGone',
      message: expect.stringContaining('Choose another field'),
    });
    expect(check(text, rule('to', { path: ['http1', 'body'] }))[0]?.message).toContain('comes from a step that is not there');
    expect(codes(check(text, rule('too', path('id'))))).toEqual(['error mapping.targetGone too']);
    expect(mended(text, 'Fill to instead', rule('too', path('id'))).rules[0]?.to).toEqual(['to']);
  });
});

describe('what sources are called', () => {
  const named = (...rules: Rule[]): string[] =>
    checkMapping(mapping(...rules), { sources: { order }, target: number, titles: { order: 'The order' } }).map(({ message }) => message);

  it('is their title, where there is one', () => {
    expect(named(rule('to', path('custommer')))).toEqual([expect.stringMatching(/^The order › custommer is no longer there/)]);
    expect(named(rule('to', path('tags')))).toEqual([expect.stringMatching(/^The order › tags is a list/)]);
    expect(named(rule('to', path('status')))).toEqual([expect.stringMatching(/^The order › status for to: /)]);
  });

  it('is the name of a loop that hides them', () => {
    const inner: Rule = { id: 'r', to: ['to'], forEach: { in: path('lines'), as: 'order' }, value: path('gone') };
    const messages = checkMapping(mapping(inner), { sources: { order }, target: list, titles: { order: 'The order' } }).map(({ message }) => message);
    expect(messages).toEqual([expect.stringMatching(/^order › gone is no longer there/)]);
  });
});

describe('check 3: types', () => {
  it('refuses what can never fit, and offers the conversion', () => {
    expect(check(number, rule('to', path('id')))[0]).toMatchObject({
      code: 'mapping.type',
      severity: 'error',
      message: 'order › id for to: the value is text, and the target needs a number.',
    });
    expect(mended(number, 'Read it as a number', rule('to', path('id'))).rules[0]?.value).toEqual({ fn: 'toNumber', args: [path('id')] });
    const maybe = object({ to: { type: ['integer', 'null'] } });
    expect(mended(maybe, 'Read it as a whole number', rule('to', path('id'))).rules[0]?.value).toEqual({ fn: 'toInteger', args: [path('id')] });
    expect(mended(text, 'Write it as text', rule('to', path('total'))).rules[0]?.value).toEqual({ fn: 'toText', args: [path('total')] });
  });

  it('warns of what may not fit by its type, not of formats and lengths', () => {
    expect(codes(check(object({ to: { type: 'integer' } }), rule('to', path('total'))))).toEqual(['warning mapping.type to']);
    expect(codes(check(object({ to: { type: 'string', format: 'email', maxLength: 5 } }), rule('to', path('id'))))).toEqual([]);
    expect(codes(check(number, rule('to', { fn: 'add', args: [path('id'), { const: 1 }] })))).toEqual(['warning mapping.type to']);
    expect(codes(check(number, rule('to', { fn: 'add', args: [path('total'), { const: 1 }] })))).toEqual([]);
  });

  it('offers to go through a list whose items look different', () => {
    const target = object({ to: { type: 'array', items: object({ article: { type: 'string' } }, 'article') } });
    expect(mended(target, 'Go through the list and map each item', rule('to', path('tags'))).rules[0]).toEqual({
      id: 'to', to: ['to'], forEach: { in: path('tags'), as: 'tag' }, rules: [],
    });
  });
});

describe('check 4: values that may be missing', () => {
  const needed = object({ to: { type: 'string' } }, 'to');

  it('warns where the target needs one', () => {
    expect(check(needed, rule('to', path('customer', 'email')))[0]).toMatchObject({
      code: 'mapping.mayBeMissing',
      severity: 'warning',
      message: 'order › customer › email may be missing, but to is required. Use “Or else” to say what goes there instead.',
    });
    expect(codes(check(needed, rule('to', { fn: 'upper', args: [path('note')] })))).toEqual(['warning mapping.mayBeMissing to']);
    expect(codes(check(needed, rule('to', { fn: 'first', args: [path('tags')] })))).toEqual(['warning mapping.mayBeMissing to']);
    expect(codes(check(needed, rule('to', path('id'), { when: { fn: 'exists', args: [path('note')] } })))).toEqual(['warning mapping.mayBeMissing to']);
    expect(codes(check(needed, rule('to', { fn: 'default', args: [path('note'), { const: '-' }] })))).toEqual([]);
    expect(codes(check(needed, rule('to', { if: { fn: 'exists', args: [path('note')] }, then: path('id'), else: { const: '-' } })))).toEqual([]);
  });

  it('offers to leave out what may be null', () => {
    const optional = object({ to: { type: 'string' } });
    const always = { ...order, required: [...(order.required ?? []), 'note'] };
    const [problem] = checkMapping(mapping(rule('to', path('note'))), { sources: { order: always }, target: optional });
    expect(problem?.message).toBe('order › note may be empty (null), and to does not take that.');
    expect(problem?.fixes?.[0]?.apply(mapping(rule('to', path('note')))).rules[0]).toMatchObject({ onNull: 'omit' });
  });
});

describe('check 5: lists and single values', () => {
  it.each([
    ['Take the first item', text, path('tags'), { fn: 'first', args: [path('tags')] }],
    ['Join the items to one text', text, path('tags'), { fn: 'join', args: [path('tags'), { const: ', ' }] }],
    ['Add the items up', number, path('amounts'), { fn: 'sum', args: [path('amounts')] }],
    ['Count the items', number, path('lines'), { fn: 'count', args: [path('lines')] }],
  ])('%s', (title, target, value, result) => {
    expect(codes(check(target, rule('to', value)))).toEqual(['error mapping.listToSingle to']);
    expect(mended(target, title, rule('to', value)).rules[0]?.value).toEqual(result);
    expect(codes(check(target, rule('to', result))).filter((code) => code.startsWith('error'))).toEqual([]);
  });

  it('makes a list of one only when asked', () => {
    expect(codes(check(list, rule('to', path('id'))))).toEqual(['error mapping.singleToList to']);
    const document = mended(list, 'Make a list of one', rule('to', path('id')));
    expect(document.rules[0]).toEqual({ id: 'to', to: ['to'], forEach: { in: path('id'), as: 'item', wrap: true }, value: { path: ['item'] } });
    expect(checkMapping(document, { sources: { order }, target: list })).toEqual([]);
  });

  it('does not look into a list as if it were one thing', () => {
    const [problem] = check(text, rule('to', path('lines', 'sku')));
    expect(problem).toMatchObject({
      code: 'mapping.listToSingle',
      message: 'order › lines is a list, and order › lines › sku would be a field of each of its items. Go through the list, or take the first item.',
    });
    expect(mended(text, 'Take the first item', rule('to', path('lines', 'sku'))).rules[0]?.value).toEqual(path('lines', '0', 'sku'));
  });

  it('keeps the items of a loop inside it', () => {
    const loop: Rule = { id: 'to', to: ['to'], forEach: { in: path('lines'), as: 'line' }, value: { path: ['line', 'sku'] } };
    const outside = rule('other', { path: ['line', 'sku'] });
    expect(codes(check({ ...list, additionalProperties: true }, loop, outside))).toEqual(['error mapping.loopScope other']);
    expect(codes(check(text, loop))).toEqual(['error mapping.listToSingle to']);
    expect(codes(check(list, { ...loop, forEach: { in: path('customer'), as: 'line' } })).slice(0, 1)).toEqual(['error mapping.singleToList to']);
    expect(codes(check(list, { ...loop, value: { index: 'row' } }))).toEqual(['error mapping.loopScope to']);
  });
});

describe('check 6: two rules for one target', () => {
  it('finds doubles, parents and children, on every level', () => {
    const target: JsonSchema = { type: 'object' };
    const double = [rule('a', path('id')), { ...rule('a', path('id')), id: 'again' }];
    expect(codes(check(target, ...double))).toEqual(['error mapping.duplicateTarget a']);
    expect(mended(target, 'Remove the second one', ...double).rules.map(({ id }) => id)).toEqual(['a']);
    expect(codes(check(target, rule('a.b', path('id')), rule('a', path('customer'))))).toEqual(['error mapping.parentAndChild a']);
    const loop: Rule = { id: 'l', to: ['l'], forEach: { in: path('lines'), as: 'line' }, rules: double };
    expect(codes(check(target, loop))).toEqual(['error mapping.duplicateTarget l.0.a']);
  });
});

describe('check 7: inputs of functions', () => {
  const message = (value: Expression): string | undefined => check({}, rule('to', value))[0]?.message;

  it('are there, and of the right kind', () => {
    expect(message({ fn: 'replace', args: [path('id'), { const: '-' }] })).toBe('Replace still needs: Replace with.');
    expect(message({ fn: 'upper', args: [path('customer')] })).toBe('Upper case › Text: a text is needed here.');
    expect(message({ fn: 'upper', args: [path('tags')] })).toContain('Take the first item, join the items, or go through the list.');
    expect(message({ fn: 'sum', args: [path('total')] })).toBe('Sum of a list › List: a list is needed here.');
    expect(message({ fn: 'round', args: [path('total'), { const: 2 }, { const: 'sideways' }] })).toContain('choose one of half-up');
    expect(message({ fn: 'lookup', args: [path('id'), { table: 'none' }] })).toContain('There is no lookup table named none');
    expect(message({ fn: 'lookup', args: [path('id'), { const: 'x' }] })).toBe('Look up in a table › Table: choose the lookup table.');
    expect(message({ fn: 'evil', args: [] })).toContain('There is no function named evil');
    expect(message({ if: path('id'), then: path('id') })).toContain('A condition must be true or false');
    expect(message({ fn: 'upper', args: [{ path: [] }] })).toBe('Upper case › Text: choose a value.');
    expect(message({ fn: 'upper', args: [path('status')] })).toBeUndefined();
  });
});

describe('check 9: constants', () => {
  it('obey the schema of their target, and are converted where that is certain', () => {
    const target = object({ to: { type: 'integer', minimum: 1 } });
    expect(check(target, rule('to', { const: 0 }))[0]).toMatchObject({ code: 'mapping.constant', message: 'to must be at least 1.' });
    expect(mended(target, 'Use 5 instead', rule('to', { const: '5' })).rules[0]?.value).toEqual({ const: 5 });
    expect(check(target, rule('to', { const: 'five' }))[0]?.fixes).toBeUndefined();
    expect(check(object({ to: { enum: ['a', 'b'] } }), rule('to', { const: 'c' }))[0]?.message).toBe('to must be one of: a, b.');
  });
});

describe('check 10: the output on the samples', () => {
  const sample: Json = {
    id: 'A1',
    total: 3,
    status: 'paid',
    customer: { firstName: 'Ada' },
    tags: [],
    amounts: [],
    lines: [{ sku: 'x', quantity: 0 }, { sku: 'toolong', quantity: 0 }],
  };
  const onSample = (target: JsonSchema, ...rules: Rule[]): MappingProblem[] =>
    checkMapping(mapping(...rules), { sources: { order }, target, samples: { order: sample } });

  it('ties every issue to its rule, once for all items of a list', () => {
    const target = object({ items: { type: 'array', items: object({ sku: { type: 'string', maxLength: 3 }, quantity: { type: 'integer', minimum: 1 } }) } });
    const items: Rule = {
      id: 'items', to: ['items'], forEach: { in: path('lines'), as: 'line' },
      rules: [rule('sku', { path: ['line', 'sku'] }), rule('quantity', { path: ['line', 'quantity'] })],
    };
    expect(onSample(target, items).map(({ code, severity, ruleId, message }) => [code, severity, ruleId, message])).toEqual([
      ['mapping.output', 'warning', 'quantity', 'On the sample, items › quantity must be at least 1.'],
      ['mapping.output', 'warning', 'sku', 'On the sample, items › sku must have at most 3 characters.'],
    ]);
  });

  it('tells which rule fails, and repeats nothing that is already said', () => {
    expect(onSample(text, rule('to', { fn: 'parseDate', args: [path('id')] }))).toMatchObject([
      { code: 'mapping.fails', severity: 'warning', ruleId: 'to', message: expect.stringContaining('On the sample, to cannot be made: ') },
    ]);
    expect(codes(onSample(object({ to: { type: 'string' } }, 'to')))).toEqual(['error mapping.required to']);
    expect(codes(onSample(number, rule('to', path('id'))))).toEqual(['error mapping.type to']);
  });
});

describe('checkExpression', () => {
  it('checks a condition, and the list of a loop', () => {
    const condition = (expression: Expression): string[] => codes(checkExpression(expression, { sources: { order }, expect: { type: 'boolean' } }));
    expect(condition({ fn: 'greaterThan', args: [path('total'), { const: 100 }] })).toEqual([]);
    expect(condition(path('gone'))).toEqual(['error mapping.sourceGone ']);
    expect(condition(path('id'))).toEqual(['error mapping.input ']);
    const items = (expression: Expression): string[] => codes(checkExpression(expression, { sources: { order }, expect: { type: 'array' } }));
    expect(items(path('lines'))).toEqual([]);
    expect(items(path('customer'))).toEqual(['error mapping.singleToList ']);
    expect(items(path('extra'))).toEqual([]);
  });
});

describe('any mapping', () => {
  it('in which nothing was found gives output that the target takes', () => {
    const fields = ['id', 'total', 'count', 'status', 'customer', 'tags', 'lines'];
    const from = fc.constantFrom(...fields).map((name) => path(name));
    const to = fc.constantFrom<JsonSchema>({ type: 'string' }, { type: 'number' }, { type: 'integer' }, { type: 'array' }, { type: 'object' });
    const holds = fc.property(from, to, (value, wanted) => {
      const against = { sources: { order }, target: object({ to: wanted }) };
      const document = mapping(rule('to', value));
      return checkMapping(document, against).length > 0 || checkMapping(document, { ...against, samples: { order: sampleOf(order) } }).length === 0;
    });
    expect(fc.check(holds).counterexample).toBeNull();
  });
});
