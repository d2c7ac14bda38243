import type { SentenceRef } from '@weft/sentences';
import type { SubSchema } from '../dereference.ts';
import type { Json } from '../json.ts';
import type { Path } from '../path.ts';
import type { JsonSchema } from '../schema.ts';
import type { SchemaIssue } from '../validator.ts';
import { Seen } from './seen.ts';

/** An issue whose sentence is not in words yet: most of those that branches find are never read. */
export type FoundIssue = Pick<SchemaIssue, 'path' | 'keyword'> & { sentence: SentenceRef };

/** What travels with a value while its schema is walked. */
export interface Place {
  root: JsonSchema;
  path: Path;
  issues: FoundIssue[];
  /** The references being followed at this very value: one that leads back to itself ends there. */
  refs: readonly SubSchema[];
  /** Filled with what was evaluated, where an `unevaluated…` keyword asks for it. */
  seen?: Seen;
  /** Parts of the schema that may still be walked; below zero the walk has ended before its end. */
  budget: { left: number };
  /** The walk itself, for keywords that apply a schema to a part of the value. */
  check: (schema: SubSchema, value: Json, place: Place) => void;
}

export function issue(place: Place, keyword: string, sentence: SentenceRef, path: Path = place.path): void {
  place.issues.push({ path, keyword, sentence });
}

/** The place one step down, where nothing of the parent's references and findings counts. */
export function below(place: Place, segment: string): Place {
  return { ...place, path: [...place.path, segment], refs: [], seen: undefined };
}

/** Tries a schema: the issues and findings stay apart from those of the place. */
export function attempt(schema: SubSchema, value: Json, place: Place): Place {
  const trial: Place = { ...place, issues: [], ...(place.seen && { seen: new Seen() }) };
  place.check(schema, value, trial);
  return trial;
}

/** Whether the value satisfies a schema, without saying why not. */
export function passes(schema: SubSchema, value: Json, place: Place): boolean {
  const trial = attempt(schema, value, place);
  if (trial.issues.length > 0) return false;
  if (trial.seen) place.seen?.add(trial.seen);
  return true;
}
