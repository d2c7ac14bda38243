import type { Json, JsonObject } from '@weft/connector-sdk';

/** Further in are the items themselves. */
const maxDepth = 4;
const leadsOn = /next|cursor|continuation|has_?more|more_?(?:items|results)|page_?token|^after$/i;
const leadsElsewhere = /prev|before|first|last|self|count|total|size/i;

/**
 * Where in an answer something seems to lead to a further page: `has_more: true`, `@odata.nextLink`, `_links.next.href`.
 * @returns the place, with dots; undefined where nothing does.
 */
export function hintOfMore(answer: Json, { depth = maxDepth, isInside = false } = {}): string | undefined {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer) || depth === 0) return undefined;
  for (const [name, value] of Object.entries(answer as JsonObject)) {
    if (leadsElsewhere.test(name)) continue;
    const leads = isInside || leadsOn.test(name);
    if (leads && isSomething(value)) return name;
    const inside = hintOfMore(value, { depth: depth - 1, isInside: leads });
    if (inside !== undefined) return `${name}.${inside}`;
  }
  return undefined;
}

const isSomething = (value: Json): boolean => value === true || (typeof value === 'string' && value !== '') || (typeof value === 'number' && value !== 0);
