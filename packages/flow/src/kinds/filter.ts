import { may } from '@weft/json-schema/read';
import { type Expression, readExpression } from '@weft/mapping';
import { ports } from '../graph/port.ts';
import { named } from '../problems/check.ts';
import { say } from '../sentences.en.ts';
import { defineKind } from './kind.ts';
import type { StepBase } from './step-base.ts';

/** False ends this item, or the run, as skipped. */
export interface FilterStep extends StepBase {
  kind: 'filter';
  condition?: Expression;
}

export const filter = defineKind<FilterStep>({
  shape: { condition: may(readExpression) },
  ports: () => [ports.next],
  goesOnByItself: true,
  parts: ({ condition }) => [{ path: ['condition'], expression: condition, expect: { type: 'boolean' } }],
  output: () => ({ type: 'object', properties: { passed: { const: true } }, required: ['passed'] }),
  sample: () => ({ value: { passed: true }, real: true }),
  problems: ({ title, condition }, _check, stepId) =>
    condition
      ? []
      : [{ code: 'condition.missing', severity: 'error', stepId, path: ['condition'], ...say('flow.condition.missing.filter', { step: named(title) }) }],
  mayFail: false,
  inStream: true,
  runsAlone: true,
});
