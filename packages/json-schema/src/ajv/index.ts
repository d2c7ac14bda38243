import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { formats } from '../formats.ts';
import { expansionOf } from '../expansion.ts';
import { hasDuplicate } from '../has-duplicate.ts';
import { explain } from '../interpreter/explain.ts';
import type { Json } from '../json.ts';
import { isMultipleOf } from '../multiple-of.ts';
import { matchesPattern, renewPatternBudget } from '../pattern.ts';
import type { JsonSchema } from '../schema.ts';
import { say } from '../sentences.en.ts';
import type { SchemaIssue, SchemaValidator } from '../validator.ts';

/**
 * The validator of the server. ajv's compiled code decides, at its speed; the interpreter words the issues of a value
 * that was refused, so the browser and the server say the same, at the same paths.
 */
export function createAjvValidator(): SchemaValidator {
  // Weak, by identity: the compiled code of a schema is collected with the schema.
  const compiled = new WeakMap<JsonSchema, Validate>();
  return {
    validate(schema, value) {
      if (value === undefined) return explain(schema, value);
      let validate = compiled.get(schema);
      if (!validate) {
        validate = compile(schema);
        compiled.set(schema, validate);
      }
      return validate(value);
    },
  };
}

type Validate = (value: Json) => SchemaIssue[];

function compile(schema: JsonSchema): Validate {
  const validate = compileOwn(schema);
  if (!validate) return (value) => explain(schema, value);
  return (value) => {
    const verdict = decide(validate, value);
    if (verdict === 'valid') return [];
    const issues = explain(schema, value);
    const wordless = issues.length === 0 || issues[0]?.keyword === 'budget';
    if (!wordless || verdict === 'overflow') return issues;
    return [{ path: [], keyword: validate.errors?.[0]?.keyword ?? 'schema', ...say('schema.unfit') }];
  };
}

/** Compiling takes longer than its size grows: a thousand alternatives take four seconds, a hundred of them an eighth of one. */
const maxCompiled = 500;

/** @returns undefined for a schema that ajv refuses to compile (a reference to another document, a broken keyword), or that only a walk with a budget can stand. */
function compileOwn(schema: JsonSchema): ValidateFunction | undefined {
  const { parts, mayDouble } = expansionOf(schema);
  if (parts > maxCompiled || mayDouble || schema['$async'] === true || mentionsUnevaluated(schema)) return undefined;
  try {
    // An instance of its own for each schema: ajv's cache is never emptied, and equal `$id`s would clash.
    return newAjv().compile(schema);
  } catch (refused) {
    if (refused instanceof Error) return undefined;
    throw refused;
  }
}

function decide(validate: ValidateFunction, value: Json): 'valid' | 'invalid' | 'overflow' {
  try {
    renewPatternBudget();
    return validate(value) ? 'valid' : 'invalid';
  } catch (overflow) {
    // A schema that refers to itself at the same value, or a value nested beyond the stack: the interpreter's guards decide.
    if (overflow instanceof RangeError) return 'overflow';
    throw overflow;
  }
}

/** ajv counts what a failed branch has looked at as evaluated, so the interpreter decides alone. */
function mentionsUnevaluated(schema: JsonSchema): boolean {
  return JSON.stringify(schema).includes('"unevaluated');
}

function newAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    meta: false,
    validateSchema: false,
    strict: false,
    logger: false,
    ownProperties: true,
    // ajv ties each test to the type beside it; one table of both kinds cannot say so.
    formats: Object.fromEntries([...formats].map(([name, { type, test }]) => [name, { type, validate: test }])) as never,
    code: { regExp: linearRegExp },
  });
  // What the interpreter does not read must not decide here either.
  for (const keyword of ['multipleOf', 'uniqueItems', 'dependencies', '$dynamicRef', '$dynamicAnchor']) ajv.removeKeyword(keyword);
  ajv.addKeyword({
    keyword: 'multipleOf',
    type: 'number',
    schemaType: 'number',
    errors: false,
    validate: (divisor: number, value: number) => isMultipleOf(value, divisor),
  });
  // ajv compares each item with every other one.
  ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    errors: false,
    validate: (wanted: boolean, value: Json[]) => !wanted || !hasDuplicate(value),
  });
  return ajv;
}

const linearRegExp = Object.assign(
  (pattern: string) => ({
    test: (value: string) => matchesPattern(pattern, value),
    // ajv keys its scope values by this text.
    toString: () => JSON.stringify(pattern),
  }),
  { code: 'linearRegExp' },
);
