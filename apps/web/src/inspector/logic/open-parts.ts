import { dereference, isObject, type JsonSchema } from '@weft/json-schema';

/** A part of an operation's input that the person describes: an HTTP body, an answer, a transform's result. */
export interface OpenPart {
  /** Field names from the root of the input; `[]` is the whole. */
  path: string[];
  title: string;
  /** How the step describes it; undefined: not yet. */
  described: JsonSchema | undefined;
}

/** Every open part of a declared schema, with what the step says about it. */
export function openParts(declared: JsonSchema, described: JsonSchema | undefined): OpenPart[] {
  const parts: OpenPart[] = [];
  const walk = (schema: JsonSchema, path: string[]): void => {
    const here = dereference(schema, declared);
    if (here['x-open'] === true) parts.push({ path, title: here.title ?? path.at(-1) ?? '', described: describedAt(described, path) });
    else if (path.length < 6) for (const [name, inner] of Object.entries(here.properties ?? {})) walk(inner, [...path, name]);
  };
  walk(declared, []);
  return parts;
}

/** The declared schema with the fields of described parts in their places, so that a form has a field for each; a part without fields stays open. */
export function withDescribed(declared: JsonSchema, parts: readonly OpenPart[]): JsonSchema {
  return parts.reduce((schema, { path, title, described }) => (hasFields(described) ? placed(schema, path, { ...described, title }) : schema), declared);
}

/** Whether a form can have a field for each of what a part holds. */
export const hasFields = (described: JsonSchema | undefined): described is JsonSchema => Object.keys(described?.properties ?? {}).length > 0;

function placed(schema: JsonSchema, [name, ...rest]: readonly string[], part: JsonSchema): JsonSchema {
  const inner = name === undefined ? undefined : schema.properties?.[name];
  if (name === undefined || !isObject(inner)) return name === undefined ? part : schema;
  return { ...schema, properties: { ...schema.properties, [name]: placed(inner, rest, part) } };
}

/** `schemas.input` with one part described anew; undefined forgets the part. */
export function describePart(described: JsonSchema | undefined, path: readonly string[], part: JsonSchema | undefined): JsonSchema | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return part;
  const { [name]: old, ...others } = described?.properties ?? {};
  const inner = describePart(old, rest, part);
  const properties = inner === undefined ? others : { ...described?.properties, [name]: inner };
  if (Object.keys(properties).length === 0) return undefined;
  return { ...described, type: 'object', properties };
}

/** What `schemas.input` says about one part. */
export function describedAt(schema: JsonSchema | undefined, path: readonly string[]): JsonSchema | undefined {
  let current: JsonSchema | undefined = schema;
  for (const name of path) {
    const inner: JsonSchema | undefined = current?.properties?.[name];
    current = isObject(inner) ? inner : undefined;
  }
  return current;
}
