import type { Step } from '../document.ts';
import type { AnyStep, Kind } from './kind.ts';
import { kinds } from './kinds.ts';

// Each kind is asked about steps of its own kind only: kindOf looks it up by theirs.
const known = new Map<string, Kind<Step>>(Object.entries(kinds) as [string, Kind<Step>][]);

/** The declaration of a step's kind. */
export function kindOf(step: AnyStep): Kind<Step> {
  const kind = known.get(step.kind);
  if (!kind) throw new TypeError(`Not a known kind of step: ${JSON.stringify(step)}`);
  return kind;
}

/** By its name, as documents have it. */
export const kindNamed = (name: string): Kind<Step> | undefined => known.get(name);

export const kindNames = (): string[] => [...known.keys()];

/**
 * For tests only, through `@weft/flow/testing`: registers one more kind than the product has; the returned function takes it away again.
 * The types stay closed; a test makes its steps with the builder that stands beside the kind.
 */
export function addKind<S extends AnyStep>(name: S['kind'], kind: Kind<S>): () => void {
  if (known.has(name)) throw new RangeError(`There is a kind "${name}" already.`);
  // Only steps with this name reach it, as with the kinds of the table.
  known.set(name, kind as unknown as Kind<Step>);
  return () => void known.delete(name);
}
