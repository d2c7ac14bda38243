import { outputSchemaOf, type Catalogue, type FlowDocument } from '@weft/flow';
import { sampleOf, type Json } from '@weft/json-schema';
import { triggerOf } from '../palette/add-item.ts';

/** What the trigger would give: pinned, else the first sample, else made from its schema. */
export function samplePayload(flow: FlowDocument, catalogue: Catalogue): Json {
  const trigger = triggerOf(flow);
  if (trigger === undefined) return {};
  const step = flow.steps[trigger];
  return step?.samples?.[step.pinned ?? 0]?.output ?? sampleOf(outputSchemaOf(flow, trigger, catalogue));
}
