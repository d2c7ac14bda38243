import { equal } from './equal.ts';
import { isObject, type Json, type JsonObject } from './json.ts';

/** Whether a list has the same item twice, as `uniqueItems` forbids; in time linear in its size. */
export function hasDuplicate(items: readonly Json[]): boolean {
  const scalars = new Set<Json>();
  const compound = new Map<string, Json[]>();
  for (const item of items) {
    if (typeof item !== 'object' || item === null) {
      if (scalars.has(item)) return true;
      scalars.add(item);
      continue;
    }
    const key = canonical(item);
    const alike = compound.get(key);
    if (alike?.some((other) => equal(other, item))) return true;
    if (alike) alike.push(item);
    else compound.set(key, [item]);
  }
  return false;
}

/** The same text for equal values, whatever the order of their keys. */
const canonical = (value: Json): string =>
  JSON.stringify(value, (_key, inner: Json) => (isObject(inner) ? sorted(inner) : inner));

const sorted = (object: JsonObject): JsonObject => Object.fromEntries(Object.entries(object).toSorted(([one], [other]) => (one < other ? -1 : 1)));
