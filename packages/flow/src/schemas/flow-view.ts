import type { Json, JsonSchema } from '@weft/json-schema';
import type { Catalogue } from '../catalogue.ts';
import type { FlowDocument } from '../document.ts';

/** An example of a value, and whether it comes from something that really happened or only from a schema. */
export interface StepSample {
  value: Json | undefined;
  real: boolean;
}

/** Something a step may read: the output of a step before it, or the item of a loop around it. */
export interface Source {
  /** How its paths begin: the step's id, or the loop's `as`. */
  id: string;
  title: string;
  kind: 'step' | 'loop';
  /** The step it comes from; for a loop's item, the loop. */
  stepId: string;
  schema: JsonSchema;
  sample?: Json;
  /** False where the sample was only made up from the schema. */
  real: boolean;
}

/**
 * What can be known about the data in a flow without running it. Schemas and samples of steps depend on each other all
 * over the flow, so each is made once, on demand, and their makers ask each other through this.
 */
export interface FlowView {
  flow: FlowDocument;
  catalogue: Catalogue;
  outputSchema(stepId: string): JsonSchema;
  target(stepId: string): JsonSchema | undefined;
  sample(stepId: string): StepSample;
  /** What one item of a loop looks like. */
  itemSchema(stepId: string): JsonSchema;
  /** The first item of the list a loop goes through. */
  itemSample(stepId: string): StepSample;
  /** A step's output as others read it. */
  outputSource(stepId: string): Source;
  /** A loop's item as those inside read it. */
  itemSource(stepId: string): Source;
  /** All that a step may read, in the order of the flow. */
  sources(stepId: string): Source[];
  /** What a loop's `collect` may read: the steps inside it, its item, and all that the loop itself may read. */
  collectSources(stepId: string): Source[];
}
