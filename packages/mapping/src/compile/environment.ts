import type { Json, JsonSchema } from '@weft/json-schema';
import type { MappingDocument } from '../document.ts';
import { MappingDocumentError } from '../fault.ts';
import type { Evaluate } from '../run.ts';
import { say } from '../sentences.en.ts';

/** What names mean at one place of a document while it is compiled. */
export interface Environment {
  /** The slot of the loop with this name; undefined where the name is a source. */
  slotOf(name: string): number | undefined;
  /** The slot for a loop that starts here. */
  nextSlot: number;
  table(name: string): Readonly<Record<string, Json>>;
  /** The place in `Run.bases` of the value at a path of the sources; the same for the same path. */
  baseOf(path: readonly string[], compile: () => Evaluate): number;
  /** What is made at this level, as the target declares it; undefined where nothing is known. */
  target?: JsonSchema | undefined;
  /** The rule being compiled, for errors. */
  ruleId?: string;
  depth: number;
}

/** Expressions and rules inside each other, together. */
const maxDepth = 200;

/** @param bases - is filled with what each run has to read first. */
export function rootEnvironment(bases: Evaluate[], tables: MappingDocument['tables'] = {}, target?: JsonSchema): Environment {
  const known = new Map<string, number>();
  return {
    baseOf(path, compile) {
      const key = JSON.stringify(path);
      const found = known.get(key);
      if (found !== undefined) return found;
      const base = compile();
      known.set(key, bases.push(base) - 1);
      return bases.length - 1;
    },
    slotOf: () => undefined,
    target,
    nextSlot: 0,
    depth: 0,
    table(name) {
      const found = Object.hasOwn(tables, name) ? tables[name] : undefined;
      if (!found) throw new MappingDocumentError('unknown_table', say('mapping.cannot.table', { name }));
      return found;
    },
  };
}

/** The same one level further in. */
export function deeper(environment: Environment): Environment {
  if (environment.depth >= maxDepth) {
    throw new MappingDocumentError('too_deep', say('mapping.cannot.depth', { max: maxDepth }), environment.ruleId);
  }
  return { ...environment, depth: environment.depth + 1 };
}

/** Inside a loop: its name means the current item, and hides an outer loop or a source of the same name. */
export function insideLoop(environment: Environment, name: string): Environment {
  const slot = environment.nextSlot;
  return { ...deeper(environment), slotOf: (asked) => (asked === name ? slot : environment.slotOf(asked)), nextSlot: slot + 1 };
}

export function malformed({ ruleId }: Environment): MappingDocumentError {
  return new MappingDocumentError('malformed', say('mapping.cannot.expression'), ruleId);
}
