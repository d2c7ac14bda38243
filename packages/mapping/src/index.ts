export { compileExpression, type CompiledExpression } from './compile/compile-expression.ts';
export * from './compile-mapping.ts';
export * from './document.ts';
export * from './fault.ts';
export * from './functions/index.ts';
export * from './preview-mapping.ts';
export { defaultLimits, type MappingContext, type MappingLimits, type Value } from './run.ts';
