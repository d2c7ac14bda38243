import { callsOf, type FlowDocument, triggerOf } from '@weft/flow';
import type { flowCalls } from '../../db/schema/index.ts';

/** What is kept beside a document of how it takes part in calls between flows. */
export const keptCalls = (document: FlowDocument): Pick<typeof flowCalls.$inferSelect, 'trigger' | 'calls'> => ({
  trigger: triggerOf(document)?.step.use ?? null,
  calls: [...new Set(callsOf(document).map(({ call }) => call.flow))],
});
