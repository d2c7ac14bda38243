import type { Said, SentencePlace } from '@weft/sentences';
import { say } from '../sentences.en.ts';
import type { SchemaIssue } from '../validator.ts';

export interface Limits {
  maxBytes: number;
  maxDepth: number;
  /** What a person can do about a value that is too large: "take samples out of it". */
  advice?: SentencePlace;
}

interface Place {
  value: unknown;
  depth: number;
  key: string;
  parent?: Place;
}

/**
 * Walks untrusted data once, without recursion, before anything else reads it.
 * @returns why it is refused: too large, too deep, not JSON, or a key named `__proto__`; undefined when it may be read.
 */
export function measure(value: unknown, limits: Limits): (SchemaIssue & Said) | undefined {
  const open: Place[] = [{ value, depth: 1, key: '' }];
  let bytes = 0;
  for (let place = open.pop(); place; place = open.pop()) {
    if (place.depth > limits.maxDepth) {
      return issueAt(place, 'depth', say('schema.read.depth', { limit: limits.maxDepth }));
    }
    bytes += sizeOf(place.value);
    if (Number.isNaN(bytes)) return issueAt(place, 'type', say('schema.read.notJson'));
    if (bytes > limits.maxBytes) return { path: [], keyword: 'size', ...tooLarge(limits) };
    if (typeof place.value !== 'object' || place.value === null) continue;
    for (const [key, item] of Object.entries(place.value)) {
      if (key === '__proto__') return issueAt({ ...place, key, parent: place }, 'name', say('schema.read.key'));
      bytes += Array.isArray(place.value) ? 1 : key.length + 4;
      open.push({ value: item, depth: place.depth + 1, key, parent: place });
    }
  }
  return undefined;
}

function tooLarge({ maxBytes, advice }: Limits): Said {
  const size = maxBytes < 1024 * 1024 ? `${Math.round(maxBytes / 1024)} kB` : `${Math.round(maxBytes / 1024 / 1024)} MB`;
  return advice === undefined ? say('schema.read.size', { size }) : say('schema.read.size.advice', { size, advice });
}

/** About the bytes of a value's own text; NaN for what JSON cannot carry. */
function sizeOf(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return value.length + 2;
    case 'boolean':
      return 5;
    case 'number':
      return Number.isFinite(value) ? 8 : Number.NaN;
    case 'object':
      return value === null ? 4 : 2;
    default:
      return Number.NaN;
  }
}

function issueAt(place: Place, keyword: string, said: Said): SchemaIssue & Said {
  const path: string[] = [];
  for (let at: Place | undefined = place; at?.parent; at = at.parent) path.unshift(at.key);
  return { path, keyword, ...said };
}
