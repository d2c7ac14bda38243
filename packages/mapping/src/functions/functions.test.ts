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

  it('passes null and missing on, unless it has a policy of its own', () => {
    const [example] = called.examples;
    const nothing = called.nulls === 'pass' && called.parameters.length > 0 ? [null, undefined] : [];
    expect(nothing.map((value) => outcomeOf(called, [value, ...(example?.args.slice(1) ?? [])]))).toEqual(nothing);
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

describe('the table of functions', () => {
  it('names each function as it names itself, and finds none that objects inherit', () => {
    expect(Object.entries(functions).filter(([name, { name: own }]) => name !== own)).toEqual([]);
    expect(functionNamed('constructor')).toBeUndefined();
    expect(functionNamed('upper')).toBe(functions['upper']);
  });
});
