import { isObject } from '@weft/json-schema';
import type { FlowDocument } from '@weft/flow';
import type { ImportLoss } from '@weft/api';

/** Enough to see what kind of file it was. */
const maxUnknown = 20;

/** What a document had that no flow of this version has, each at its place: it was left out when the document was read. */
export function unknownKeys(given: unknown, read: FlowDocument): ImportLoss[] {
  const found: ImportLoss[] = [];
  const compare = (before: unknown, after: unknown, path: string[]): void => {
    if (typeof before !== 'object' || before === null || typeof after !== 'object' || after === null) return;
    for (const [key, value] of Object.entries(before)) {
      if (found.length >= maxUnknown) return;
      const here = [...path, key];
      // Read from the same value, so what is there was kept.
      if (isObject(after) || Array.isArray(after)) {
        const kept = Object.hasOwn(after, key) ? (after as Record<string, unknown>)[key] : undefined;
        if (kept === undefined && value !== undefined) found.push(lossAt(here, read));
        else compare(value, kept, here);
      }
    }
  };
  compare(given, read, []);
  return found;
}

function lossAt(path: string[], { steps }: FlowDocument): ImportLoss {
  const [first, stepId = '', ...rest] = path;
  const step = first === 'steps' && Object.hasOwn(steps, stepId) ? steps[stepId] : undefined;
  return step ? { stepId, step: step.title, what: 'unknown', path: rest } : { what: 'unknown', path };
}
