import { isObject, type Json, type JsonObject } from '@weft/json-schema';
import { isDangerousName } from '@weft/json-schema/read';
import type { MappingDocument, Rule } from '@weft/mapping';

/** What a mapping sets to fixed values, as the object it would make of them alone. */
export function constantsOf(mapping: MappingDocument | undefined): JsonObject {
  const target: JsonObject = {};
  for (const rule of mapping?.rules ?? []) setConstant(target, rule);
  return target;
}

function setConstant(target: JsonObject, { to, value }: Rule): void {
  const last = to.at(-1);
  if (value === undefined || !('const' in value) || last === undefined || to.some(isDangerousName)) return;
  let at = target;
  for (const key of to.slice(0, -1)) {
    const next: Json = Object.hasOwn(at, key) ? (at[key] ?? {}) : {};
    if (!isObject(next)) return;
    at[key] = next;
    at = next;
  }
  at[last] = value.const;
}
