import { schemaAt, valueAt, withDefaults, type Json, type JsonSchema, type SchemaIssue } from '@weft/json-schema';
import type { SentenceValue } from '@weft/sentences';
import type { OperationUse } from '../document.ts';
import type { Problem } from '../problem.ts';
import { operationsOf } from '../kinds/parts-of.ts';
import { part, say } from '../sentences.en.ts';
import { forEachStep, named, type Check } from './check.ts';

/** The settings of a step fit what its operations declare. */
export const config = forEachStep((check, stepId, step) =>
  operationsOf(step).flatMap(({ path, operation }) => configProblems(check, { stepId, title: step.title, at: [...path, 'config'] }, operation)),
);

/** Where settings stand. */
interface Place {
  stepId: string;
  title: string;
  at: string[];
}

function configProblems({ catalogue, validator }: Check, place: Place, { use, config: given }: OperationUse): Problem[] {
  const schema = catalogue.operation(use)?.config;
  if (!schema) return [];
  const value = withDefaults(schema, given ?? {});
  const issues = validator.validate(schema, value);
  const emptied = emptyFields(schema, value).filter((path) => !issues.some((issue) => samePath(issue.path, path)));
  return [...issues.map((issue) => toProblem(place, schema, value, issue)), ...emptied.map((path) => missing(place, schema, path))];
}

function toProblem(place: Place, schema: JsonSchema, value: Json, issue: SchemaIssue): Problem {
  const isEmpty = issue.keyword === 'required' || valueAt(value, issue.path) === '';
  if (isEmpty) return missing(place, schema, [...issue.path]);
  const said = say('flow.config.invalid', { step: named(place.title), field: fieldName(schema, issue.path), reason: issue });
  return { code: 'config.invalid', severity: 'error', stepId: place.stepId, path: [...place.at, ...issue.path], ...said };
}

function missing({ stepId, title, at }: Place, schema: JsonSchema, path: string[]): Problem {
  return {
    code: 'config.required',
    severity: 'error',
    stepId,
    path: [...at, ...path],
    ...say('flow.config.required', { step: named(title), field: fieldName(schema, path) }),
  };
}

/** A form leaves '' behind where a text was deleted; for a required field that is as good as nothing. */
function emptyFields(schema: JsonSchema, value: Json): string[][] {
  return (schema.required ?? []).map((name) => [name]).filter((path) => valueAt(value, path) === '');
}

const fieldName = (schema: JsonSchema, path: readonly string[]): SentenceValue => schemaAt(schema, path)?.title ?? path.at(-1) ?? part('flow.config.whole');
const samePath = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((segment, at) => segment === b[at]);
