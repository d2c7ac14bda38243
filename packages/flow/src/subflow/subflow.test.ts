import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '@weft/json-schema';
import { catalogueOf, type CallableFlow, type Catalogue } from '../catalogue.ts';
import { sameBehaviour } from '../diff/behaviour-of.ts';
import type { FlowDocument, Step } from '../document.ts';
import { parseFlow } from '../parse/parse-flow.ts';
import { problems } from '../problems/problems.ts';
import { outputSchemaOf, targetOf } from '../schemas/view-of.ts';
import { constant, flowOf, http, mappingOf, path, respond, transform, webhook } from '../testing/flow-builder.ts';
import { testCatalogue } from '../testing/test-catalogue.ts';
import { callOf, payloadOfCall } from './call-of.ts';

const call = (changes: object = {}): Step => ({ kind: 'subflow', title: 'Check the customer', flow: 'flow_b', ...changes });
const described = webhook({
  schemas: { output: { type: 'object', properties: { body: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] } } } },
});
const called = flowOf({ trigger: described, answer: respond({ input: mappingOf({ 'body.score': constant(7) }) }) }, ['trigger → answer']);

const callable = (id: string, changes: Partial<CallableFlow> = {}): CallableFlow => ({
  id,
  published: 1,
  enabled: true,
  ...callOf(called, testCatalogue),
  title: id,
  ...changes,
});
const knowing = (...flows: CallableFlow[]): Catalogue => ({ ...testCatalogue, flow: catalogueOf([], flows).flow! });

const caller = flowOf({
  trigger: webhook(),
  check: call({ input: mappingOf({ id: constant('A1') }) }),
  after: transform({ input: mappingOf({ score: path('check', 'score') }) }),
}, ['trigger → check', 'check → after']);
const found = (flow: FlowDocument, catalogue: Catalogue) =>
  problems(flow, catalogue, { flowId: 'flow_a' }).filter(({ code }) => code.startsWith('subflow') || code.startsWith('mapping'));

describe('a called flow whose description is not whole', () => {
  it('is said of the step that calls it, and stops nothing', () => {
    const input: JsonSchema = {
      type: 'object',
      properties: { a: { $ref: '#/$defs/none' }, b: { type: 'string', default: { $ref: '#/data' } as unknown as string } },
    };
    const flow = flowOf({ trigger: webhook(), call: call() }, ['trigger → call']);
    const broken = problems(flow, knowing(callable('flow_b', { input }))).filter(({ code }) => code === 'schema.broken');
    expect(broken).toMatchObject([{ stepId: 'call', severity: 'warning', message: expect.stringContaining('“#/$defs/none”, which is missing') }]);
  });
});

describe('a flow that is called', () => {
  it('takes what its trigger says, and answers what its respond step gives', () => {
    expect(callOf(called, testCatalogue)).toMatchObject({
      callable: true,
      input: { properties: { id: { type: 'string' } } },
      output: { properties: { score: { type: 'integer' } } },
      calls: [],
      repeat: 'read',
    });
    expect(payloadOfCall(called, testCatalogue, { id: 'A1' })).toEqual({ method: 'POST', headers: {}, query: {}, body: { id: 'A1' } });
  });

  it('that begins by itself cannot be called', () => {
    expect(callOf(flowOf({ trigger: webhook({ use: { connector: 'schedule', version: '1.0.0', operation: 'tick' } }) }), testCatalogue).callable).toBe(false);
    expect(callOf(flowOf({}), testCatalogue).callable).toBe(false);
  });

  it('is as harmful to repeat as the most harmful of its steps', () => {
    const flow = flowOf({ trigger: webhook(), read: http({ config: { method: 'GET' } }), put: http({ config: { method: 'PUT' } }) });
    expect(callOf(flow, testCatalogue).repeat).toBe('idempotent');
    expect(callOf(flowOf({ deep: call() }), knowing(callable('flow_b', { repeat: 'keyed' }))).repeat).toBe('keyed');
    expect(callOf(flowOf({ deep: call() }), testCatalogue).repeat).toBe('unsafe');
  });
});

describe('a step that calls a flow', () => {
  it('maps to what that flow takes, and gives what it answers', () => {
    const catalogue = knowing(callable('flow_b'));
    expect(targetOf(caller, 'check', catalogue)).toMatchObject({ required: ['id'] });
    expect(outputSchemaOf(caller, 'check', catalogue)).toMatchObject({ properties: { score: { type: 'integer' } } });
    expect(found(caller, catalogue)).toEqual([]);
    const unmapped = { ...caller, steps: { ...caller.steps, check: call() } };
    expect(found(unmapped, catalogue)).toMatchObject([{ code: 'mapping.required', stepId: 'check' }]);
  });

  it.each<[string, string, CallableFlow[]]>([
    ['does not exist', 'subflow.gone', []],
    ['begins by itself', 'subflow.trigger', [callable('flow_b', { callable: false })]],
    ['is not published', 'subflow.unpublished', [callable('flow_b', { published: null })]],
    ['is switched off', 'subflow.off', [callable('flow_b', { enabled: false })]],
    ['calls this one', 'subflow.cycle', [callable('flow_b', { calls: ['flow_a'] })]],
    ['ends up calling this one', 'subflow.cycle', [callable('flow_b', { calls: ['flow_c'] }), callable('flow_c', { calls: ['flow_b', 'flow_a'] })]],
  ])('that %s is a problem', (_, code, flows) => {
    expect(found(caller, knowing(...flows)).map((problem) => problem.code)).toContain(code);
  });

  it('without a flow asks for one; its own flow is refused', () => {
    expect(found(flowOf({ trigger: webhook(), check: call({ flow: '' }) }), knowing())).toMatchObject([{ code: 'subflow.none', path: ['flow'] }]);
    expect(
      found(flowOf({ trigger: webhook(), check: call({ flow: 'flow_a', input: mappingOf({ id: constant('A1') }) }) }), knowing(callable('flow_a')))[0],
    ).toMatchObject({ code: 'subflow.cycle' });
  });

  it('behaves the same whichever version publishing has pinned', () => {
    expect(sameBehaviour(caller, { ...caller, steps: { ...caller.steps, check: { ...caller.steps['check']!, version: 3 } as Step } })).toBe(true);
  });

  it('is read as it was written', () => {
    const written = { ...caller, steps: { ...caller.steps, check: call({ version: 2, onError: 'port' }) } };
    expect(parseFlow(JSON.parse(JSON.stringify(written)))).toMatchObject({
      flow: { steps: { check: { kind: 'subflow', flow: 'flow_b', version: 2, onError: 'port' } } },
    });
  });
});
