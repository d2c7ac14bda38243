import { type FlowDocument, parseFlow } from '@weft/flow';
import { z } from 'zod';

/** A flow from outside: bounded, unknown keys dropped, dangerous names refused; each issue with its path. */
export const flowDocument = z.unknown().transform((value, context): FlowDocument => {
  const parsed = parseFlow(value);
  if ('flow' in parsed) return parsed.flow;
  for (const { path, message } of parsed.issues) context.addIssue({ code: 'custom', path: [...path], message });
  return z.NEVER;
});
