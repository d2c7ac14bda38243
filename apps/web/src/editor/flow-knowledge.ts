import type { Catalogue, FlowDocument, Problem } from '@weft/flow';
import type { JsonSchema } from '@weft/json-schema';

/** Until the flow package tells: nothing is known about outputs, and nothing is found wrong. */
export const outputSchemaOf = (_flow: FlowDocument, _stepId: string, _catalogue: Catalogue): JsonSchema => ({});
export const problems = (_flow: FlowDocument, _catalogue: Catalogue, _options: unknown): Problem[] => [];
