import { dereference, type SubSchema } from './dereference.ts';
import { createMemo } from './memo.ts';
import { isObject, type Json } from './json.ts';
import { keptJsonText } from './json-text.ts';
import { isExactNumber } from './parse-json.ts';
import { valueAt, type Path } from './path.ts';
import type { JsonSchema } from './schema.ts';
import { schemaAt } from './schema-at.ts';
import { typesOf } from './type-of.ts';
import type { SchemaIssue } from './validator.ts';

/** Where a number is wanted in a value; worked out once for a step, so that its values are looked at only where there is something to find. */
export interface NumberPlaces {
  isNumber?: boolean;
  fields?: Readonly<Record<string, NumberPlaces>>;
  items?: NumberPlaces;
}

/** A schema may hold itself, so there is an end. */
const maxDepth = 12;

/** @returns undefined where a schema wants no number anywhere. A place that takes texts, too, takes digits as the text that they are. */
export const numberPlaces = (schema: JsonSchema | undefined): NumberPlaces | undefined => (schema ? createPlaces(schema)(schema, 0) : undefined);

/** What is held on many ways is looked at once for each depth. */
function createPlaces(root: JsonSchema): (schema: SubSchema, depth: number) => NumberPlaces | undefined {
  const known = createMemo<NumberPlaces | undefined>();
  const placesIn = (schema: SubSchema, depth: number): NumberPlaces | undefined =>
    depth > maxDepth ? undefined : known(schema, depth, () => placesOf(dereference(schema, root), (part) => placesIn(part, depth + 1)));
  return placesIn;
}

function placesOf(schema: JsonSchema, placesIn: (part: SubSchema) => NumberPlaces | undefined): NumberPlaces | undefined {
  const types = typesOf(schema);
  if (types && (types.includes('number') || types.includes('integer')) && !types.includes('string')) return { isNumber: true };
  const fields: Record<string, NumberPlaces> = {};
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const places = placesIn(field);
    if (places && name !== '__proto__') fields[name] = places;
  }
  const items = schema.items === undefined ? undefined : placesIn(schema.items);
  const hasFields = Object.keys(fields).length > 0;
  return hasFields || items ? { ...(hasFields && { fields }), items } : undefined;
}

/** Both of them. */
export function joinPlaces(left: NumberPlaces | undefined, right: NumberPlaces | undefined): NumberPlaces | undefined {
  if (!left || !right) return left ?? right;
  const fields = { ...left.fields };
  for (const [name, places] of Object.entries(right.fields ?? {})) {
    fields[name] = joinPlaces(Object.hasOwn(fields, name) ? fields[name] : undefined, places) ?? places;
  }
  const items = joinPlaces(left.items, right.items);
  return { ...((left.isNumber || right.isNumber) && { isNumber: true }), ...(Object.keys(fields).length > 0 && { fields }), items };
}

/**
 * The places of a value where a number is wanted and a text keeps more digits than a number can.
 * @returns undefined for none, as nearly always.
 */
export function exactNumbers(value: Json | undefined, places: NumberPlaces | undefined): Path[] | undefined {
  if (!places) return undefined;
  const found: Path[] = [];
  gather(value, places, [], found);
  return found.length > 0 ? found : undefined;
}

function gather(value: Json | undefined, { isNumber, fields, items }: NumberPlaces, path: Path, found: Path[]): void {
  if (typeof value === 'string') {
    if (isNumber && isExactNumber(value)) found.push(path);
  } else if (Array.isArray(value)) {
    if (items) for (let index = 0; index < value.length; index += 1) gatherAt(value[index], items, path, String(index), found);
  } else if (fields && isObject(value)) {
    for (const name in fields) {
      const places = fields[name];
      if (places && Object.hasOwn(value, name)) gatherAt(value[name], places, path, name, found);
    }
  }
}

/** A path is made only where there may be something to find. */
function gatherAt(value: Json | undefined, places: NumberPlaces, path: Path, segment: string, found: Path[]): void {
  if (typeof value === 'object' || typeof value === 'string') gather(value, places, [...path, segment], found);
}

/** Whether a value was refused only because it is a number in the form of a text, which keeps its digits and leaves as the number. */
export function isNumberInDigits({ keyword, path }: SchemaIssue, schema: JsonSchema, value: Json): boolean {
  const refused = keyword === 'type' ? valueAt(value, path) : undefined;
  if (typeof refused !== 'string' || !isExactNumber(refused)) return false;
  const types = typesOf(schemaAt(schema, path) ?? {}) ?? [];
  return types.includes('number') || (types.includes('integer') && !/[.eE]/.test(refused));
}

/** Of places in a value those inside one of its fields, as places in that. */
export function placesInside(exact: readonly Path[] | undefined, ...field: string[]): Path[] {
  return (exact ?? []).filter((path) => field.every((segment, at) => path[at] === segment)).map((path) => path.slice(field.length));
}

/**
 * A value as JSON text, in which the texts at some places are written as the numbers that they stand for, with all their digits. Every
 * writer of JSON that leaves the product uses it.
 * @param exact - as `exactNumbers` found them in this value. Default none.
 */
export function writeJson(value: Json, exact: readonly Path[] = []): string {
  if (exact.length === 0) return keptJsonText(value) ?? JSON.stringify(value);
  const copies = new Map<object, object>();
  let whole: unknown = value;
  for (const path of exact) whole = written(whole, path, 0, copies);
  return JSON.stringify(whole);
}

/** What is shared with the given value is copied before it is changed, once. */
function written(value: unknown, path: Path, at: number, copies: Map<object, object>): unknown {
  if (at === path.length) return typeof value === 'string' ? rawNumber(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  // Only copies of objects and lists go in, below.
  let copy = copies.get(value) as Record<string, unknown> | undefined;
  if (!copy) {
    // A list and an object are both written through their keys here.
    copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
    copies.set(value, copy).set(copy, copy);
  }
  const segment = path[at] ?? '';
  copy[segment] = written(copy[segment], path, at + 1, copies);
  return copy;
}

// TypeScript's library does not know it yet; every runtime of the product does.
const rawNumber = (JSON as JSON & { rawJSON(text: string): unknown }).rawJSON;
