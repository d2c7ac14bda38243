import { setImmediate as rest } from 'node:timers/promises';
import { type FlowDocument, parseFlowInTurns } from '@weft/flow';
import type { SchemaIssue } from '@weft/json-schema';
import { z } from 'zod';
import { fieldIssue, invalid } from '../refused.ts';

/** A flow from outside: bounded, unknown keys dropped. Refused is only what cannot be a flow; what is to be mended in one is its problems. */
export const flowDocument = z.unknown().transform(async (value): Promise<FlowDocument> => {
  const parsed = await parseFlowInTurns(value, rest);
  if ('flow' in parsed) return parsed.flow;
  throw invalid(whyRefused(parsed.issues), parsed.issues.map(fieldIssue));
});

function whyRefused([first]: readonly SchemaIssue[]): string {
  if (!first) return 'This is not a Weft flow.';
  if (first.path.length === 0) return `This flow ${first.message}.`;
  return `This flow cannot be as it is: “${first.path.join(' › ')}” ${first.message}. Undo the last change, or change it there.`;
}
