import { kindOfExpression, type Expression } from '../expressions.ts';
import { incomplete, type Finding, type Surroundings } from '../expressions/finding.ts';
import { expressionType } from './expression-type.ts';

/** Sources that are gone, loop names out of scope, inputs that are missing or of the wrong kind. */
export function expressionFindings(expression: Expression, around: Surroundings): Finding[] {
  const kind = kindOfExpression(expression);
  if (!kind) return [incomplete];
  return kind.findings(expression, around, {
    findings: (part) => expressionFindings(part, around),
    typeOf: (part) => expressionType(part, around.names),
  });
}
