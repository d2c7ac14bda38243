import { isDate, isDateTime, isEmail, isUri, isUuid } from './formats.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import type { JsonSchema, SchemaType } from './schema.ts';
import { typeOf } from './type-of.ts';

/**
 * The schema that several samples of one thing share. A field that some samples lack is optional; different types
 * become a union; text that always looks alike gets a format; only clearly repeated words become an enum.
 * Every sample fits the schema that was inferred from it.
 */
export function inferSchema(samples: readonly Json[]): JsonSchema {
  return infer(samples, 0);
}

const maxDepth = 64;

function infer(values: readonly Json[], depth: number): JsonSchema {
  if (values.length === 0 || depth > maxDepth) return {};
  const objects = values.filter(isObject);
  const lists = values.filter((value) => Array.isArray(value));
  const scalars = values.filter((value) => typeof value !== 'object' || value === null);
  const schemas: JsonSchema[] = [];
  if (objects.length > 0) schemas.push(inferObject(objects, depth));
  if (lists.length > 0) schemas.push(inferList(lists, depth));
  if (scalars.length > 0) schemas.push(inferScalar(scalars));
  const [only, ...others] = schemas;
  if (only && others.length === 0) return only;
  const isNullable = scalars.length > 0 && scalars.every((value) => value === null);
  // Null beside one shape reads better as a second type than as a branch.
  if (only && others.length === 1 && isNullable) return { ...only, type: [only.type as SchemaType, 'null'] };
  return { anyOf: schemas };
}

function inferObject(objects: readonly JsonObject[], depth: number): JsonSchema {
  const byKey = new Map<string, Json[]>();
  for (const object of objects) {
    for (const [key, value] of Object.entries(object)) {
      if (key === '__proto__') continue;
      const values = byKey.get(key);
      if (values) values.push(value);
      else byKey.set(key, [value]);
    }
  }
  const required = [...byKey].filter(([, values]) => values.length === objects.length).map(([key]) => key);
  return {
    type: 'object',
    properties: Object.fromEntries([...byKey].map(([key, values]) => [key, infer(values, depth + 1)])),
    ...(required.length > 0 && { required }),
  };
}

function inferList(lists: readonly Json[][], depth: number): JsonSchema {
  const items = lists.flat();
  return items.length === 0 ? { type: 'array' } : { type: 'array', items: infer(items, depth + 1) };
}

function inferScalar(values: readonly Json[]): JsonSchema {
  const found = new Set<SchemaType>(values.map(typeOf));
  if (found.has('number')) found.delete('integer');
  const types = [...found].sort((left, right) => Number(left === 'null') - Number(right === 'null'));
  const [only] = types;
  const type: JsonSchema = { type: types.length === 1 && only ? only : types };
  const texts = values.filter((value) => typeof value === 'string');
  if (texts.length === 0) return type;
  const format = formatOf(texts);
  if (format) return { ...type, format };
  const words = texts.length + values.filter((value) => value === null).length === values.length ? repeatedWords(texts) : undefined;
  return words ? { ...type, enum: types.includes('null') ? [...words, null] : words } : type;
}

const recognisers: [format: string, test: (value: string) => boolean][] = [
  ['date', isDate],
  ['date-time', isDateTime],
  ['email', isEmail],
  // Only addresses of the web: `a:b` is a URI too, and hardly ever meant as one.
  ['uri', (value) => /^https?:\/\//i.test(value) && isUri(value)],
  ['uuid', isUuid],
];

function formatOf(texts: readonly string[]): string | undefined {
  return recognisers.find(([, test]) => texts.every(test))?.[0];
}

/** At least ten values, at most six different ones, each seen twice or more, each short: a list of choices. */
function repeatedWords(texts: readonly string[]): string[] | undefined {
  if (texts.length < 10) return undefined;
  const counts = new Map<string, number>();
  for (const text of texts) {
    counts.set(text, (counts.get(text) ?? 0) + 1);
    if (counts.size > 6) return undefined;
  }
  const isChoice = counts.size > 1 && [...counts].every(([text, count]) => count > 1 && text !== '' && text.length <= 40);
  return isChoice ? [...counts.keys()] : undefined;
}
