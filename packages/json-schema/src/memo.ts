import type { SubSchema } from './dereference.ts';
import { isObject } from './json.ts';

/**
 * Remembers what was worked out for a part of a schema at a depth: whoever walks all ways down a schema meets the same parts on many of them,
 * and their number grows with every level.
 */
export function createMemo<T>(): (schema: SubSchema, depth: number, work: () => T) => T {
  const known = new Map<object, Map<number, T>>();
  return (schema, depth, work) => {
    if (!isObject(schema)) return work();
    let byDepth = known.get(schema);
    if (!byDepth) known.set(schema, (byDepth = new Map()));
    if (!byDepth.has(depth)) byDepth.set(depth, work());
    // It is there, and may be undefined.
    return byDepth.get(depth) as T;
  };
}
