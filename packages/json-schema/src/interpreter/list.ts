import type { SubSchema } from '../dereference.ts';
import { hasDuplicate } from '../has-duplicate.ts';
import type { Json } from '../json.ts';
import type { JsonSchema } from '../schema.ts';
import { below, issue, passes, type Place } from './place.ts';
import { part } from '../sentences.en.ts';

export function checkList(schema: JsonSchema, value: Json[], place: Place): void {
  if (schema.minItems !== undefined && value.length < schema.minItems) {
    issue(place, 'minItems', part('schema.minItems', { count: schema.minItems }));
  }
  if (schema.maxItems !== undefined && value.length > schema.maxItems) {
    issue(place, 'maxItems', part('schema.maxItems', { count: schema.maxItems }));
  }
  if (schema.uniqueItems === true && hasDuplicate(value)) issue(place, 'uniqueItems', part('schema.uniqueItems'));
  checkItems(schema, value, place);
  checkContains(schema, value, place);
  const unevaluated = schema['unevaluatedItems'];
  if (unevaluated === undefined || !place.seen) return;
  for (const [index, item] of value.entries()) {
    // The keyword's value is a schema, as its name says; others are refused where a schema is read.
    if (!place.seen.items.has(index)) checkItem(unevaluated as SubSchema, item, index, place);
  }
}

function checkItems(schema: JsonSchema, value: Json[], place: Place): void {
  const prefix: SubSchema[] = schema.prefixItems ?? [];
  const { items: rest } = schema;
  for (const [index, item] of value.entries()) {
    const own = index < prefix.length ? prefix[index] : rest;
    if (own !== undefined) checkItem(own, item, index, place);
  }
}

function checkItem(schema: SubSchema, item: Json, index: number, place: Place): void {
  place.check(schema, item, below(place, String(index)));
  place.seen?.items.add(index);
}

function checkContains(schema: JsonSchema, value: Json[], place: Place): void {
  if (schema['contains'] === undefined) return;
  // The keyword's value is a schema.
  const wanted = schema['contains'] as SubSchema;
  const least = typeof schema['minContains'] === 'number' ? schema['minContains'] : 1;
  const most = typeof schema['maxContains'] === 'number' ? schema['maxContains'] : Infinity;
  let found = 0;
  for (const [index, item] of value.entries()) {
    if (!passes(wanted, item, below(place, String(index)))) continue;
    found += 1;
    place.seen?.items.add(index);
  }
  if (found < least) issue(place, 'contains', part('schema.minContains', { count: least }));
  if (found > most) issue(place, 'contains', part('schema.maxContains', { count: most }));
}
