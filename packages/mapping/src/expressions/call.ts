import { list, must, name } from '@weft/json-schema/read';
import type { Said } from '@weft/sentences';
import { wrongKind } from '../check/wrong-kind.ts';
import { compileFunction, parameterAt } from '../compile/compile-function.ts';
import { malformed } from '../compile/environment.ts';
import type { Expression } from '../expressions.ts';
import { MappingDocumentError } from '../fault.ts';
import { functionNamed, type FunctionParameter, type MappingFunction } from '../functions/index.ts';
import { schemaOfKind } from '../functions/result-schema.ts';
import { parameterTitle, titleOf } from '../functions/titles.ts';
import { say } from '../sentences.en.ts';
import { bracketed } from './bracketed.ts';
import { nothingKnown, type Described, type ExpressionKind, type ExpressionType, type Inside } from './expression-kind.ts';
import { incomplete, type Finding } from './finding.ts';
import { isTable } from './table.ts';

/** What a function gives for its arguments. */
export type CallExpression = {
  fn: string;
  args: Expression[];
};

export const call: ExpressionKind<CallExpression> = {
  shape: (inner) => ({ fn: must(name), args: must(list(inner, 100)) }),
  mapParts: (expression, change) => ({ ...expression, args: expression.args.map((arg) => change(arg)) }),
  compile({ fn, args }, environment, inner) {
    const called = functionNamed(fn);
    if (!called) throw new MappingDocumentError('unknown_function', say('mapping.cannot.function', { name: fn }), environment.ruleId);
    if (!Array.isArray(args)) throw malformed(environment);
    const compiled = args.map((arg, index) => {
      if ((parameterAt(called, index)?.type === 'table') === isTable(arg)) return inner(arg);
      throw new MappingDocumentError('wrong_arguments', say(isTable(arg) ? 'mapping.cannot.tableArgument' : 'mapping.cannot.noTable'), environment.ruleId);
    });
    return compileFunction(called, compiled);
  },
  typeOf({ fn, args }, _names, inner) {
    const called = functionNamed(fn);
    if (!called) return nothingKnown;
    const given = args.map(inner);
    const schema = called.resultSchema?.(given.map((arg) => arg.schema)) ?? schemaOfKind(called.returns);
    return { schema, ...presenceOfResult(called, given) };
  },
  findings({ fn, args = [] }, _around, inner) {
    const called = functionNamed(fn);
    if (!called) return [{ code: 'mapping.input', ...say('mapping.expression.function', { name: fn }) }];
    const missing = called.parameters.filter(({ optional, rest }, index) => !optional && !rest && args[index] === undefined);
    const hasSpare = args.length > called.parameters.length && !called.parameters.at(-1)?.rest;
    return [
      ...args.flatMap((arg, index) => argumentFindings(called, parameterAt(called, index), arg, inner)),
      ...missing.map((parameter): Finding => {
        const said = { function: titleOf(called), parameter: parameterTitle(called, parameter) };
        return { code: 'mapping.input', ...say('mapping.expression.inputMissing', said) };
      }),
      ...(hasSpare ? [{ code: 'mapping.input' as const, ...say('mapping.expression.inputSpare', { function: titleOf(called) }) }] : []),
    ];
  },
  describe: ({ fn, args }, _titles, inner) => describe(fn, args.map(inner)),
};

function presenceOfResult(called: MappingFunction, args: readonly ExpressionType[]): Omit<ExpressionType, 'schema'> {
  const demanding = called.nulls === 'pass' ? args.filter((_, index) => !called.parameters[index]?.optional) : [];
  const mayBeMissing = called.mayGiveNothing === true || demanding.some((arg) => arg.mayBeMissing);
  const mayBeNull = demanding.some((arg) => arg.mayBeNull);
  if (called.name !== 'default' && called.name !== 'lookup') return { mayBeMissing, mayBeNull };
  // Both give their last argument where there is nothing better.
  const fallback = called.name === 'default' ? args.at(-1) : (args[2] ?? args[0]);
  return { mayBeMissing: fallback?.mayBeMissing ?? true, mayBeNull: fallback?.mayBeNull ?? false };
}

function argumentFindings(called: MappingFunction, parameter: FunctionParameter | undefined, arg: Expression, { findings, typeOf }: Inside): Finding[] {
  const inside = findings(arg);
  if (!parameter) return inside;
  const wrong = (why: string | Said): Finding => ({
    code: 'mapping.input',
    ...say('mapping.expression.input', { function: titleOf(called), parameter: parameterTitle(called, parameter), why }),
  });
  const notChosen = wrong(say(parameter.type === 'table' ? 'mapping.input.table' : 'mapping.input.value'));
  if (inside.length > 0) return inside.map((found) => (found === incomplete ? notChosen : found));
  if (isTable(arg) !== (parameter.type === 'table')) return [notChosen];
  const why = isTable(arg) ? undefined : wrongKind(parameter, arg, typeOf(arg));
  return why === undefined ? [] : [wrong(why)];
}

const infix: Readonly<Record<string, string | Said>> = {
  add: '+', subtract: '−', multiply: '×', divide: '÷', equals: '=', notEquals: '≠', greaterThan: '>', atLeast: '≥', lessThan: '<', atMost: '≤', concat: '&',
  and: say('mapping.said.and'), or: say('mapping.said.or'), contains: say('mapping.said.contains'), startsWith: say('mapping.said.startsWith'),
  endsWith: say('mapping.said.endsWith'), default: say('mapping.said.default'),
};

function describe(fn: string, args: readonly Described[]): Described {
  const [first, ...rest] = args;
  const sign = Object.hasOwn(infix, fn) ? infix[fn] : undefined;
  if (first && sign !== undefined && rest.length > 0) {
    const words = rest.reduce((left, right) => say('mapping.said.infix', { left, sign, right: bracketed(right) }), bracketed(first));
    return { words, isLoose: true };
  }
  if (first && fn === 'not') return { words: say('mapping.said.not', { value: bracketed(first) }) };
  if (first && (fn === 'exists' || fn === 'isEmpty')) return { words: say(`mapping.said.${fn}`, { value: bracketed(first) }), isLoose: true };
  const called = functionNamed(fn);
  const title = called ? titleOf(called) : fn;
  if (!first) return { words: title };
  const inputs = rest.reduce((before, next) => say('mapping.said.inputs', { first: before, second: next.words }), first.words);
  return { words: say('mapping.said.call', { function: title, inputs }) };
}
