import { describe, expect, it } from 'vitest';
import { compileFunction } from '../compile/compile-function.ts';
import { MappingFault } from '../fault.ts';
import { Run, type Value } from '../run.ts';
import { functionNamed, functions, type MappingFunction } from './index.ts';

const run = (): Run => new Run({}, { now: new Date('2025-01-31T14:30:00Z'), seed: 'run/step' });

/** The value, or the code of the fault. */
function outcomeOf(called: MappingFunction, args: readonly Value[]): unknown {
  try {
    return compileFunction(called, args.map((arg) => () => arg))(run());
  } catch (fault) {
    if (fault instanceof MappingFault) return `fault: ${fault.code}`;
    throw fault;
  }
}

describe.each(Object.values(functions))('$name', (called) => {
  it.each(called.examples.map((example) => [JSON.stringify(example.args), example] as const))('%s', (_args, example) => {
    expect(outcomeOf(called, example.args)).toEqual(example.fault ? `fault: ${example.fault}` : example.result);
  });

  it('has an example, a title and a description that is a sentence', () => {
    expect(called.examples.length).toBeGreaterThan(0);
    expect(called.title).toMatch(/^[A-Z]/);
    expect(called.description).toMatch(/^[A-Z].*\.$/);
  });

  it('gives a value or a fault for any arguments, never another error', () => {
    const values: Value[] = [null, undefined, true, 0, -1.5, 1e300, '', 'x', '12', '2025-01-31', [], [1, 'a', null], {}, { a: 1 }];
    const count = Math.max(1, called.parameters.length);
    for (let index = 0; index < values.length * count; index += 1) {
      const args = Array.from({ length: count }, (_, at) => values[(index + at * 5) % values.length]);
      expect(() => outcomeOf(called, args.slice(0, called.parameters.length))).not.toThrow();
    }
  });
});

const withParameters = Object.values(functions).filter(({ parameters }) => parameters.length > 0);

describe.each(withParameters.filter(({ nulls }) => nulls === 'pass'))('$name', (called) => {
  const demanded = called.parameters.flatMap(({ optional }, at) => (optional ? [] : [at]));
  const [example] = called.examples.filter(({ fault, args }) => fault === undefined && args.length >= demanded.length && !args.includes(null));

  it.each(demanded)('gives null for null and nothing for nothing as argument %i', (at) => {
    const outcomes = [null, undefined].map((nothing) => outcomeOf(called, (example?.args ?? []).with(at, nothing)));
    expect([example, outcomes]).toEqual([expect.anything(), [null, undefined]]);
  });
});

describe.each(withParameters.filter(({ nulls }) => nulls === 'own'))('$name', (called) => {
  it.each([null, undefined])('says in an example what it makes of %s', (nothing) => {
    expect(called.examples.filter(({ args }) => args.includes(nothing))).not.toEqual([]);
  });
});

describe.each(Object.values(functions).filter(({ applyLazily }) => applyLazily))('$name', (called) => {
  it('gives the same, whether it is asked for its arguments one by one or has them all', () => {
    // Such functions take any value in each of their parameters.
    const apply = called.apply as (run: Run, ...args: readonly Value[]) => Value;
    const given = called.examples.filter(({ fault }) => fault === undefined).map(({ args }) => args);
    expect(given.map((args) => apply(run(), ...args))).toEqual(given.map((args) => outcomeOf(called, args)));
  });
});

describe('the table of functions', () => {
  it('names each function as it names itself, and finds none that objects inherit', () => {
    expect(Object.entries(functions).filter(([name, { name: own }]) => name !== own)).toEqual([]);
    expect(functionNamed('constructor')).toBeUndefined();
    expect(functionNamed('upper')).toBe(functions['upper']);
  });
});
