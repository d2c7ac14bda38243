import type { JsonSchema } from '@weft/json-schema';

export interface SplitSchema {
  /** What a person must or usually does fill in. */
  main: JsonSchema;
  /** What has a sensible default; undefined where the form is short anyway. */
  more: JsonSchema | undefined;
}

/** So many settings with a default are shown before they are put away. */
const shown = 3;

/**
 * Puts settings behind the others: those marked so, else those with defaults where they are many. The address comes before the time-out. What is
 * only to be read is kept by the step and shown with the setting that it belongs to.
 */
export function splitConfig(all: JsonSchema): SplitSchema {
  const kept = Object.keys(all.properties ?? {}).filter((name) => all.properties?.[name]?.readOnly === true);
  const schema = kept.length === 0 ? all : only(all, Object.keys(all.properties ?? {}).filter((name) => !kept.includes(name)));
  const names = Object.keys(schema.properties ?? {});
  const marked = names.filter((name) => schema.properties?.[name]?.['x-more'] === true);
  if (marked.length > 0) return { main: only(schema, names.filter((name) => !marked.includes(name))), more: only(schema, marked) };
  const spare = names.filter((name, index) => index > 0 && schema.properties?.[name]?.default !== undefined && !schema.required?.includes(name));
  if (spare.length <= shown) return { main: schema, more: undefined };
  return { main: only(schema, names.filter((name) => !spare.includes(name))), more: only(schema, spare) };
}

/** A part of the settings. It lets the others be, and says nothing of more fields: the form would offer to add them. */
function only({ additionalProperties: _closed, ...schema }: JsonSchema, names: readonly string[]): JsonSchema {
  return {
    ...schema,
    properties: Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([name]) => names.includes(name))),
    required: (schema.required ?? []).filter((name) => names.includes(name)),
  };
}
