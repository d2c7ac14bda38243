import { references, type MappingDocument } from '@weft/mapping';
import type { Step, StepKind, StepOf } from '../document.ts';
import type { Repeat } from '../effects/repeat-of.ts';
import type { Catalogue } from '../catalogue.ts';
import { kindOf } from './kind-of.ts';
import type { CallPart, ExpressionPart, MappingPart, NamePart, OperationPart, Part, UsersPart } from './part.ts';

/** Everything in a step that others have to do with: the one walk for whatever is done to steps of all kinds. */
export const partsOf = (step: Step): Part[] => kindOf(step).parts(step);

export const isMappingPart = (part: Part): part is MappingPart => 'mapping' in part;
export const isExpressionPart = (part: Part): part is ExpressionPart => 'expression' in part;
export const isOperationPart = (part: Part): part is OperationPart => 'operation' in part;
export const isNamePart = (part: Part): part is NamePart => 'name' in part;
export const isCallPart = (part: Part): part is CallPart => 'call' in part;
export const isUsersPart = (part: Part): part is UsersPart => 'users' in part;

const isUsed = ({ unused }: Part): boolean => unused !== true;

/** The operations that a step uses: its own, the source of a loop over a stream, the sender of a signal. */
export const operationsOf = (step: Step): OperationPart[] => partsOf(step).filter(isOperationPart).filter(isUsed);

/** The names that a step gives beside its id: what a loop calls its item. */
export const namesOf = (step: Step): string[] => partsOf(step).filter(isNamePart).map(({ name }) => name);

/** The names that the step's mapping and expressions read, each the id of a step or the name of an item; those not used now as well. */
export function rootsReadBy(step: Step): Set<string> {
  const read = partsOf(step).flatMap((part) => {
    const of = isMappingPart(part) ? part.mapping : isExpressionPart(part) ? part.expression : undefined;
    return of ? references(of).flatMap(([root]) => (root === undefined ? [] : [root])) : [];
  });
  return new Set(read);
}

/** A step that has a place for a mapping. */
export type MappedStep = { [K in StepKind]: Extract<keyof StepOf<K>, 'input' | 'source'> extends never ? never : StepOf<K> }[StepKind];

const mappingPart = (step: Step): MappingPart | undefined => partsOf(step).find(isMappingPart);

/** True where the step is filled by a mapping, written already or not. A loop is where it reads from a source. */
export const isMapped = (step: Step | undefined): step is MappedStep => step !== undefined && mappingPart(step) !== undefined;

/** The mapping that fills the step; of a loop over a stream, what its source gets. */
export const inputOf = (step: Step): MappingDocument | undefined => mappingPart(step)?.mapping;

/** The step filled by another mapping; the same step where it has no place for one. */
export function withInput(step: Step, mapping: MappingDocument): Step {
  const part = mappingPart(step);
  return part ? withAt(step, part.path, mapping) : step;
}

/** What it means outside to do the step once more; undefined where it calls nothing. */
export const repeatOfStep = (step: Step, catalogue: Catalogue): Repeat | undefined => kindOf(step).repeat?.(step, catalogue);

/**
 * The step with another value at a place that one of its parts names; undefined takes the key away.
 * @param value - of the type that stands there.
 */
export function withAt(step: Step, path: readonly string[], value: unknown): Step {
  // The place and the type of what stands there come from the part, which the step's own kind made.
  return replaced(step, path, value) as Step;
}

function replaced(within: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(within)) return within.map((item, at) => (String(at) === key ? replaced(item, rest, value) : item));
  // Anything that is no list is taken for an object: a path leads through nothing else.
  const { [key]: before, ...others } = Object(within) as Record<string, unknown>;
  const after = replaced(before, rest, value);
  if (after === undefined) return others;
  return before === undefined ? { ...others, [key]: after } : { ...Object(within), [key]: after };
}
