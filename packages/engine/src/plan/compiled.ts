import type { JsonSchema } from '@weft/json-schema';
import { compileExpression, compileMapping, type CompiledExpression, type CompiledMapping, type Expression, type MappingDocument } from '@weft/mapping';

/** @param target - the schema it fills, where that is known. */
export const compiledMapping = (document: MappingDocument | undefined, target: JsonSchema | undefined): CompiledMapping | undefined =>
  document && compileMapping(document, target);

export const compiledExpression = (expression: Expression | undefined): CompiledExpression | undefined => expression && compileExpression(expression);
