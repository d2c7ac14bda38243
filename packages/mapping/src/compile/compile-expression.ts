import { kindOfExpression, type Expression } from '../expressions.ts';
import { Run, type Evaluate, type MappingContext, type Value } from '../run.ts';
import { deeper, malformed, rootEnvironment, type Environment } from './environment.ts';

export type CompiledExpression = (scope: Readonly<Record<string, Value>>, context: MappingContext) => Value;

/**
 * An expression that stands alone, such as a branch's condition.
 * @throws {MappingDocumentError} when compiling, where the expression is malformed.
 * @throws {MappingFault} when running, where the value cannot be made.
 */
export function compileExpression(expression: Expression): CompiledExpression {
  const bases: Evaluate[] = [];
  const evaluate = compileIn(expression, rootEnvironment(bases));
  return (scope, context) => evaluate(new Run(scope, context, bases, undefined, false));
}

/** An expression at one place of a document. */
export function compileIn(expression: Expression, environment: Environment): Evaluate {
  const inside = deeper(environment);
  const kind = kindOfExpression(expression);
  if (!kind) throw malformed(environment);
  return kind.compile(expression, inside, (part) => compileIn(part, inside));
}
