import { isObject, schemaAt, type Json, type JsonObject, type Path } from '@weft/json-schema';
import type { Loop, Rule } from '../document.ts';
import { MappingDocumentError, MappingFault } from '../fault.ts';
import { isTrue } from '../functions/is-true.ts';
import { kindPart } from '../functions/read-argument.ts';
import type { Evaluate, Run, Value } from '../run.ts';
import { compileIn } from './compile-expression.ts';
import { insideLoop, type Environment } from './environment.ts';
import { isListNode, targetTree, type TargetNode } from './target-tree.ts';
import { say } from '../sentences.en.ts';

/** What the compiler reports to: a document that runs, a preview that shows every rule on its own. */
export interface Observer {
  /** A rule that cannot be compiled. It is left out when this returns. */
  onProblem(problem: MappingDocumentError): void;
  /** Wraps each rule: to catch its faults, to note its values. Left out where faults may end the run. */
  wrap?(rule: Rule, evaluate: Evaluate, depth: number): Evaluate;
}

/** Rules of one level, as one closure that makes their object (or list, or value). */
export function compileRules(rules: readonly Rule[], environment: Environment, observer: Observer): Evaluate {
  return compileNode(targetTree(rules, observer.onProblem), [], environment, observer);
}

/** @param place - of the node, from where the rules of this level begin. */
function compileNode(node: TargetNode, place: Path, environment: Environment, observer: Observer): Evaluate {
  const target = environment.target && schemaAt(environment.target, place);
  const own = node.rules.map((rule) => compileRule(rule, { ...environment, target }, observer)).filter((evaluate) => evaluate !== undefined);
  const whole = own.length <= 1 ? own[0] : lastOf(own);
  if (node.children.size === 0) return whole ?? (() => undefined);
  const children = [...node.children].map(([key, child]) => [key, compileNode(child, [...place, key], environment, observer)] as const);
  const parts = isListNode(node, target) ? makeList(children) : makeObject(children);
  return whole ? onTopOf(whole, parts) : parts;
}

function makeObject(children: readonly (readonly [string, Evaluate])[]): Evaluate {
  const keys = children.map(([key]) => key);
  const values = children.map(([, evaluate]) => evaluate);
  return (run) => {
    const made: JsonObject = {};
    let isEmpty = true;
    for (let index = 0; index < keys.length; index += 1) {
      // The casts hold by the loop's bounds; a check for each field would be a tenth of the whole cost.
      const value = (values[index] as Evaluate)(run);
      if (value === undefined) continue;
      made[keys[index] as string] = value;
      isEmpty = false;
    }
    return isEmpty ? undefined : made;
  };
}

/** Every item stays in its place: one before it that has no value is null, those after the last one are not there. */
function makeList(children: readonly (readonly [string, Evaluate])[]): Evaluate {
  const items = [...children].map(([key, evaluate]) => [Number(key), evaluate] as const).sort(([left], [right]) => left - right);
  return (run) => {
    const made: Json[] = [];
    for (const [position, evaluate] of items) {
      const value = evaluate(run);
      if (value === undefined) continue;
      while (made.length < position) made.push(null);
      made.push(value);
    }
    return made.length > 0 ? made : undefined;
  };
}

/** Several rules for one target, an error that the checks show: the last one with a value wins. */
function lastOf(rules: readonly Evaluate[]): Evaluate {
  return (run) => rules.reduce<Value>((found, rule) => rule(run) ?? found, undefined);
}

/** A rule for a whole object and rules for its fields: the fields win. */
function onTopOf(whole: Evaluate, parts: Evaluate): Evaluate {
  return (run) => {
    const base = whole(run);
    const fields = parts(run);
    if (fields === undefined) return base;
    return isObject(base) && isObject(fields) ? { ...base, ...fields } : fields;
  };
}

function compileRule(rule: Rule, environment: Environment, observer: Observer): Evaluate | undefined {
  const place = { ...environment, ruleId: rule.id };
  try {
    const value = rule.forEach ? compileLoop(rule, rule.forEach, place, observer) : compileIn(rule.value ?? missingValue(rule), place);
    const kept = rule.onNull === 'omit' ? withoutNull(value) : value;
    const evaluate = rule.when ? onlyWhen(compileIn(rule.when, place), kept) : kept;
    return observer.wrap ? observer.wrap(rule, evaluate, environment.nextSlot) : evaluate;
  } catch (problem) {
    if (!(problem instanceof MappingDocumentError)) throw problem;
    observer.onProblem(new MappingDocumentError(problem.code, problem, problem.ruleId ?? rule.id));
    return undefined;
  }
}

function missingValue(rule: Rule): never {
  throw new MappingDocumentError('malformed', say('mapping.cannot.rule'), rule.id);
}

function withoutNull(evaluate: Evaluate): Evaluate {
  return (run) => evaluate(run) ?? undefined;
}

function onlyWhen(condition: Evaluate, evaluate: Evaluate): Evaluate {
  return (run) => (isTrue(condition(run)) ? evaluate(run) : undefined);
}

function compileLoop(rule: Rule, loop: Loop, environment: Environment, observer: Observer): Evaluate {
  if (rule.rules && rule.value) {
    throw new MappingDocumentError('malformed', say('mapping.cannot.list'), rule.id);
  }
  const list = compileIn(loop.in, environment);
  const slot = environment.nextSlot;
  const inside = { ...insideLoop(environment, loop.as), target: environment.target && schemaAt(environment.target, ['0']) };
  const where = loop.where && compileIn(loop.where, inside);
  const body = rule.value ? compileIn(rule.value, inside) : objectOf(compileRules(rule.rules ?? [], inside, observer));
  const skipsNull = rule.onNull === 'omit';
  return (run) => {
    const source = list(run);
    if (source === undefined || source === null) return source;
    const items = listOf(source, loop, run);
    // A copy has the right size at once; growing a list item by item costs more than overwriting. Of those that are chosen there may be few.
    const made = where ? [] : items.slice();
    run.made(made.length);
    let count = 0;
    for (let index = 0; index < items.length; index += 1) {
      run.tick();
      run.items[slot] = items[index];
      run.indexes[slot] = index;
      if (where && !isTrue(where(run))) continue;
      const value = body(run);
      if (value !== undefined && !(skipsNull && value === null)) made[count++] = value;
    }
    if (where) run.made(count);
    if (count < made.length) made.length = count;
    return made;
  };
}

/** An item without any value is still an item. */
function objectOf(fields: Evaluate): Evaluate {
  return (run) => fields(run) ?? {};
}

function listOf(source: Json, loop: Loop, run: Run): Json[] {
  if (Array.isArray(source)) return run.list(source);
  if (loop.wrap) return [source];
  throw new MappingFault('not_a_list', say('mapping.need.loopList', { kind: kindPart(source) }), [source]);
}
