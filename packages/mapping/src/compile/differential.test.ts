import { isObject, type Json } from '@weft/json-schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileMapping } from '../compile-mapping.ts';
import type { Expression, Rule } from '../document.ts';
import type { Value } from '../run.ts';
import { plainFunctions, Refused } from './plain-functions.ts';

/** The semantics once more, in the plainest words: no closures, no slots, nothing shared. */
function evaluate(expression: Expression, names: Names): Value {
  if ('path' in expression) return expression.path.slice(1).reduce(step, names.values.get(expression.path[0] ?? ''));
  if ('const' in expression) return expression.const;
  if ('index' in expression) return names.indexes.get(expression.index);
  if ('if' in expression) {
    const condition = evaluate(expression.if, names) ?? false;
    if (typeof condition !== 'boolean') throw new Refused('not a condition');
    if (condition) return evaluate(expression.then, names);
    return expression.else && evaluate(expression.else, names);
  }
  if (!('fn' in expression)) return undefined;
  const called = plainFunctions[expression.fn];
  if (!called) throw new Error('unknown function');
  return called(expression.args.map((arg) => () => evaluate(arg, names)));
}

function step(value: Value, segment: string): Value {
  if (Array.isArray(value)) return /^(?:0|[1-9]\d*)$/.test(segment) ? value[Number(segment)] : undefined;
  return isObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined;
}

function applyRules(rules: readonly Rule[], names: Names): Value {
  const made: Record<string, Json> = {};
  for (const rule of rules) {
    const value = applyRule(rule, names);
    if (value === undefined || (value === null && rule.onNull === 'omit')) continue;
    let place = made;
    for (const segment of rule.to.slice(0, -1)) {
      // Targets of these rules never cross: what is there is an object of an earlier rule.
      place = (place[segment] ??= {}) as Record<string, Json>;
    }
    place[rule.to.at(-1) ?? ''] = value;
  }
  return made;
}

function applyRule(rule: Rule, names: Names): Value {
  if (rule.when && evaluate({ if: rule.when, then: { const: true }, else: { const: false } }, names) === false) return undefined;
  const { forEach } = rule;
  if (!forEach) return rule.value && evaluate(rule.value, names);
  const source = evaluate(forEach.in, names);
  if (source === undefined || source === null) return source;
  const list = Array.isArray(source) ? source : forEach.wrap ? [source] : undefined;
  if (!list) throw new Refused('not a list');
  return list.flatMap((item, index) => {
    const inner = { values: new Map(names.values).set(forEach.as, item), indexes: new Map(names.indexes).set(forEach.as, index) };
    if (forEach.where && evaluate({ if: forEach.where, then: { const: true }, else: { const: false } }, inner) === false) return [];
    const value = rule.value ? evaluate(rule.value, inner) : applyRules(rule.rules ?? [], inner);
    return value === undefined || (value === null && rule.onNull === 'omit') ? [] : [value];
  });
}

interface Names {
  values: Map<string, Value>;
  indexes: Map<string, number>;
}

const context = { now: new Date(0), seed: 'test' };
const names = ['o', 'p', 'x', 'y'];
const segment = fc.constantFrom('a', 'b', '0', '1', 'length', 'constructor', 'x');
const path: fc.Arbitrary<Expression> = fc.tuple(fc.constantFrom(...names), fc.array(segment, { maxLength: 5 }))
  .map(([root, rest]) => ({ path: [root, ...rest] }));

const value: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Json>(null, true, false, 0, 1, 2.5, 'a', 'text'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '0', 'constructor', 'x'), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

/** @param loops - the names that `index` may ask for. */
const expressionIn = (loops: readonly string[]): fc.Arbitrary<Expression> =>
  fc.letrec<{ any: Expression }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      { weight: 4, arbitrary: path },
      { weight: 1, arbitrary: value.map((one): Expression => ({ const: one })) },
      ...(loops.length > 0 ? [{ weight: 1, arbitrary: fc.constantFrom(...loops).map((index): Expression => ({ index })) }] : []),
      { weight: 1, arbitrary: fc.record({ if: tie('any'), then: tie('any'), else: tie('any') }) },
      { weight: 1, arbitrary: call(['default', 'equals', 'concat', 'add', 'greaterThan', 'and', 'or'], tie('any'), 2) },
      { weight: 1, arbitrary: call(['default', 'concat'], tie('any'), 3) },
      { weight: 1, arbitrary: call(['exists', 'isEmpty', 'upper', 'count', 'first', 'not'], tie('any'), 1) },
    ),
  })).any;

function call(functions: readonly string[], arg: fc.Arbitrary<Expression>, count: number): fc.Arbitrary<Expression> {
  return fc.record({ fn: fc.constantFrom(...functions), args: fc.array(arg, { minLength: count, maxLength: count }) });
}

const rulesIn = (loops: readonly string[], depth: number): fc.Arbitrary<Rule[]> =>
  fc.uniqueArray(fc.constantFrom('t', 'u', 'v', 'w'), { maxLength: 3 }).chain((targets) => fc.tuple(...targets.map((target) => ruleFor(target, loops, depth))));

function ruleFor(target: string, loops: readonly string[], depth: number): fc.Arbitrary<Rule> {
  const plain: fc.Arbitrary<Rule> = fc.record({
    id: fc.constant(target), to: fc.constantFrom<string[]>([target], [target, 'deep']), value: expressionIn(loops),
    when: fc.option(expressionIn(loops), { nil: undefined, freq: 4 }), onNull: fc.constantFrom('keep' as const, 'omit' as const),
  });
  if (depth === 0) return plain;
  const loop: fc.Arbitrary<Rule> = fc.constantFrom('x', 'y', 'o').chain((as) => {
    const inner = [...loops, as];
    const head = fc.record({ in: path, as: fc.constant(as), where: fc.option(expressionIn(inner), { nil: undefined }), wrap: fc.boolean() });
    const values: fc.Arbitrary<Rule> = fc.record({ id: fc.constant(target), to: fc.constant<string[]>([target]), forEach: head, value: expressionIn(inner) });
    const objects: fc.Arbitrary<Rule> = fc.record({
      id: fc.constant(target),
      to: fc.constant<string[]>([target]),
      forEach: head,
      rules: rulesIn(inner, depth - 1),
    });
    return fc.oneof(values, objects);
  });
  return fc.oneof(plain, loop);
}

describe('compiled mappings', () => {
  it('do what the plain words say, for any document and data', () => {
    const scope = fc.record({ o: value, p: value });
    const agrees = fc.property(rulesIn([], 2), scope, (rules, sources) => {
      const { output, errors } = compileMapping({ format: 'weft.mapping/1', rules }).run(sources, context);
      try {
        const expected = applyRules(rules, { values: new Map(Object.entries(sources)), indexes: new Map() });
        return errors.length === 0 && JSON.stringify(sorted(output)) === JSON.stringify(sorted(expected ?? {}));
      } catch (fault) {
        if (!(fault instanceof Refused)) throw fault;
        return errors.length > 0;
      }
    });
    expect(fc.check(agrees, { numRuns: 500 }).counterexample).toBeNull();
  }, 60_000);
});

/** Grouping targets may change the order of keys, which means nothing. */
function sorted(made: Json): Json {
  if (Array.isArray(made)) return made.map(sorted);
  if (!isObject(made)) return made;
  return Object.fromEntries(Object.keys(made).sort().map((key) => [key, sorted(made[key] ?? null)]));
}
