import { parseFlow, type FlowDocument } from '@weft/flow';

/** Edits that the server has not acknowledged yet, and the revision they are based on. */
export interface KeptDraft {
  document: FlowDocument;
  revision: number;
}

const keyOf = (flow: string): string => `weft.draft.${flow}`;

/** Keeps the edits in this browser. A full storage is no reason to stop: saving to the server goes on. */
export function keepDraft(flow: string, draft: KeptDraft): void {
  try {
    localStorage.setItem(keyOf(flow), JSON.stringify(draft));
  } catch (error) {
    console.info('This browser cannot keep the edits; they are saved to the server only.', error);
  }
}

export function forgetDraft(flow: string): void {
  localStorage.removeItem(keyOf(flow));
}

/** Edits left over from the last visit, checked like anything from outside. */
export function keptDraft(flow: string): KeptDraft | undefined {
  const text = localStorage.getItem(keyOf(flow));
  if (text === null) return undefined;
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== 'object' || kept === null || !('document' in kept) || !('revision' in kept)) return undefined;
    const parsed = parseFlow(kept.document);
    return 'flow' in parsed && typeof kept.revision === 'number' ? { document: parsed.flow, revision: kept.revision } : undefined;
  } catch (error) {
    console.info('The edits kept in this browser cannot be read.', error);
    return undefined;
  }
}
