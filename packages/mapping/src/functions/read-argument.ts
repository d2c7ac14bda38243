import { isDate, isDateTime, isObject, type Json } from '@weft/json-schema';
import { MappingFault } from '../fault.ts';
import type { Run, Value } from '../run.ts';
import type { Numeric, ValueKind } from './define-function.ts';

/** Turns a value into what a parameter of this kind wants, or says why it cannot. Null and missing never come here. */
export const readArgument: Record<ValueKind, (value: Json, run: Run) => unknown> = {
  text: readText,
  number: readNumber,
  boolean: readBoolean,
  date: readDate,
  list: readList,
  any: (value) => value,
  table: (value) => value,
};

export function readText(value: Json): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new MappingFault('wrong_type', `A text is needed here, but this is ${kindOf(value)}.`, [value]);
}

export function readNumber(value: Json): Numeric {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') throw new MappingFault('wrong_type', `A number is needed here, but this is ${kindOf(value)}.`, [value]);
  if (isDecimalText(value)) return value;
  throw new MappingFault('not_a_number', `“${shorten(value)}” is not a number. Use Text to number if it is written in another way.`, [value]);
}

export function readBoolean(value: Json): boolean {
  if (typeof value === 'boolean') return value;
  throw new MappingFault('wrong_type', `True or false is needed here, but this is ${kindOf(value)}.`, [value]);
}

export function readDate(value: Json): string {
  if (typeof value !== 'string') throw new MappingFault('wrong_type', `A date is needed here, but this is ${kindOf(value)}.`, [value]);
  if (isDate(value) || isDateTime(value)) return value;
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)) {
    throw new MappingFault('zone_missing', `“${shorten(value)}” has no time zone. Use Read a date and name the zone.`, [value]);
  }
  throw new MappingFault('not_a_date', `“${shorten(value)}” is not a date such as 2025-01-31. Use Read a date to read other formats.`, [value]);
}

export function readList(value: Json, run: Run): Json[] {
  if (Array.isArray(value)) return run.list(value);
  throw new MappingFault('not_a_list', `A list is needed here, but this is ${kindOf(value)}.`, [value]);
}

/** Bounded on purpose: a text of a million digits would keep the processor busy. */
export function isDecimalText(value: string): boolean {
  return value.length <= 200 && /^-?\d{1,100}(?:\.\d{1,100})?(?:[eE][+-]?\d{1,3})?$/.test(value);
}

export function kindOf(value: Value): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  return typeof value === 'string' ? 'a text' : typeof value === 'number' ? 'a number' : 'true or false';
}

export function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
