import type { Json, JsonObject } from '@weft/json-schema';
import type { FlowDocument, Step } from '../document.ts';
import { isCallPart, partsOf, withAt } from '../kinds/parts-of.ts';

/**
 * The part of a document that decides what a run does, with keys and edges in a fixed order. Left out: where things
 * stand, notes, and samples (only test runs look at them).
 */
export function behaviourOf(flow: FlowDocument): Json {
  const { title, description, settings, steps, edges } = flow;
  const arrows = edges.map(({ from, to }) => [...from, to]).toSorted((a, b) => (a.join('\n') < b.join('\n') ? -1 : 1));
  const behaviour = { title, description, settings, steps: mapValues(steps, stepBehaviour), edges: arrows };
  return sorted(behaviour);
}

/** True where publishing one instead of the other changes nothing: layout, notes and samples are ignored. */
export function sameBehaviour(a: FlowDocument, b: FlowDocument): boolean {
  return a === b || JSON.stringify(behaviourOf(a)) === JSON.stringify(behaviourOf(b));
}

export function stepBehaviour(step: Step): JsonObject {
  // Publishing sets the version of a call, so a draft differs from its version by it without anybody having changed anything.
  const drafted = partsOf(step).filter(isCallPart).reduce((changed, { path }) => withAt(changed, [...path, 'version'], undefined), step);
  const { note: _note, samples: _samples, pinned: _pinned, ...rest } = drafted;
  // A step is JSON by its type; the keys taken out are the ones runs never look at.
  return sorted(rest) as JsonObject;
}

function sorted(value: unknown): Json {
  if (Array.isArray(value)) return value.map(sorted);
  // Part of a document that was parsed: what is no object and no list is a plain value.
  if (typeof value !== 'object' || value === null) return value as Json;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]));
}

const mapValues = <A, B>(record: Record<string, A>, map: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
