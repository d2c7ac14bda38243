import { describe, expect, it } from 'vitest';
import { flowOf, fn, forEach, http, mappingOf, path, respond, stop, transform, webhook } from '../testing/flow-builder.ts';
import { testCatalogue as catalogue } from '../testing/test-catalogue.ts';
import { collectSourcesOf, outputSchemaOf, sampleScope, sourcesOf, targetOf } from './view-of.ts';

const orderBody = { id: 'A1', lines: [{ sku: 'x', quantity: 2 }, { sku: 'y', quantity: 1 }] };
const samples = [{ title: 'Order', output: { method: 'POST', headers: {}, body: orderBody } }];
const flow = flowOf(
  {
    trigger: webhook({ samples }),
    shape: transform({ input: mappingOf({ order: path('trigger', 'body', 'id'), loud: fn('upper', path('trigger', 'body', 'id')) }) }),
    lines: forEach({ collect: path('erp', 'body', 'reference') }),
    erp: http({ in: 'lines', samples: [{ title: 'Done', output: { status: 200, body: { reference: 'R7' } } }] }),
    answer: respond(),
  },
  ['trigger → shape', 'shape → lines', 'lines → answer'],
);

describe('what a step may read', () => {
  it('is named, typed and shown on samples, in the order of the flow', () => {
    expect(sourcesOf(flow, 'erp', catalogue)).toMatchObject([
      { id: 'trigger', kind: 'step', title: 'Order received', sample: { body: orderBody }, real: true },
      { id: 'shape', kind: 'step', sample: { order: 'A1', loud: 'A1' } },
      {
        id: 'line',
        kind: 'loop',
        stepId: 'lines',
        schema: { type: 'object', properties: { sku: { type: 'string' }, quantity: { type: 'integer' } } },
        sample: { sku: 'x', quantity: 2 },
      },
    ]);
  });

  it('of what a loop collects, is also what is inside', () => {
    expect(collectSourcesOf(flow, 'lines', catalogue).map(({ id }) => id)).toEqual(['trigger', 'shape', 'line', 'erp']);
  });

  it('on samples is one scope to preview with', () => {
    expect(sampleScope(flow, 'answer', catalogue)).toMatchObject({
      trigger: { body: orderBody },
      shape: { order: 'A1' },
      lines: { items: ['R7'], succeeded: 1 },
    });
  });

  it('leaves a stop out: it gives nothing', () => {
    expect(sourcesOf(
      flowOf({ trigger: webhook(), end: stop(), after: transform() }, ['trigger → end', 'end → after']),
      'after',
      catalogue,
    ).map(({ id }) => id)).toEqual(['trigger']);
  });

  it('can be asked of a flow that goes in a circle', () => {
    const round = flowOf({
      a: transform({ input: mappingOf({ x: path('b', 'x') }) }),
      b: transform({ input: mappingOf({ x: path('a', 'x') }) }),
    }, ['a → b', 'b → a']);
    expect(sourcesOf(round, 'a', catalogue).map(({ id }) => id)).toEqual(['b']);
  });

  it('prefers the pinned sample', () => {
    const two = [...samples, { title: 'Other', output: { method: 'GET', headers: {}, body: 'pinned' } }];
    const pinned = flowOf({ trigger: webhook({ samples: two, pinned: 1 }), answer: respond() }, ['trigger → answer']);
    expect(sampleScope(pinned, 'answer', catalogue)).toMatchObject({ trigger: { body: 'pinned' } });
  });

  it('without samples is the operation’s own example, or made up from the schema', () => {
    const mail = { ...http(), use: { connector: 'mail', version: '1.0.0', operation: 'send' } };
    const bare = flowOf({ trigger: webhook(), mail, answer: respond() }, ['trigger → mail', 'mail → answer']);
    expect(sampleScope(bare, 'answer', catalogue)).toMatchObject({ mail: { id: 'm1' }, trigger: { method: expect.any(String) as string } });
    expect(sourcesOf(bare, 'answer', catalogue).every(({ real }) => !real)).toBe(true);
  });
});

describe('what a step gives', () => {
  it('is declared, and where it is open learned from samples', () => {
    expect(outputSchemaOf(flow, 'trigger', catalogue)).toMatchObject({
      properties: { method: { type: 'string' }, body: { type: 'object', properties: { id: { type: 'string' } } } },
    });
    const described = flowOf({ trigger: webhook({ schemas: { output: { type: 'object', properties: { body: { type: 'string' } } } } }) });
    expect(outputSchemaOf(described, 'trigger', catalogue).properties?.['body']).toMatchObject({ type: 'string' });
  });

  it('by a transform is what it says it gives, else what it gives on samples', () => {
    expect(outputSchemaOf(flow, 'shape', catalogue)).toMatchObject({ properties: { order: { type: 'string' }, loud: { type: 'string' } } });
    const schemas = { input: { type: 'object', properties: { n: { type: 'number' } } } };
    expect(outputSchemaOf(flowOf({ t: transform({ schemas }) }), 't', catalogue)).toEqual(schemas.input);
  });

  it('by a loop is the list of what it collects', () => {
    expect(outputSchemaOf(flow, 'lines', catalogue).properties).toMatchObject({
      items: { type: 'array', items: { type: 'string' } },
      failed: { type: 'integer' },
    });
    expect(outputSchemaOf(flowOf({ l: forEach() }), 'l', catalogue).properties?.['items']).toMatchObject({ maxItems: 0 });
  });

  it('with a way out for failures is also what went wrong', () => {
    const erp = http({ onError: 'port' });
    expect(outputSchemaOf(flowOf({ erp }), 'erp', catalogue)).toMatchObject({ required: ['status'], properties: { error: { required: ['message', 'kind'] } } });
    expect(outputSchemaOf(flowOf({ erp: http() }), 'erp', catalogue).properties).not.toHaveProperty('error');
  });

  it('is nothing known where the operation is unknown and nothing was learned', () => {
    expect(outputSchemaOf(flowOf({ a: http({ use: { connector: 'gone', version: '1.0.0', operation: 'x' } }) }), 'a', catalogue)).toEqual({});
    expect(outputSchemaOf(flow, 'nobody', catalogue)).toEqual({});
  });
});

describe('what a step’s mapping fills', () => {
  const schemas = { input: { type: 'object', properties: { body: { type: 'object', properties: { email: { type: 'string' } }, required: ['email'] } } } };

  it('is what its operation declares, the open part described by the step', () => {
    const target = targetOf(flowOf({ erp: http({ schemas }) }), 'erp', catalogue);
    expect(target).toMatchObject({ required: ['url'], properties: { url: { type: 'string' }, body: { required: ['email'] } } });
  });

  it('is the answer of a respond step, and nothing for steps without a mapping', () => {
    expect(targetOf(flowOf({ r: respond({ schemas }) }), 'r', catalogue)?.properties).toMatchObject({
      status: { type: 'integer' },
      body: { required: ['email'] },
    });
    expect(targetOf(flow, 'lines', catalogue)).toBeUndefined();
    expect(targetOf(flow, 'shape', catalogue)).toBeUndefined();
  });

  it('is the very same object as long as its step is, so nothing is worked out twice', () => {
    const moved = { ...flow, layout: {} };
    expect(targetOf(moved, 'erp', catalogue)).toBe(targetOf(flow, 'erp', catalogue));
    expect(outputSchemaOf(moved, 'trigger', catalogue)).toBe(outputSchemaOf(flow, 'trigger', catalogue));
  });
});
