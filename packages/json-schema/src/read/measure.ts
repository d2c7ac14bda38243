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
  const open: Place[] = [];
  let bytes = 0;
  let refused: (SchemaIssue & Said) | undefined;

  function take(item: unknown, key: string, parent: Place | undefined): boolean {
    const depth = (parent?.depth ?? 0) + 1;
    const size = sizeOf(item);
    bytes += size;
    if (depth > limits.maxDepth) refused = issueAt({ value: item, depth, key, parent }, 'depth', say('schema.read.depth', { limit: limits.maxDepth }));
    else if (Number.isNaN(size)) refused = issueAt({ value: item, depth, key, parent }, 'type', say('schema.read.notJson'));
    else if (bytes > limits.maxBytes) refused = { path: [], keyword: 'size', ...tooLarge(limits) };
    else if (typeof item === 'object' && item !== null) open.push({ value: item, depth, key, parent });
    return refused === undefined;
  }

  take(value, '', undefined);
  for (let place = open.pop(); place && !refused; place = open.pop()) {
    if (Array.isArray(place.value)) {
      bytes += place.value.length;
      for (let at = 0; at < place.value.length; at += 1) if (!take(place.value[at], String(at), place)) break;
      continue;
    }
    // Only containers wait here.
    const fields = place.value as Record<string, unknown>;
    for (const key of Object.keys(fields)) {
      if (key === '__proto__') refused = issueAt({ ...place, key, parent: place }, 'name', say('schema.read.key'));
      bytes += key.length + 4;
      if (refused || !take(fields[key], key, place)) break;
    }
  }
  return refused;
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
