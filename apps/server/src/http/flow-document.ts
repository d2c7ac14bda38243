import { type FlowDocument, parseFlow } from '@weft/flow';
import type { SchemaIssue } from '@weft/json-schema';
import { z } from 'zod';
import { fieldIssue, invalid } from '../refused.ts';

/** A flow from outside: bounded, unknown keys dropped. Refused is only what cannot be a flow; what is to be mended in one is its problems. */
export const flowDocument = z.unknown().transform((value): FlowDocument => {
  const parsed = parseFlow(value);
  if ('flow' in parsed) return parsed.flow;
  throw invalid(whyRefused(parsed.issues), parsed.issues.map(fieldIssue));
});

function whyRefused([first]: readonly SchemaIssue[]): string {
  if (!first) return 'This is not a Weft flow.';
  if (first.path.length === 0) return `This flow ${first.message}.`;
  return `This flow cannot be as it is: “${first.path.join(' › ')}” ${first.message}. Undo the last change, or change it there.`;
}
