import { assignable, isAnything, type JsonSchema } from '@weft/json-schema';
import { expressionWords, type SourceTitles } from '../describe-expression.ts';
import type { Expression } from '../document.ts';
import { conditionFindings } from '../expressions/finding.ts';
import { say } from '../sentences.en.ts';
import { expressionFindings } from './expression-findings.ts';
import { expressionType, type Names } from './expression-type.ts';
import type { MappingProblem } from './problem.ts';
import { isList } from './schema-kinds.ts';

export interface ExpressionChecks {
  sources: Names;
  /** What messages call the sources; one without a title goes by its id. */
  titles?: SourceTitles;
  /** What the expression is for: `{ type: 'boolean' }` for a condition, `{ type: 'array' }` for a list to go through. */
  expect?: JsonSchema;
}

/** What is wrong with an expression that stands alone: a condition, the list of a loop. */
export function checkExpression(expression: Expression, { sources, titles = {}, expect }: ExpressionChecks): MappingProblem[] {
  const around = { names: sources, titles, loopNames: new Set<string>() };
  const isCondition = expect?.type === 'boolean';
  const findings = expressionFindings(expression, around);
  if (findings.length === 0 && isCondition) findings.push(...conditionFindings(expressionType(expression, sources)));
  const problems = findings.map(({ code, message, sentence }): MappingProblem => ({ code, severity: 'error', message, sentence }));
  return problems.length > 0 || isCondition || !expect ? problems : fitProblems(expression, { sources, titles, expect });
}

function fitProblems(expression: Expression, { sources, titles, expect }: Required<ExpressionChecks>): MappingProblem[] {
  const { schema } = expressionType(expression, sources);
  if (isAnything(schema)) return [];
  if (isList(expect) === true && isList(schema) === false) {
    return [{ code: 'mapping.singleToList', severity: 'error', ...say('mapping.alone.notAList', { value: expressionWords(expression, titles) }) }];
  }
  const { answer, concern } = assignable(schema, expect);
  if (answer !== 'no') return [];
  const words = say('mapping.alone.type', { value: expressionWords(expression, titles), concern: concern ?? say('mapping.doesNotFit') });
  return [{ code: 'mapping.type', severity: 'error', ...words }];
}
