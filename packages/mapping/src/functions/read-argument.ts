import { isDate, isDateTime, isObject, type Json } from '@weft/json-schema';
import type { Said } from '@weft/sentences';
import { MappingFault } from '../fault.ts';
import type { Run, Value } from '../run.ts';
import type { Numeric, ValueKind } from './define-function.ts';
import { say } from '../sentences.en.ts';

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
  throw new MappingFault('wrong_type', say('mapping.need.text', { kind: kindPart(value) }), [value]);
}

export function readNumber(value: Json): Numeric {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') throw new MappingFault('wrong_type', say('mapping.need.number', { kind: kindPart(value) }), [value]);
  if (isDecimalText(value)) return value;
  throw new MappingFault('not_a_number', say('mapping.number.none', { text: shorten(value) }), [value]);
}

export function readBoolean(value: Json): boolean {
  if (typeof value === 'boolean') return value;
  throw new MappingFault('wrong_type', say('mapping.need.boolean', { kind: kindPart(value) }), [value]);
}

export function readDate(value: Json): string {
  if (typeof value !== 'string') throw new MappingFault('wrong_type', say('mapping.need.date', { kind: kindPart(value) }), [value]);
  if (isDate(value) || isDateTime(value)) return value;
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)) {
    throw new MappingFault('zone_missing', say('mapping.date.noZone', { text: shorten(value) }), [value]);
  }
  throw new MappingFault('not_a_date', say('mapping.date.none', { text: shorten(value) }), [value]);
}

export function readList(value: Json, run: Run): Json[] {
  if (Array.isArray(value)) return run.list(value);
  throw new MappingFault('not_a_list', say('mapping.need.list', { kind: kindPart(value) }), [value]);
}

/** Bounded on purpose: a text of a million digits would keep the processor busy. */
export const maxDecimalLength = 200;

export function isDecimalText(value: string): boolean {
  return value.length <= maxDecimalLength && /^-?\d{1,100}(?:\.\d{1,100})?(?:[eE][+-]?\d{1,3})?$/.test(value);
}

/** What a value is, as a part of a sentence. */
export const kindPart = (value: Value): Said => say(`mapping.kind.${kindOf(value)}`);

/** The same at the beginning of a sentence. */
export const kindPartFirst = (value: Value): Said => say(`mapping.kindFirst.${kindOf(value)}`);

function kindOf(value: Value): 'missing' | 'null' | 'list' | 'object' | 'text' | 'number' | 'boolean' {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (isObject(value)) return 'object';
  return typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean';
}

export function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
