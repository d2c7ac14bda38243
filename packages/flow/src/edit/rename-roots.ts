import { renameNames, renameNamesIn, type NewNames } from '@weft/mapping';
import type { Step } from '../document.ts';
import { isExpressionPart, isMappingPart, isNamePart, partsOf, withAt } from '../kinds/parts-of.ts';

/** The step with every reference that starts with a renamed step or loop rewritten. Loop names inside a mapping win. */
export function renameRoots(step: Step, names: NewNames): Step {
  if (names.size === 0) return step;
  return partsOf(step).reduce((changed, part) => {
    if (isMappingPart(part)) return part.mapping ? withAt(changed, part.path, renameNames(part.mapping, names)) : changed;
    if (isExpressionPart(part)) return part.expression ? withAt(changed, part.path, renameNamesIn(part.expression, names)) : changed;
    return isNamePart(part) ? withAt(changed, part.path, names.get(part.name) ?? part.name) : changed;
  }, step);
}
