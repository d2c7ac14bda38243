import type { Operation } from '@weft/connector-sdk';
import { describe, expect, it } from 'vitest';
import type { FlowDocument } from '../document.ts';
import { branch, constant, filter, flowOf, http, mappingOf, path, transform, webhook } from '../testing/flow-builder.ts';
import { testCatalogue as catalogue } from '../testing/test-catalogue.ts';
import { problems } from './problems.ts';

const find = (flow: FlowDocument, code: string) => problems(flow, catalogue).find((problem) => problem.code === code);
const codes = (flow: FlowDocument) => problems(flow, catalogue).map(({ code }) => code);

/** With a title for the field that the form calls by it. */
function titledInput(operation: Operation | undefined): Operation | undefined {
  const url = operation?.input.properties?.['url'];
  return operation && url
    ? { ...operation, input: { ...operation.input, properties: { ...operation.input.properties, url: { ...url, title: 'Address' } } } }
    : operation;
}

const trigger = webhook({ samples: [{ title: 'Order', output: { method: 'POST', headers: {}, body: { id: 'A1', paid: true } } }] });

describe('the mapping of a step', () => {
  const mapping = (rules: Parameters<typeof mappingOf>[0], changes: object = {}) =>
    flowOf({ trigger, a: http({ input: mappingOf(rules), ...changes }) }, ['trigger → a']);
  const url = constant('https://erp.example');

  it('fills what the operation leaves open and the step requires, such as the parameters of a query', () => {
    const schemas = { input: { type: 'object', properties: { body: { type: 'object', properties: { id: {} }, required: ['id'] } }, required: ['body'] } };
    expect(find(mapping({ url }, { schemas }), 'mapping.required')).toMatchObject({ stepId: 'a', message: expect.stringMatching(/body/i) });
    expect(codes(mapping({ url, 'body.id': path('trigger', 'body', 'id') }, { schemas }))).not.toContain('mapping.required');
    expect(codes(mapping({ url }, { schemas: { input: { ...schemas.input, required: [] } } }))).not.toContain('mapping.required');
  });

  it('fills what the operation requires, also when there is no mapping yet', () => {
    expect(find(mapping({}), 'mapping.required')).toMatchObject({ severity: 'error', stepId: 'a', path: ['input', 'url'] });
    expect(find(flowOf({ trigger, a: http({ input: undefined }) }, ['trigger → a']), 'mapping.required')).toBeDefined();
  });

  it('is called in problems as its form calls it', () => {
    const titled = { ...catalogue, operation: (use: Parameters<typeof catalogue.operation>[0]) => titledInput(catalogue.operation(use)) };
    const message = (flow: FlowDocument) => problems(flow, titled).find(({ code }) => code === 'mapping.required')?.message;
    expect(message(mapping({}))).toBe('Address is required, and nothing is mapped to it yet.');
  });

  it('reads what is there', () => {
    expect(find(mapping({ url, 'body.x': path('trigger', 'body', 'nothing') }), 'mapping.sourceGone')).toMatchObject({ stepId: 'a', ruleId: 'r2' });
    expect(codes(mapping({ url, 'body.x': path('trigger', 'body', 'id') }))).not.toContain('mapping.sourceGone');
  });

  it('cannot read a step that does not come before it', () => {
    const flow = flowOf({ trigger, a: http({ input: mappingOf({ url: path('b', 'body') }) }), b: http() }, ['trigger → a', 'a → b']);
    expect(find(flow, 'mapping.sourceGone')).toMatchObject({
      stepId: 'a',
      message: expect.stringContaining('Send to ERP › body comes from a step that does not run before this one.') as string,
    });
  });

  it('calls steps by their titles, also after one was renamed', () => {
    const flow = mapping({ url, 'body.x': path('trigger', 'body', 'nothing') });
    expect(find(flow, 'mapping.sourceGone')?.message).toMatch(/^Order received › body › nothing is no longer there/);
    const renamed = { ...flow, steps: { ...flow.steps, trigger: { ...trigger, title: 'A call came' } } };
    expect(find(renamed, 'mapping.sourceGone')?.message).toMatch(/^A call came › body › nothing is no longer there/);
    const asked = flowOf({ trigger, only: filter({ condition: path('trigger', 'body', 'nothing') }) }, ['trigger → only']);
    expect(find(asked, 'mapping.sourceGone')?.message).toMatch(/^Order received › body › nothing/);
  });

  it('gives its fixes as changes of the flow', () => {
    const fixable = problems(mapping({ url, 'body.x': path('trigger', 'body', 'paidd') }), catalogue).find(({ fixes }) => fixes?.length);
    const flow = mapping({ url, 'body.x': path('trigger', 'body', 'paidd') });
    const after = fixable?.fixes?.[0]?.apply(flow);
    expect(after?.steps['a']).not.toEqual(flow.steps['a']);
    expect(codes(after ?? flow)).not.toContain(fixable?.code);
  });

  it('that gives nothing is a warning for a transform', () => {
    expect(find(flowOf({ trigger, t: transform() }, ['trigger → t']), 'mapping.empty')).toMatchObject({ severity: 'warning', stepId: 't' });
    const described = transform({ schemas: { input: { type: 'object', properties: { id: { type: 'string' } } } } });
    expect(find(flowOf({ trigger, t: described }, ['trigger → t']), 'mapping.empty')).toMatchObject({ severity: 'warning', stepId: 't' });
  });

  it('is checked again only when something it depends on has changed', () => {
    const flow = mapping({ 'body.x': path('trigger', 'body') });
    const again = { ...flow, layout: {} };
    const required = (one: FlowDocument) => find(one, 'mapping.required');
    expect(required(again)).toBe(required(flow));
    const described = { ...flow, steps: { ...flow.steps, trigger: webhook() } };
    expect(required(described)).not.toBe(required(flow));
  });
});

describe('conditions', () => {
  it('are there', () => {
    expect(find(flowOf({ trigger, f: filter({ condition: undefined }) }, ['trigger → f']), 'condition.missing')?.path).toEqual(['condition']);
    const cases = [{ id: 'a', title: 'A' }];
    expect(find(flowOf({ trigger, b: branch({ cases }) }, ['trigger → b']), 'condition.missing')).toMatchObject({ path: ['cases', '0', 'condition'] });
    expect(codes(flowOf({ trigger, b: branch({ cases: [] }) }, ['trigger → b']))).toContain('branch.empty');
  });

  it('give true or false, from what is there', () => {
    const filtering = (condition: object) => flowOf({ trigger, f: filter({ condition }) }, ['trigger → f']);
    expect(codes(filtering(path('trigger', 'body', 'paid')))).toEqual([]);
    expect(problems(filtering(path('trigger', 'body', 'id')), catalogue)).toMatchObject([{ severity: 'error', stepId: 'f', path: ['condition'] }]);
    expect(problems(filtering(path('trigger', 'body', 'gone')), catalogue)).toHaveLength(1);
  });
});
