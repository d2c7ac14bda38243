import type { Json, JsonObject } from '@weft/connector-sdk';

/**
 * What stands at a place in an answer: dots lead further in, as in `data.items`. A name that has dots itself, such as `@odata.nextLink`, is
 * found as well: the longest name that is there goes first. '' is the answer itself.
 * @returns undefined where nothing is.
 */
export function valueAt(value: Json | undefined, path: string): Json | undefined {
  if (path === '') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
    const name = path.slice(0, end);
    if (!has(value, name)) continue;
    // A list has its positions for names, as an object has its fields.
    const found = valueAt((value as JsonObject)[name], path.slice(end + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

const has = (value: JsonObject | Json[], name: string): boolean => Object.hasOwn(value, name) && !(Array.isArray(value) && name === 'length');
