import { asSchema, dereference, isAnything, schemaAt, type JsonSchema, type Path } from '@weft/json-schema';
import { parameterAt } from '../compile/compile-function.ts';
import { describePath, type SourceTitles } from '../describe-expression.ts';
import type { Expression } from '../document.ts';
import { functionNamed, type FunctionParameter, type MappingFunction } from '../functions/index.ts';
import { expressionType, isList, kindsOf, type Names } from './expression-type.ts';
import type { MappingProblemCode } from './problem.ts';
import { similarName } from './similar-name.ts';

/** Something wrong inside an expression, whatever it is for. */
export interface Finding {
  code: MappingProblemCode;
  message: string;
  /** The path that was probably meant. */
  rename?: { from: string[]; to: string[]; title: string };
}

export interface Surroundings {
  names: Names;
  /** What people call the sources. */
  titles: SourceTitles;
  /** Loop names of the whole document: one that is not in `names` is used outside of its loop. */
  loopNames: ReadonlySet<string>;
  /** Names of lookup tables; undefined where tables cannot be known. */
  tables?: ReadonlySet<string>;
}

/** Sources that are gone, loop names out of scope, inputs that are missing or of the wrong kind. */
export function expressionFindings(expression: Expression, around: Surroundings): Finding[] {
  if (typeof expression !== 'object' || expression === null) return [incomplete];
  if ('path' in expression) return pathFindings(expression.path, around);
  if ('index' in expression) return loopFindings(expression.index, around);
  if ('if' in expression) {
    const parts = [expression.if, expression.then, ...(expression.else ? [expression.else] : [])];
    return [...parts.flatMap((part) => expressionFindings(part, around)), ...conditionFindings(expression.if, around)];
  }
  if ('fn' in expression) return callFindings(expression.fn, expression.args ?? [], around);
  if ('table' in expression) return tableFindings(expression.table, around);
  return 'const' in expression ? [] : [incomplete];
}

const incomplete: Finding = { code: 'mapping.incomplete', message: 'A value is not chosen yet. Choose a field, a constant or a function.' };

/** A condition that surely gives a text, a number, a list or an object. */
export function conditionFindings(condition: Expression, { names }: Pick<Surroundings, 'names'>): Finding[] {
  if (typeof condition !== 'object' || condition === null) return [];
  const kinds = kindsOf(expressionType(condition, names).schema);
  if (!kinds || kinds.some((kind) => kind === 'boolean' || kind === 'null')) return [];
  return [{ code: 'mapping.input', message: 'A condition must be true or false. Compare the value with something, or use “Has a value”.' }];
}

function pathFindings(path: readonly string[], { names, loopNames, titles }: Surroundings): Finding[] {
  const [root, ...rest] = path;
  if (root === undefined) return [incomplete];
  const source = Object.hasOwn(names, root) ? names[root] : undefined;
  if (!source) {
    if (loopNames.has(root)) {
      return [{ code: 'mapping.loopScope', message: `${describePath(path, titles)} is an item of a list, and is used outside of that list. Move it inside, or take the list itself.` }];
    }
    const whence = Object.hasOwn(titles, root) ? 'a step that does not run before this one' : 'a step that is not there, or does not run before this one';
    return [{ code: 'mapping.sourceGone', message: `${describePath(path, titles)} comes from ${whence}. Choose another field.` }];
  }
  const gone = rest.findIndex((_, index) => schemaAt(source, rest.slice(0, index + 1)) === undefined);
  return gone === -1 ? [] : [goneFinding(path, gone, source, titles)];
}

function goneFinding(path: Path, gone: number, source: JsonSchema, titles: SourceTitles): Finding {
  const parentPath = path.slice(1, gone + 1);
  const parent = schemaAt(source, parentPath) ?? {};
  const name = path[gone + 1] ?? '';
  if (isList(parent) === true) {
    const list = describePath(path.slice(0, gone + 1), titles);
    return {
      code: 'mapping.listToSingle',
      message: `${list} is a list, and ${describePath(path, titles)} would be a field of each of its items. Go through the list, or take the first item.`,
      rename: { from: [...path], to: [...path.slice(0, gone + 1), '0', ...path.slice(gone + 1)], title: 'Take the first item' },
    };
  }
  const meant = similarName(name, fieldNames(parent));
  if (meant === undefined) {
    return { code: 'mapping.sourceGone', message: `${describePath(path, titles)} is no longer there. Choose another field.` };
  }
  const [from, to] = [path.slice(0, gone + 2), [...path.slice(0, gone + 1), meant]];
  return {
    code: 'mapping.sourceGone',
    message: `${describePath(path, titles)} is no longer there. Was it renamed to ${meant}?`,
    rename: { from: [...from], to, title: `Use ${meant} instead of ${name}` },
  };
}

