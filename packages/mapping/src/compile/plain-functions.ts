import { equal, isObject } from '@weft/json-schema';
import { Decimal } from 'decimal.js';
import type { Value } from '../run.ts';

/** What the plain words of a test refuse. */
export class Refused extends Error {}

/**
 * Functions once more, in the plainest words and with nothing of the compiler or of the functions themselves: what compiled calls
 * are held against. Arguments come unevaluated, because some functions leave those alone that they do not need.
 */
export const plainFunctions: Readonly<Record<string, (args: readonly (() => Value)[]) => Value>> = {
  default(args) {
    let last: Value;
    for (const arg of args) {
      last = arg();
      if (!isNothing(last)) break;
    }
    return last;
  },
  and: (args) => args.every((arg) => truth(arg())),
  or: (args) => args.some((arg) => truth(arg())),
  not: ([arg]) => !truth(arg?.()),
  exists: ([arg]) => !isNothing(arg?.()),
  isEmpty([arg]) {
    const value = arg?.();
    if (isNothing(value)) return true;
    if (typeof value === 'string') return value.trim().length === 0;
    return (Array.isArray(value) || isObject(value)) && Object.keys(value).length === 0;
  },
  equals([left, right]) {
    const [one, other] = [left?.() ?? null, right?.() ?? null];
    const isMixed = typeof one !== typeof other && isNumeric(one) && isNumeric(other);
    return isMixed ? new Exact(one).equals(other) : equal(one, other);
  },
  concat: (args) => args.map((arg) => arg()).map((value) => (isNothing(value) ? '' : textOf(value))).join(''),
  add: strict((one, other) => {
    if (!isNumeric(one) || !isNumeric(other)) throw new Refused('not a number');
    const sum = new Exact(one).plus(other);
    return typeof one === 'number' && typeof other === 'number' ? sum.toNumber() : sum.toFixed();
  }),
  greaterThan: strict((one, other) => {
    if (isNumeric(one) && isNumeric(other)) return new Exact(one).greaterThan(other);
    if (typeof one === 'string' && typeof other === 'string') return one > other;
    throw new Refused('not comparable');
  }),
  upper: strict((value) => textOf(value).toUpperCase()),
  count: strict((value) => listOf(value).length),
  first: strict((value) => listOf(value)[0]),
};

const Exact = Decimal.clone({ precision: 40 });

/** A function that a missing argument makes missing, and a null one null. */
function strict(apply: (...values: Value[]) => Value): (args: readonly (() => Value)[]) => Value {
  return (args) => {
    const values = args.map((arg) => arg());
    if (values.includes(undefined)) return undefined;
    return values.includes(null) ? null : apply(...values);
  };
}

const isNothing = (value: Value): value is null | undefined => value === null || value === undefined;

const isNumeric = (value: Value): value is number | string => typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value));

function truth(value: Value): boolean {
  if (isNothing(value)) return false;
  if (typeof value !== 'boolean') throw new Refused('not a condition');
  return value;
}

function textOf(value: Value): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return `${value}`;
  throw new Refused('not a text');
}

function listOf(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value;
  throw new Refused('not a list');
}
