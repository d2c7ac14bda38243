import { outputSchemaOf, triggerOf, type Catalogue, type FlowDocument } from '@weft/flow';
import { sampleOf, type Json } from '@weft/json-schema';

/** What the trigger would give: pinned, else the first sample, else made from its schema. */
export function samplePayload(flow: FlowDocument, catalogue: Catalogue): Json {
  const trigger = triggerOf(flow);
  if (!trigger) return {};
  const { stepId, step } = trigger;
  return step.samples?.[step.pinned ?? 0]?.output ?? sampleOf(outputSchemaOf(flow, stepId, catalogue));
}