/** The fields that a schema names, branches included. */
export function fieldNames(schema: JsonSchema, depth = 0): string[] {
  const own = dereference(schema, schema);
  const parts = depth > 4 ? [] : [...(own.allOf ?? []), ...(own.anyOf ?? []), ...(own.oneOf ?? [])];
  const inParts = parts.flatMap((part) => fieldNames({ ...(schema.$defs && { $defs: schema.$defs }), ...asSchema(part) }, depth + 1));
  return [...new Set([...Object.keys(own.properties ?? {}), ...inParts])];
}

function loopFindings(name: string, { names, loopNames }: Surroundings): Finding[] {
  if (loopNames.has(name) && Object.hasOwn(names, name)) return [];
  return [{ code: 'mapping.loopScope', message: `The position of ${name} is asked for outside of its list. Move it inside the list.` }];
}

function tableFindings(name: string, { tables }: Surroundings): Finding[] {
  if (!tables || tables.has(name)) return [];
  return [{ code: 'mapping.input', message: `There is no lookup table named ${name}. Add it, or choose another one.` }];
}

function callFindings(name: string, args: readonly Expression[], around: Surroundings): Finding[] {
  const called = functionNamed(name);
  if (!called) return [{ code: 'mapping.input', message: `There is no function named ${name}. Choose another one.` }];
  const missing = called.parameters.filter(({ optional, rest }, index) => !optional && !rest && args[index] === undefined);
  const spare = args.length > called.parameters.length && !called.parameters.at(-1)?.rest;
  return [
    ...args.flatMap((arg, index) => argumentFindings(called, parameterAt(called, index), arg, around)),
    ...missing.map(({ title }): Finding => ({ code: 'mapping.input', message: `${called.title} still needs: ${title}.` })),
    ...(spare ? [{ code: 'mapping.input' as const, message: `${called.title} has more inputs than it takes. Remove the last one.` }] : []),
  ];
}

function argumentFindings(called: MappingFunction, parameter: FunctionParameter | undefined, arg: Expression, around: Surroundings): Finding[] {
  const inside = expressionFindings(arg, around);
  if (inside.length > 0 || !parameter) return inside.map((found) => (found === incomplete && parameter ? stillNeeds(called, parameter) : found));
  const isTable = 'table' in arg;
  if (isTable !== (parameter.type === 'table')) return [stillNeeds(called, parameter)];
  const wrong = isTable ? undefined : wrongKind(parameter, arg, around.names);
  return wrong === undefined ? [] : [{ code: 'mapping.input', message: `${called.title} › ${parameter.title}: ${wrong}` }];
}

function stillNeeds(called: MappingFunction, parameter: FunctionParameter): Finding {
  const what = parameter.type === 'table' ? 'choose the lookup table' : 'choose a value';
  return { code: 'mapping.input', message: `${called.title} › ${parameter.title}: ${what}.` };
}

const accepted: Readonly<Record<FunctionParameter['type'], readonly string[] | undefined>> = {
  text: ['string', 'number', 'integer', 'boolean'],
  number: ['number', 'integer', 'string'],
  boolean: ['boolean'],
  date: ['string'],
  list: ['array'],
  any: undefined,
  table: undefined,
};
const wanted: Readonly<Record<FunctionParameter['type'], string>> = {
  text: 'a text', number: 'a number', boolean: 'true or false', date: 'a date', list: 'a list', any: 'a value', table: 'a table',
};

/** Why the argument surely does not fit; undefined where it may. */
function wrongKind(parameter: FunctionParameter, arg: Expression, names: Names): string | undefined {
  if ('const' in arg && parameter.choices && typeof arg.const === 'string' && !parameter.choices.includes(arg.const)) {
    return `choose one of ${parameter.choices.join(', ')}.`;
  }
  const { schema } = expressionType(arg, names);
  const kinds = isAnything(schema) ? undefined : kindsOf(schema)?.filter((kind) => kind !== 'null');
  const fitting = accepted[parameter.type];
  if (!fitting || !kinds || kinds.length === 0 || kinds.some((kind) => fitting.includes(kind))) return undefined;
  const advice = kinds[0] === 'array' ? ' Take the first item, join the items, or go through the list.' : '';
  return `${wanted[parameter.type]} is needed here.${advice}`;
}
