import type { JsonSchema } from '@weft/json-schema';
import { fieldNames } from './schema-kinds.ts';

/** Among more fields a slip of the keyboard is not looked for: thousands of names would each be held against thousands. */
const maxCompared = 200;

/**
 * The one field of an object that a name was most likely meant to be: the same letters in other clothes (`order_id`, `orderId`),
 * or a slip of the keyboard. Undefined where nothing is close, or two are equally close.
 */
export function similarField(name: string, schema: JsonSchema): string | undefined {
  const { names, byLetters } = candidatesOf(schema);
  const wanted = lettersOf(name);
  const same = byLetters.get(wanted) ?? [];
  if (same.length === 1) return same[0];
  if (names.length > maxCompared) return undefined;
  const ranked = names
    .map((candidate) => ({ candidate, distance: editDistance(wanted, lettersOf(candidate)) }))
    .filter(({ candidate, distance }) => distance <= Math.max(1, Math.floor(Math.max(name.length, candidate.length) / 4)))
    .sort((left, right) => left.distance - right.distance);
  const [best, next] = ranked;
  return best && best.distance !== next?.distance ? best.candidate : undefined;
}

interface Candidates {
  names: string[];
  byLetters: Map<string, string[]>;
}

const known = new WeakMap<JsonSchema, Candidates>();

function candidatesOf(schema: JsonSchema): Candidates {
  let candidates = known.get(schema);
  if (!candidates) {
    const names = fieldNames(schema);
    known.set(schema, (candidates = { names, byLetters: Map.groupBy(names, lettersOf) }));
  }
  return candidates;
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Levenshtein, one row at a time; names are short, and longer ones are cut. */
function editDistance(left: string, right: string): number {
  const [from, to] = [left.slice(0, 80), right.slice(0, 80)];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + Number(from[i - 1] !== to[j - 1]);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
