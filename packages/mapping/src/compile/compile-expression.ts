import { isObject, type Json } from '@weft/json-schema';
import type { Expression } from '../document.ts';
import { MappingDocumentError } from '../fault.ts';
import { functionNamed } from '../functions/index.ts';
import { isTrue } from '../functions/is-true.ts';
import { Run, type Evaluate, type MappingContext, type Value } from '../run.ts';
import { compileFunction, parameterAt } from './compile-function.ts';
import { compilePath } from './compile-path.ts';
import { deeper, rootEnvironment, type Environment } from './environment.ts';

export type CompiledExpression = (scope: Readonly<Record<string, Value>>, context: MappingContext) => Value;

/**
 * An expression that stands alone, such as a branch's condition.
 * @throws {MappingDocumentError} when compiling, where the expression is malformed.
 * @throws {MappingFault} when running, where the value cannot be made.
 */
export function compileExpression(expression: Expression): CompiledExpression {
  const bases: Evaluate[] = [];
  const evaluate = compileIn(expression, rootEnvironment(bases));
  return (scope, context) => evaluate(new Run(scope, context, bases));
}

/** An expression at one place of a document. */
export function compileIn(expression: Expression, environment: Environment): Evaluate {
  const inner = deeper(environment);
  if (!isObject(expression)) throw malformed(environment);
  if ('path' in expression) {
    if (!Array.isArray(expression.path) || expression.path.length === 0) throw malformed(environment);
    return compilePath(expression.path.map(String), inner);
  }
  if ('const' in expression) return compileConstant(expression.const);
  if ('fn' in expression) return compileCall(expression.fn, expression.args, inner);
  if ('if' in expression) return compileChoice(expression, inner);
  if ('index' in expression) return compileIndex(expression.index, inner);
  if ('table' in expression) {
    const table = inner.table(expression.table);
    return () => table;
  }
  throw malformed(environment);
}

function compileConstant(value: Json): Evaluate {
  // Results share it, so nobody may change it.
  const constant = frozen(structuredClone(value));
  return () => constant;
}

function compileCall(name: string, args: readonly Expression[], environment: Environment): Evaluate {
  const called = functionNamed(name);
  if (!called) throw new MappingDocumentError('unknown_function', `There is no function named ${name}.`, environment.ruleId);
  if (!Array.isArray(args)) throw malformed(environment);
  const compiled = args.map((arg, index) => {
    const isTable = isObject(arg) && 'table' in arg;
    if ((parameterAt(called, index)?.type === 'table') === isTable) return compileIn(arg, environment);
    const message = isTable ? 'A lookup table can only be looked up in.' : 'Choose the lookup table to look in.';
    throw new MappingDocumentError('wrong_arguments', message, environment.ruleId);
  });
  return compileFunction(called, compiled);
}

function compileChoice(choice: Extract<Expression, { if: Expression }>, environment: Environment): Evaluate {
  const condition = compileIn(choice.if, environment);
  const then = compileIn(choice.then, environment);
  const otherwise = choice.else === undefined ? () => undefined : compileIn(choice.else, environment);
  return (run) => (isTrue(condition(run)) ? then(run) : otherwise(run));
}

function compileIndex(name: string, environment: Environment): Evaluate {
  const slot = environment.slotOf(name);
  if (slot === undefined) {
    throw new MappingDocumentError('unknown_loop', `The position of ${name} is asked for outside of its list.`, environment.ruleId);
  }
  return (run) => run.indexes[slot];
}

function malformed({ ruleId }: Environment): MappingDocumentError {
  return new MappingDocumentError('malformed', 'This expression is incomplete. Choose a field, a constant or a function.', ruleId);
}

function frozen<T extends Json>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}
