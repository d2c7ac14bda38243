import { formatPath, isObject, type Json, type Path } from '@weft/json-schema';
import type { Expression } from './document.ts';
import { functionNamed } from './functions/index.ts';

const infix: Readonly<Record<string, string>> = {
  add: '+', subtract: '−', multiply: '×', divide: '÷', and: 'and', or: 'or', equals: '=', notEquals: '≠', greaterThan: '>', atLeast: '≥',
  lessThan: '<', atMost: '≤', concat: '&', contains: 'contains', startsWith: 'starts with', endsWith: 'ends with', default: 'or else',
};

const longest = 120;

/** What people call the sources of a mapping, by the first segment of a path: `{ http1: 'Send the order' }`. */
export type SourceTitles = Readonly<Record<string, string>>;

/**
 * An expression as people read it on a chip: `order › total > 100`. For display only; at most 120 characters.
 * @param titles - what to call the sources; one without a title goes by its id.
 */
export function describeExpression(expression: Expression, titles: SourceTitles = {}): string {
  const text = describe(expression, false, titles);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** A path as people read it: `Send the order › body › id`. */
export function describePath([root = '', ...rest]: Path, titles: SourceTitles): string {
  return formatPath([(Object.hasOwn(titles, root) && titles[root]) || root, ...rest]);
}

function describe(expression: Expression, isInner: boolean, titles: SourceTitles): string {
  if (!isObject(expression)) return '…';
  if ('path' in expression) return expression.path.length === 0 ? '…' : describePath(expression.path, titles);
  if ('const' in expression) return describeConstant(expression.const);
  if ('index' in expression) return `position in ${expression.index}`;
  if ('table' in expression) return expression.table;
  if ('if' in expression) {
    const otherwise = expression.else ? ` else ${describe(expression.else, true, titles)}` : '';
    return grouped(`if ${describe(expression.if, true, titles)} then ${describe(expression.then, true, titles)}${otherwise}`, isInner);
  }
  if ('fn' in expression) return describeCall(expression.fn, expression.args, isInner, titles);
  return '…';
}

function describeCall(name: string, args: readonly Expression[], isInner: boolean, titles: SourceTitles): string {
  const sign = Object.hasOwn(infix, name) ? infix[name] : undefined;
  if (sign !== undefined && args.length > 1) return grouped(args.map((arg) => describe(arg, true, titles)).join(` ${sign} `), isInner);
  const [only] = args;
  if (only && name === 'not') return `not ${describe(only, true, titles)}`;
  if (only && name === 'exists') return grouped(`${describe(only, true, titles)} has a value`, isInner);
  if (only && name === 'isEmpty') return grouped(`${describe(only, true, titles)} is empty`, isInner);
  const title = functionNamed(name)?.title ?? name;
  return args.length === 0 ? title : `${title} (${args.map((arg) => describe(arg, false, titles)).join(', ')})`;
}

function describeConstant(value: Json): string {
  if (typeof value === 'string') return value === '' ? 'empty text' : `“${value}”`;
  if (value === null) return 'nothing (null)';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  return JSON.stringify(value);
}

function grouped(text: string, isInner: boolean): string {
  return isInner ? `(${text})` : text;
}
