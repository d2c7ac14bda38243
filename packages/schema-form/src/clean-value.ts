import { isObject, type Json, type JsonObject } from '@weft/json-schema';

/**
 * The value without the holes rjsf leaves behind: keys with undefined, and objects that became empty because the person
 * cleared their last field (kept where `before` had them empty on purpose is not needed: absent and empty mean the same).
 */
export function cleanValue(value: unknown): JsonObject {
  const cleaned = clean(value);
  return isObject(cleaned) ? cleaned : {};
}

function clean(value: unknown): Json | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return value.map((item) => clean(item) ?? null);
  if (!isObject(value)) return value as Json;
  const result: JsonObject = {};
  for (const [key, inner] of Object.entries(value)) {
    const cleaned = clean(inner);
    if (cleaned === undefined) continue;
    if (isObject(cleaned) && Object.keys(cleaned).length === 0 && Object.keys(inner as JsonObject).length > 0) continue;
    result[key] = cleaned;
  }
  return result;
}
