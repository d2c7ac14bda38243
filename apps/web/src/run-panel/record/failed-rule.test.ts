import { flowOf, mappingOf, path, transform, webhook } from '@weft/flow/testing';
import { expect, it } from 'vitest';
import { failedRule } from './failed-rule.ts';
import { emptyRecord, type StepRecord } from './run-record.ts';

const record = (key: string, more: Partial<StepRecord>): [string, StepRecord] => [
  key,
  { key, stepId: key, status: 'succeeded', attempts: [], warnings: [], ...more },
];
const total = { fn: 'toNumber', args: [path('trigger', 'body', 'total')] };
const shape = transform({ input: mappingOf({ id: path('trigger', 'body', 'id'), 'order.total': total }) });
const flow = flowOf({ trigger: webhook({ title: 'Order arrives' }), shape }, ['trigger → shape']);
const steps = new Map([record('trigger', { output: { body: { id: 'A-1', total: 'twelve' } } })]);
const failing = (ruleId?: string): StepRecord => {
  const error = { kind: 'invalid_input' as const, message: '“twelve” is not a number.', ...(ruleId && { ruleId }) };
  return record('shape', { status: 'failed', error })[1];
};

it('names the field that could not be made, and what it was to be made of', () => {
  const found = failedRule({ flow, record: { ...emptyRecord, steps } }, failing('r2'));
  expect(found).toEqual({ field: 'order › total', read: { 'Order arrives › body › total': 'twelve' } });
});

it('says what was missing', () => {
  const nothing = new Map([record('trigger', { output: { body: {} } })]);
  expect(failedRule({ flow, record: { ...emptyRecord, steps: nothing } }, failing('r2'))?.read).toEqual({ 'Order arrives › body › total': null });
});

it('knows nothing where the error names no rule of the mapping', () => {
  expect(failedRule({ flow, record: { ...emptyRecord, steps } }, failing())).toBeUndefined();
  expect(failedRule({ flow, record: { ...emptyRecord, steps } }, failing('gone'))).toBeUndefined();
});
