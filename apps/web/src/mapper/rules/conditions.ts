import type { Json } from '@weft/json-schema';
import type { Expression } from '@weft/mapping';

/** A condition as rows: all of them, or any of them, must be true. */
export interface Condition {
  join: 'and' | 'or';
  rows: ConditionRow[];
}

export interface ConditionRow {
  left: Expression;
  operator: Operator;
  /** Absent for operators that look at one value only. */
  right?: Expression;
}

export type Operator = keyof typeof operators;

interface OperatorShape {
  fn: string;
  /** Wrapped in `not`. */
  not?: boolean;
  /** How many values it compares. */
  arity: 1 | 2;
}

/** Every operator and the function it is written with. The order is the order of the list. */
export const operators = {
  equals: { fn: 'equals', arity: 2 },
  notEquals: { fn: 'notEquals', arity: 2 },
  contains: { fn: 'contains', arity: 2 },
  notContains: { fn: 'contains', not: true, arity: 2 },
  includes: { fn: 'includes', arity: 2 },
  notIncludes: { fn: 'includes', not: true, arity: 2 },
  startsWith: { fn: 'startsWith', arity: 2 },
  endsWith: { fn: 'endsWith', arity: 2 },
  greaterThan: { fn: 'greaterThan', arity: 2 },
  atLeast: { fn: 'atLeast', arity: 2 },
  lessThan: { fn: 'lessThan', arity: 2 },
  atMost: { fn: 'atMost', arity: 2 },
  exists: { fn: 'exists', arity: 1 },
  notExists: { fn: 'exists', not: true, arity: 1 },
  isEmpty: { fn: 'isEmpty', arity: 1 },
  isNotEmpty: { fn: 'isEmpty', not: true, arity: 1 },
} as const satisfies Record<string, OperatorShape>;

// The names of the table above.
export const operatorNames = Object.keys(operators) as Operator[];
export const isOperator = (name: string): name is Operator => Object.hasOwn(operators, name);
const shapeOfOperator = (operator: Operator): OperatorShape => operators[operator];
export const needsRight = (operator: Operator): boolean => shapeOfOperator(operator).arity === 2;

/** An empty path: nothing is chosen yet. problems() says so. */
const nothing: Expression = { path: [] };
export const emptyRow: ConditionRow = { left: nothing, operator: 'equals', right: { const: '' } };

/** The rows as one expression; undefined for no rows. */
export function compileCondition(condition: Condition): Expression | undefined {
  const compiled = condition.rows.map(compileRow);
  const [only] = compiled;
  if (compiled.length <= 1) return only;
  return { fn: condition.join, args: compiled };
}

function compileRow(row: ConditionRow): Expression {
  const shape = shapeOfOperator(row.operator);
  const inner: Expression = { fn: shape.fn, args: shape.arity === 2 ? [row.left, row.right ?? { const: '' }] : [row.left] };
  return shape.not ? { fn: 'not', args: [inner] } : inner;
}

/**
 * The rows of an expression, whatever wrote it.
 * @returns undefined where it does not fit into rows: it is then shown and edited as a whole, never lost.
 */
export function parseCondition(expression: Expression | undefined): Condition | undefined {
  if (expression === undefined) return { join: 'and', rows: [] };
  if ('fn' in expression && (expression.fn === 'and' || expression.fn === 'or') && expression.args.length > 1) {
    const rows = expression.args.map(parseRow);
    return rows.every((row) => row !== undefined) ? { join: expression.fn, rows } : undefined;
  }
  const row = parseRow(expression);
  return row && { join: 'and', rows: [row] };
}

function parseRow(expression: Expression): ConditionRow | undefined {
  if (!('fn' in expression)) return undefined;
  const [argument] = expression.args;
  if (expression.fn === 'not' && argument && 'fn' in argument) return rowFor(argument, true);
  return rowFor(expression, false);
}

function rowFor(expression: { fn: string; args: Expression[] }, not: boolean): ConditionRow | undefined {
  const operator = operatorNames.find((name) => {
    const shape = shapeOfOperator(name);
    return shape.fn === expression.fn && (shape.not ?? false) === not && shape.arity === expression.args.length;
  });
  const [left, right] = expression.args;
  if (!operator || !left) return undefined;
  return right ? { left, operator, right } : { left, operator };
}

/** What was typed for a value, in the type of the field it is compared with. */
export function typedConstant(text: string, kind: 'number' | 'integer' | 'boolean' | string): Json {
  if ((kind === 'number' || kind === 'integer') && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  if (kind === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
