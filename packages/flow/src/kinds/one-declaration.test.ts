import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FlowDocument } from '../document.ts';
import { pasteSteps, copySteps } from '../edit/clipboard.ts';
import { renameRoots } from '../edit/rename-roots.ts';
import { goesOnByItself, portsOf } from '../graph/ports-of.ts';
import { parseFlow } from '../parse/parse-flow.ts';
import { problems } from '../problems/problems.ts';
import { outputSchemaOf, sampleScope, sourcesOf } from '../schemas/view-of.ts';
import { constant, flowOf, forEach, http, path, testEcho, addTestEcho, webhook } from '../testing/index.ts';
import { testCatalogue as catalogue } from '../testing/test-catalogue.ts';
import { operationsOf } from './parts-of.ts';

const use = { connector: 'mail', version: '1.0.0', operation: 'send' };
const samples = [{ title: 'Order', output: { method: 'POST', headers: {}, body: { id: 'A1', total: 5 } } }];
const flowWith = (changes: Parameters<typeof testEcho>[0]) => flowOf({ trigger: webhook({ samples }), echo: testEcho(changes) }, ['trigger → echo']);
const found = (flow: FlowDocument) => problems(flow, catalogue).map(({ code, stepId, path: at }) => [code, stepId, at?.join('.')]);

describe('a kind of step that is declared in one place', () => {
  let remove: () => void;
  beforeAll(() => void (remove = addTestEcho()));
  afterAll(() => remove());

  it('is read from a document, without what it does not name', () => {
    const flow = flowWith({ text: constant('hi'), use, connection: 'conn_1' });
    const read = parseFlow({ ...flow, steps: { ...flow.steps, echo: { ...flow.steps['echo'], owner: 'me' } } });
    expect(read).toEqual({ flow });
    expect(parseFlow({ ...flow, steps: { ...flow.steps, echo: { kind: 'testEcho', text: 'hi' } } })).toMatchObject({
      issues: [{ path: ['steps', 'echo', 'text'] }],
    });
  });

  it('has its ports', () => {
    expect(portsOf(testEcho()).map(({ id }) => id)).toEqual(['next']);
    expect(goesOnByItself(testEcho())).toBe(true);
  });

  it('has its own problems, and those of its parts', () => {
    expect(found(flowWith({}))).toEqual([]);
    expect(found(flowWith({ text: undefined }))).toEqual([['testEcho.text', 'echo', 'text']]);
    expect(found(flowWith({ text: path('trigger', 'body') }))).toEqual([[expect.any(String), 'echo', 'text']]);
    expect(found(flowWith({ text: path('gone', 'id') }))).toEqual([[expect.any(String), 'echo', 'text']]);
    expect(found(flowWith({ use }))).toEqual([['connection.missing', 'echo', 'connection']]);
    expect(found(flowWith({ use: { ...use, version: '9.9.9' } }))).toEqual([['operation.version', 'echo', 'use']]);
  });

  it('is mended at the place of its part', () => {
    const flow = flowWith({ use: { ...use, version: '9.9.9' }, connection: 'conn_1' });
    const [problem] = problems(flow, catalogue);
    expect(problem?.fixes?.[0]?.apply(flow)).toEqual(flowWith({ use, connection: 'conn_1' }));
  });

  it('gives its output, which others read by name and on samples', () => {
    const flow = flowOf({ ...flowWith({ text: path('trigger', 'body', 'id') }).steps, after: http() }, ['trigger → echo', 'echo → after']);
    expect(outputSchemaOf(flow, 'echo', catalogue)).toMatchObject({ required: ['text'] });
    expect(sourcesOf(flow, 'after', catalogue).map(({ id }) => id)).toEqual(['trigger', 'echo']);
    expect(sampleScope(flow, 'after', catalogue)).toMatchObject({ echo: { text: 'A1' } });
  });

  it('is renamed with what it reads, also when it is pasted', () => {
    expect(renameRoots(testEcho({ text: path('a', 'x') }), new Map([['a', 'b']]))).toEqual(testEcho({ text: path('b', 'x') }));
    const flow = flowOf({ http: http(), echo: testEcho({ text: path('http', 'status') }) }, ['http → echo']);
    const { flow: pasted } = pasteSteps(flow, copySteps(flow, ['http', 'echo']), [0, 0]);
    expect(pasted.steps['echo2']).toMatchObject({ text: path('http2', 'status') });
  });

  it('shows which operation it uses and whose connection', () => {
    expect(operationsOf(testEcho({ use, connection: 'conn_1' }))).toMatchObject([{ path: [], role: 'action', operation: { use, connection: 'conn_1' } }]);
    expect(operationsOf(testEcho())).toEqual([]);
  });

  it('is refused in a stream where it says so', () => {
    const source = { use: { connector: 'mail', version: '1.0.0', operation: 'send' } };
    const flow = flowOf({ trigger: webhook(), rows: forEach({ source, as: 'row' }), echo: testEcho({ in: 'rows' }) }, ['trigger → rows']);
    expect(problems(flow, catalogue)).toContainEqual(expect.objectContaining({
      code: 'stream.refused',
      stepId: 'echo',
      message: '“Echo” is too slow for a stream: move it out of the loop.',
    }));
  });
});

it('a kind that nobody added is not known', () => {
  expect(parseFlow(flowWith({}))).toMatchObject({ issues: [{ path: ['steps', 'echo', 'kind'], keyword: 'enum' }] });
  expect(() => portsOf(testEcho())).toThrow('Not a known kind of step');
});
