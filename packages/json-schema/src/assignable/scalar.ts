import type { SentenceRef } from '@weft/sentences';
import { formats } from '../formats.ts';
import { isMultipleOf } from '../multiple-of.ts';
import type { JsonSchema } from '../schema.ts';
import type { Alternative } from './alternatives.ts';
import { all, type Fit } from './fit.ts';
import { part } from '../sentences.en.ts';

export function assertsText(source: Alternative, target: JsonSchema): Fit {
  const fits: Fit[] = [];
  const { minLength, maxLength, pattern, format } = target;
  if (minLength !== undefined && minLength > 0) {
    fits.push(highest(source, 'minLength') >= minLength ? yes : maybe(part('schema.fit.shorter', { limit: minLength })));
  }
  if (maxLength !== undefined) {
    const isNever = highest(source, 'minLength') > maxLength;
    const concern = part('schema.fit.longer', { limit: maxLength });
    fits.push(lowest(source, 'maxLength') <= maxLength ? yes : isNever ? never(concern) : maybe(concern));
  }
  if (pattern !== undefined && !source.some((schema) => schema.pattern === pattern)) {
    fits.push(maybe(part('schema.fit.pattern', { pattern })));
  }
  if (format !== undefined) fits.push(formatFits(source, format, 'string'));
  return all(fits, 'conjunction');
}

export function assertsNumber(source: Alternative, kind: 'integer' | 'number', target: JsonSchema): Fit {
  const fits: Fit[] = [];
  // A whole number of JSON is never beyond these: a bound of 64 bits says nothing about it.
  const [from, to] = kind === 'integer' ? [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] : [-Infinity, Infinity];
  const [least, most] = [lower(source, from), upper(source, to)];
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format } = target;
  if (minimum !== undefined) fits.push(bound(least.value >= minimum, most.value < minimum, part('schema.fit.less', { limit: minimum })));
  if (maximum !== undefined) fits.push(bound(most.value <= maximum, least.value > maximum, part('schema.fit.more', { limit: maximum })));
  if (exclusiveMinimum !== undefined) {
    const isAbove = least.value > exclusiveMinimum || (least.value === exclusiveMinimum && least.isExclusive);
    fits.push(bound(isAbove, most.value <= exclusiveMinimum, part('schema.fit.atMost', { limit: exclusiveMinimum })));
  }
  if (exclusiveMaximum !== undefined) {
    const isBelow = most.value < exclusiveMaximum || (most.value === exclusiveMaximum && most.isExclusive);
    fits.push(bound(isBelow, least.value >= exclusiveMaximum, part('schema.fit.atLeast', { limit: exclusiveMaximum })));
  }
  if (multipleOf !== undefined) {
    const own = source.map((schema) => schema.multipleOf).filter((divisor) => divisor !== undefined);
    const isImplied = own.some((divisor) => isMultipleOf(divisor, multipleOf)) || (kind === 'integer' && isMultipleOf(1, multipleOf));
    fits.push(isImplied ? yes : maybe(part('schema.fit.multipleOf', { divisor: multipleOf })));
  }
  if (format !== undefined && !(format === 'int64' && kind === 'integer')) fits.push(formatFits(source, format, 'number'));
  return all(fits, 'conjunction');
}

const yes: Fit = { fit: 'yes' };
const maybe = (concern: SentenceRef): Fit => ({ fit: 'maybe', concern });
const never = (concern: SentenceRef): Fit => ({ fit: 'never', concern });

function bound(isSure: boolean, isImpossible: boolean, concern: SentenceRef): Fit {
  if (isSure) return yes;
  return isImpossible ? never(concern) : maybe(concern);
}

/** No text is two of these at once. */
const disjoint = new Set(['date', 'time', 'date-time', 'duration', 'email', 'ipv4', 'uuid']);

function formatFits(source: Alternative, format: string, type: 'string' | 'number'): Fit {
  const check = formats.get(format);
  if (!check || check.type !== type) return yes;
  const own = source.map((schema) => schema.format).filter((name) => name !== undefined);
  if (own.includes(format) || (format === 'uri-reference' && own.includes('uri'))) return yes;
  const isOther = disjoint.has(format) && own.some((name) => disjoint.has(name));
  const { wanted } = check;
  return isOther ? never(part('schema.fit.otherFormat', { wanted })) : maybe(part('schema.fit.format', { wanted }));
}

export function highest(source: Alternative, keyword: 'minLength' | 'minItems' | 'minProperties'): number {
  return Math.max(0, ...source.map((schema) => schema[keyword] ?? 0));
}

export function lowest(source: Alternative, keyword: 'maxLength' | 'maxItems' | 'maxProperties'): number {
  return Math.min(Infinity, ...source.map((schema) => schema[keyword] ?? Infinity));
}

interface Limit {
  value: number;
  isExclusive: boolean;
}

function lower(source: Alternative, from: number): Limit {
  const value = Math.max(from, ...source.flatMap((schema) => [schema.minimum ?? -Infinity, schema.exclusiveMinimum ?? -Infinity]));
  return { value, isExclusive: source.some((schema) => schema.exclusiveMinimum === value) };
}

function upper(source: Alternative, to: number): Limit {
  const value = Math.min(to, ...source.flatMap((schema) => [schema.maximum ?? Infinity, schema.exclusiveMaximum ?? Infinity]));
  return { value, isExclusive: source.some((schema) => schema.exclusiveMaximum === value) };
}
