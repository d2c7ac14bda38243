import { schemaAt, valueAt, withDefaults, type Json, type JsonSchema, type SchemaIssue } from '@weft/json-schema';
import type { StreamSource } from '../document.ts';
import type { Problem } from '../problem.ts';
import { forEachStep, quoted, type Check } from './check.ts';

/** The settings of a step fit what its operation declares. */
export const config = forEachStep((check, stepId, step) => {
  if (step.kind === 'trigger' || step.kind === 'action') return configProblems(check, stepId, step.title, step);
  const inside = (part: 'source' | 'sender', used: Pick<StreamSource, 'use' | 'config'>) =>
    configProblems(check, stepId, step.title, used).map((problem) => ({ ...problem, path: [part, ...(problem.path ?? [])] }));
  if (step.kind === 'forEach' && step.source) return inside('source', step.source);
  return step.kind === 'wait' && step.mode === 'signal' && step.sender ? inside('sender', step.sender) : [];
});

function configProblems({ catalogue, validator }: Check, stepId: string, title: string, used: Pick<StreamSource, 'use' | 'config'>): Problem[] {
  const schema = catalogue.operation(used.use)?.config;
  if (!schema) return [];
  const value = withDefaults(schema, used.config ?? {});
  const issues = validator.validate(schema, value);
  const emptied = emptyFields(schema, value).filter((path) => !issues.some((issue) => samePath(issue.path, path)));
  return [
    ...issues.map((issue) => toProblem(stepId, title, schema, value, issue)),
    ...emptied.map((path) => missing(stepId, title, schema, path)),
  ];
}

function toProblem(stepId: string, title: string, schema: JsonSchema, value: Json, issue: SchemaIssue): Problem {
  const isEmpty = issue.keyword === 'required' || valueAt(value, issue.path) === '';
  if (isEmpty) return missing(stepId, title, schema, [...issue.path]);
  const message = `${quoted(title)}: ${fieldName(schema, issue.path)} ${issue.message}.`;
  return { code: 'config.invalid', severity: 'error', stepId, path: ['config', ...issue.path], message };
}

function missing(stepId: string, title: string, schema: JsonSchema, path: string[]): Problem {
  const message = `${quoted(title)} needs ${fieldName(schema, path)}: fill it in.`;
  return { code: 'config.required', severity: 'error', stepId, path: ['config', ...path], message };
}

/** A form leaves '' behind where a text was deleted; for a required field that is as good as nothing. */
function emptyFields(schema: JsonSchema, value: Json): string[][] {
  return (schema.required ?? []).map((name) => [name]).filter((path) => valueAt(value, path) === '');
}

const fieldName = (schema: JsonSchema, path: readonly string[]) => `“${schemaAt(schema, path)?.title ?? path.at(-1) ?? 'the settings'}”`;
const samePath = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((segment, at) => segment === b[at]);
