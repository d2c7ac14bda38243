import type { z } from 'zod';
import type { DefinedOperation, Described } from './define-operation.ts';
import { triggerOperation } from './trigger-operation.ts';

export interface ManualTriggerDefinition<C extends z.ZodObject, O extends z.ZodType> extends Described<C> {
  /** What the flow starts with. */
  output: O;
  samples: { title: string; config?: z.input<C>; output: z.input<O> }[];
}

/** A trigger that waits for a person. What they enter becomes the `body` of its output. */
export function defineManualTrigger<O extends z.ZodType, C extends z.ZodObject = z.ZodObject<Record<never, never>>>(
  definition: ManualTriggerDefinition<C, O>,
): DefinedOperation {
  return triggerOperation(definition, { contract: { strategy: 'manual' }, config: definition.config });
}
