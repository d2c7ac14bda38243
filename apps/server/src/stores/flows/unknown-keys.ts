import type { FlowDocument } from '@weft/flow';
import type { ImportLoss } from '@weft/api';

/** Enough to see what kind of file it was. */
const maxUnknown = 20;

/** What a document had that no flow of this version has, each at its place: it was left out when the document was read. */
export function unknownKeys(given: unknown, read: FlowDocument): ImportLoss[] {
  const found: ImportLoss[] = [];
  const path: string[] = [];
  const compare = (before: unknown, after: unknown): void => {
    // Read from the same value, so what is there was kept.
    if (typeof before !== 'object' || before === null || typeof after !== 'object' || after === null) return;
    const kept = after as Record<string, unknown>;
    for (const key of Object.keys(before)) {
      if (found.length >= maxUnknown) return;
      const value = (before as Record<string, unknown>)[key];
      path.push(key);
      if (!Object.hasOwn(kept, key) || kept[key] === undefined) {
        if (value !== undefined) found.push(lossAt([...path], read));
      } else compare(value, kept[key]);
      path.pop();
    }
  };
  compare(given, read);
  return found;
}

function lossAt(path: string[], { steps }: FlowDocument): ImportLoss {
  const [first, stepId = '', ...rest] = path;
  const step = first === 'steps' && Object.hasOwn(steps, stepId) ? steps[stepId] : undefined;
  return step ? { stepId, step: step.title, what: 'unknown', path: rest } : { what: 'unknown', path };
}
