import { compileExpression, compileMapping, type CompiledExpression, type CompiledMapping, type Expression, type MappingDocument } from '@weft/mapping';

export const compiledMapping = (document: MappingDocument | undefined): CompiledMapping | undefined => document && compileMapping(document);

export const compiledExpression = (expression: Expression | undefined): CompiledExpression | undefined => expression && compileExpression(expression);
