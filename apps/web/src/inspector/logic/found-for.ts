import { valueAt, type JsonObject, type JsonSchema } from '@weft/json-schema';
import type { FormField } from '@weft/schema-form';

/** What a setting found out that is left to find out, in the words of its choices; undefined where a person chose, or nothing was found yet. */
export function foundFor({ path, schema }: Pick<FormField, 'path' | 'schema'>, config: JsonObject): string | undefined {
  const place = schema['x-found'];
  if (place === undefined || (valueAt(config, path) ?? schema.default) !== schema.default) return undefined;
  const found = valueAt(config, place.split('.'));
  if (typeof found === 'number') return String(found);
  if (typeof found !== 'string') return undefined;
  // Alternatives of a choice are constants, never true or false.
  const choices = (schema.anyOf ?? schema.oneOf ?? []) as JsonSchema[];
  return choices.find((choice) => choice.const === found)?.title ?? found;
}
