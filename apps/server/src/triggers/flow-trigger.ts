import type { Operation, TriggerContract, TriggerStrategy } from '@weft/connector-sdk';
import { type Catalogue, type FlowDocument, triggerOf, type TriggerStep } from '@weft/flow';

/** The step that starts a flow, and the operation that says how. */
export interface FlowTrigger<S extends TriggerStrategy = TriggerStrategy> {
  stepId: string;
  step: TriggerStep;
  operation: Operation;
  contract: Extract<TriggerContract, { strategy: S }>;
}

/** Null where a document has no trigger, or one that is not installed. */
export function flowTrigger(document: FlowDocument, catalogue: Catalogue): FlowTrigger | null {
  const found = triggerOf(document);
  const operation = found && catalogue.operation(found.step.use);
  return found && operation?.trigger ? { ...found, operation, contract: operation.trigger } : null;
}

/** The same, for a flow that starts in this way. */
export function triggerBy<S extends TriggerStrategy>(strategy: S, document: FlowDocument, catalogue: Catalogue): FlowTrigger<S> | null {
  const trigger = flowTrigger(document, catalogue);
  return trigger && isBy(trigger, strategy) ? trigger : null;
}

const isBy = <S extends TriggerStrategy>(trigger: FlowTrigger, strategy: S): trigger is FlowTrigger<S> & FlowTrigger => trigger.contract.strategy === strategy;
