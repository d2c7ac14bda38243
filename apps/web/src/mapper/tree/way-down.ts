import { dereference, type JsonSchema } from '@weft/json-schema';
import type { Place } from '../rules/places.ts';

/** Where a tree's line stands, as far as it matters for whether it is open unasked. */
export interface OpenAt {
  place: Place;
  depth: number;
  /** Its schema is one that it stands in: opened unasked, the tree would have no end. */
  recursive: boolean;
  /** How many lines there are above it. */
  above: number;
}

/** Lines that a tree opens unasked at most; the others open by a click. */
const maxOpened = 2_000;

/** A line opens unasked where that comes to an end. */
export const opensUnasked = ({ recursive, above }: OpenAt): boolean => !recursive && above < maxOpened;

/** The schemas on the way down to a line. */
export type WayDown = readonly unknown[];

/** What tells a schema on the way: the one that a reference names, which is the same however it is come by. */
export function schemaOnWay(schema: JsonSchema, root: JsonSchema): unknown {
  const { $ref } = schema;
  return typeof $ref === 'string' && Object.keys(schema).length > 1 ? $ref : dereference(schema, root);
}
