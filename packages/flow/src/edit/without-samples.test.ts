import { expect, it } from 'vitest';
import { outputSchemaOf } from '../schemas/view-of.ts';
import { flowOf, transform, webhook } from '../testing/index.ts';
import { testCatalogue } from '../testing/test-catalogue.ts';
import { withoutSamples } from './without-samples.ts';

const body = { customer: { name: 'Ada Lovelace', since: '2019-04-01', vip: null }, status: 'paid', lines: [{ sku: 'TEA-01', price: 49.9 }] };
const output = { method: 'POST', headers: {}, query: {}, body };
const flow = flowOf({ trigger: webhook({ samples: Array.from({ length: 12 }, (_, at) => ({ title: `Call ${at}`, output })), pinned: 3 }), shape: transform() });

it('keeps the fields that samples have, with values that are nobody’s', () => {
  const given = withoutSamples(flow, testCatalogue);
  const trigger = given.steps['trigger'];
  expect(trigger?.samples).toHaveLength(1);
  expect(trigger?.pinned).toBeUndefined();
  expect(JSON.stringify(given)).not.toMatch(/Ada|2019-04-01|paid|TEA-01|49\.9/);
  const fields = (one: typeof flow) => Object.keys(outputSchemaOf(one, 'trigger', testCatalogue).properties ?? {});
  expect(fields(given)).toEqual(fields(flow));
  expect(trigger?.samples?.[0]?.output).toMatchObject({
    body: { customer: { name: expect.any(String) }, lines: [{ sku: expect.any(String), price: expect.any(Number) }] },
  });
});

it('leaves steps without samples as they are', () => {
  expect(withoutSamples(flow, testCatalogue).steps['shape']).toEqual(flow.steps['shape']);
});

it('makes up one of the choices where the operation declares them', () => {
  const { trigger } = flow.steps;
  const operation = testCatalogue.operation((trigger?.kind === 'trigger' && trigger.use) || { connector: '', version: '', operation: '' })!;
  const properties = { ...operation.output.properties, method: { type: 'string' as const, enum: ['GET', 'POST'] }, body: { 'x-open': true } };
  const catalogue = { ...testCatalogue, operation: () => ({ ...operation, output: { type: 'object' as const, properties } }) };
  expect(withoutSamples(flow, catalogue).steps['trigger']?.samples?.[0]?.output).toMatchObject({ method: 'GET', body: { customer: {} } });
});
