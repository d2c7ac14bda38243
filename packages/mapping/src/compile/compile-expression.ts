import type { MappingResult } from '../compile-mapping.ts';
import { kindOfExpression, type Expression } from '../expressions.ts';
import { Run, type Evaluate, type MappingContext, type Value } from '../run.ts';
import { TurnIsOver } from '../turn.ts';
import { deeper, malformed, rootEnvironment, type Environment } from './environment.ts';

/** @throws {TurnIsOver} where the context has a turn that is over, and says that it may be begun anew. */
export type CompiledExpression = (scope: Readonly<Record<string, Value>>, context: MappingContext) => Value;

/**
 * An expression that stands alone, such as a branch's condition.
 * @throws {MappingDocumentError} when compiling, where the expression is malformed.
 * @throws {MappingFault} when running, where the value cannot be made.
 */
export function compileExpression(expression: Expression): CompiledExpression {
  const bases: Evaluate[] = [];
  const evaluate = compileIn(expression, rootEnvironment(bases));
  const compiled: CompiledExpression = (scope, context) => {
    if (!context.mayBeginAnew) return evaluate(new Run(scope, context, bases, undefined, false));
    try {
      return evaluate(new Run(scope, context, bases));
    } catch (over) {
      if (over instanceof TurnIsOver) {
        over.of = compiled;
        over.work = { document: asMapping(expression), scope, context };
        over.again = (changed) => asResult(compiled(scope, changed));
      }
      throw over;
    }
  };
  return compiled;
}

/** The expression as a mapping, which gives its value as the field `value`. */
const asMapping = (expression: Expression) => ({ format: 'weft.mapping/1' as const, rules: [{ id: 'value', to: ['value'], value: expression }] });

const asResult = (value: Value): MappingResult => ({ output: value === undefined ? {} : { value }, errors: [], outcome: 'done' });

/** An expression at one place of a document. */
export function compileIn(expression: Expression, environment: Environment): Evaluate {
  const inside = deeper(environment);
  const kind = kindOfExpression(expression);
  if (!kind) throw malformed(environment);
  return kind.compile(expression, inside, (part) => compileIn(part, inside));
}
