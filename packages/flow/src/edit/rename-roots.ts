import { renameNames, renameNamesIn, type NewNames } from '@weft/mapping';
import type { Step } from '../document.ts';

/** The step with every reference that starts with a renamed step or loop rewritten. Loop names inside a mapping win. */
export function renameRoots(step: Step, names: NewNames): Step {
  if (names.size === 0) return step;
  switch (step.kind) {
    case 'action':
    case 'transform':
    case 'respond':
    case 'approval':
    case 'subflow':
      return step.input ? { ...step, input: renameNames(step.input, names) } : step;
    case 'filter':
      return step.condition ? { ...step, condition: renameNamesIn(step.condition, names) } : step;
    case 'branch':
      return {
        ...step,
        cases: step.cases.map((one) => (one.condition ? { ...one, condition: renameNamesIn(one.condition, names) } : one)),
      };
    case 'forEach':
      return {
        ...step,
        ...(step.items && { items: renameNamesIn(step.items, names) }),
        ...(step.source?.input && { source: { ...step.source, input: renameNames(step.source.input, names) } }),
        ...(step.collect && { collect: renameNamesIn(step.collect, names) }),
        as: names.get(step.as) ?? step.as,
      };
    case 'wait':
      return {
        ...step,
        ...(step.date && { date: renameNamesIn(step.date, names) }),
        ...(step.key && { key: renameNamesIn(step.key, names) }),
      };
    case 'trigger':
    case 'stop':
      return step;
  }
}
