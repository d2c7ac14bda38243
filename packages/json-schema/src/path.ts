import { isObject, type Json } from './json.ts';

/** Segments from the root down; a segment into a list is its index in decimal digits. No quoting, so no quoting bugs. */
export type Path = readonly string[];

const onObjectPrototype = (segment: string): boolean => segment in Object.prototype;

/**
 * The value at a path, own properties only.
 * @returns undefined where any segment is missing: missing and null are told apart.
 */
export function valueAt(value: Json | undefined, path: Path): Json | undefined {
  let current: Json | undefined = value;
  for (const segment of path) {
    if (Array.isArray(current)) current = current[Number(segment)];
    else if (!isObject(current)) return undefined;
    else current = onObjectPrototype(segment) && !Object.hasOwn(current, segment) ? undefined : current[segment];
  }
  return current;
}

/** A path as people read it: `order › lines › 0 › sku`. For display only; never parsed back. */
export function formatPath(path: Path): string {
  return path.join(' › ');
}
