import type { Said } from '@weft/sentences';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { say } from '../sentences.en.ts';
import type { SchemaIssue } from '../validator.ts';

/** What a reader found. */
export interface ReadIssue extends SchemaIssue {
  /** The value was read all the same: it can be kept and mended later, and is a problem until then. Without it, nothing was read. */
  isKept?: true;
}

/**
 * Small readers for untrusted JSON. Each gives a fresh value of its type, or notes why not and gives undefined.
 * Whatever a reader does not name is dropped, so an unknown key never gets through.
 */
export type Read<T> = (value: unknown, path: string[], issues: ReadIssue[]) => T | undefined;

/** One key of an object: how it is read, and what happens when it is absent. */
export interface Field<T> {
  read: Read<Exclude<T, undefined>>;
  /** `refuse`: an issue; a function: its result; not given: the key stays absent. */
  absent?: 'refuse' | (() => Exclude<T, undefined>);
}

export type Shape<T> = { [K in keyof T]-?: Field<T[K]> };

export const must = <T>(read: Read<Exclude<T, undefined>>): Field<T> => ({ read, absent: 'refuse' });
export const may = <T>(read: Read<Exclude<T, undefined>>): Field<T | undefined> => ({ read });
export const or = <T>(read: Read<Exclude<T, undefined>>, absent: () => Exclude<T, undefined>): Field<T> => ({ read, absent });

/** The one name that an assignment would not take as a name. All others are data, `constructor` and `toString` included. */
export const isDangerousName = (name: string): boolean => name === '__proto__';

export function refuse(issues: ReadIssue[], path: string[], keyword: string, said: Said): undefined {
  issues.push({ path, keyword, ...said });
  return undefined;
}

/** What may not stay as it is and is kept until a person mends it: a long text is still a text. */
export function keep<T>(value: T, issues: ReadIssue[], path: string[], keyword: string, said: Said): T {
  issues.push({ path, keyword, ...said, isKept: true });
  return value;
}

/** What was found leaves nothing to keep. */
export const isRefused = ({ isKept }: ReadIssue): boolean => isKept !== true;

export function object<T extends object>(shape: Shape<T>): Read<T> {
  // A field's type is checked where the shape is declared; here all are read alike.
  const fields = Object.entries(shape) as [string, Field<unknown>][];
  return (value, path, issues) => {
    if (!isObject(value)) return refuse(issues, path, 'type', say('schema.read.object'));
    const result: Record<string, unknown> = {};
    for (const [key, { read, absent }] of fields) {
      const given = Object.hasOwn(value, key) ? value[key] : undefined;
      if (given !== undefined) {
        const part = read(given, [...path, key], issues);
        if (part !== undefined) result[key] = part;
      } else if (absent === 'refuse') refuse(issues, [...path, key], 'required', say('schema.missing'));
      else if (absent) result[key] = absent();
    }
    // Every key of T was read by its own reader, or an issue was noted and the whole result is thrown away.
    return result as T;
  };
}

export function list<T>(read: Read<T>, maxItems: number): Read<T[]> {
  return (value, path, issues) => {
    if (!Array.isArray(value)) return refuse(issues, path, 'type', say('schema.read.list'));
    if (value.length > maxItems) return refuse(issues, path, 'maxItems', say('schema.read.maxItems', { limit: maxItems }));
    const items = value.map((item, at) => read(item, [...path, String(at)], issues));
    return items.filter((item) => item !== undefined);
  };
}

export function record<T>(read: Read<T>, maxKeys: number, key: Read<string> = name): Read<Record<string, T>> {
  return (value, path, issues) => {
    if (!isObject(value)) return refuse(issues, path, 'type', say('schema.read.object'));
    const entries = Object.entries(value);
    if (entries.length > maxKeys) return refuse(issues, path, 'maxProperties', say('schema.read.maxEntries', { limit: maxKeys }));
    const result: Record<string, T> = {};
    for (const [id, item] of entries) {
      if (key(id, [...path, id], issues) === undefined) continue;
      const part = read(item, [...path, id], issues);
      if (part !== undefined) result[id] = part;
    }
    return result;
  };
}

/** A text; a longer one is kept. How much a document may hold together is said by `measure`, which has been there before. */
export function text(maxLength: number): Read<string> {
  return (value, path, issues) => {
    if (typeof value !== 'string') return refuse(issues, path, 'type', say('schema.read.text'));
    return value.length > maxLength ? keep(value, issues, path, 'maxLength', say('schema.read.maxLength', { limit: maxLength })) : value;
  };
}

export function number(min: number, max: number, whole = false): Read<number> {
  return (value, path, issues) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return refuse(issues, path, 'type', say('schema.read.number'));
    if (whole && !Number.isInteger(value)) return refuse(issues, path, 'type', say('schema.read.whole'));
    if (value < min || value > max) return refuse(issues, path, 'range', say('schema.read.range', { min, max }));
    return value;
  };
}

export const yesNo: Read<boolean> = (value, path, issues) =>
  typeof value === 'boolean' ? value : refuse(issues, path, 'type', say('schema.read.yesNo'));

export function oneOf<T extends string>(...choices: T[]): Read<T> {
  return (value, path, issues) =>
    choices.find((choice) => choice === value) ?? refuse(issues, path, 'enum', say('schema.read.oneOf', { choices: choices.join(', ') }));
}

/** Any text that is safe as a key. */
export const name: Read<string> = (value, path, issues) => {
  if (typeof value !== 'string') return refuse(issues, path, 'type', say('schema.read.shortText'));
  if (isDangerousName(value)) return refuse(issues, path, 'name', say('schema.read.name', { name: value }));
  return value.length > 200 ? keep(value, issues, path, 'maxLength', say('schema.read.maxLength', { limit: 200 })) : value;
};

/** A generated id: it is used in paths and keys, so it has no brackets and no slashes, and in lookups by name. */
export const slug: Read<string> = (value, path, issues) => {
  if (typeof value !== 'string' || !/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/.test(value)) {
    return refuse(issues, path, 'pattern', say('schema.read.id'));
  }
  const isTaken = value in Object.prototype || value === 'prototype';
  return isTaken ? refuse(issues, path, 'name', say('schema.read.name', { name: value })) : value;
};

/** A copy of data as it is. */
export const json: Read<Json> = (value) => copyJson(value as Json);

export const jsonObject: Read<JsonObject> = (value, path, issues) =>
  // A copy is of the kind it was made of.
  isObject(value) ? (copyJson(value) as JsonObject) : refuse(issues, path, 'type', say('schema.read.object'));

/** `measure` has been there before: the value is JSON, not too deep, and has no key that an assignment would misread. */
function copyJson(value: Json): Json {
  if (Array.isArray(value)) return value.map(copyJson);
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) copy[key] = copyJson(value[key]!);
  return copy;
}
