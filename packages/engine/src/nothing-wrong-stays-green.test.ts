import { RetryableError, TerminalError } from '@weft/connector-sdk';
import type { Step } from '@weft/flow';
import { describe, expect, it } from 'vitest';
import { createMemoryStore } from './memory/memory-store.ts';
import { benchAt } from './testing/clocked-bench.ts';
import { rowStreams } from './testing/row-streams.ts';
import { begin, benchOf, constant, file, flowOf, forEach, mappingOf, overRows, path, respond, send, transform } from './testing/workshop.ts';

const line = {
  type: 'object',
  properties: { sku: { type: 'string' }, amount: { type: 'number' }, note: { type: ['string', 'null'] } },
  required: ['amount', 'note'],
};
const described = { input: { type: 'object', properties: { id: { type: 'string' }, lines: { type: 'array', items: line } }, required: ['id'] } };

describe('a field that a step says is required', () => {
  const flow = flowOf({
    begin: begin(),
    shape: transform({ id: path('begin', 'id'), lines: path('begin', 'lines') }, { schemas: described }),
    send: send(),
  }, ['begin → shape', 'shape → send']);

  it.each([
    [{ lines: [] }, '“id” is required, and there is no value for it.', ['input', 'id']],
    [{ id: null, lines: [] }, '“id” is required, and its value is null.', ['input', 'id']],
    [
      { id: 'A', lines: [{ amount: 1, note: null }, { amount: null, note: '' }] },
      '“lines › 1 › amount” is required, and its value is null.',
      ['input', 'lines', '1', 'amount'],
    ],
    [{ id: 'A', lines: [{ amount: 1 }] }, '“lines › 0 › note” is required, and there is no value for it.', ['input', 'lines', '0', 'note']],
  ])('lets the record %j fail with its name', async (payload, message, at) => {
    const bench = await benchOf(flow);
    expect((await bench.run(payload)).outcome).toMatchObject({ status: 'failed', error: { kind: 'invalid_input', message, path: at, stepKey: 'shape' } });
    expect(bench.calls).toEqual([]);
  });

  it('is no matter where it is there, and fields that are not required may be missing', async () => {
    expect((await (await benchOf(flow)).run({ id: 'A', lines: [{ amount: 0, note: null }] })).outcome.status).toBe('succeeded');
    expect((await (await benchOf(flow)).run({ id: '' })).outcome.status).toBe('succeeded');
  });

  it('counts for answers and for what an operation leaves open', async () => {
    const answering = flowOf({
      begin: begin(),
      answer: respond({ body: path('begin', 'body') }, {
        schemas: { input: { type: 'object', properties: { body: { type: 'object', properties: { id: {} }, required: ['id'] } } } },
      }),
    }, ['begin → answer']);
    expect((await (await benchOf(answering)).run({ body: {} })).outcome).toMatchObject({
      status: 'failed',
      error: { message: '“body › id” is required, and there is no value for it.' },
    });
  });

  it('counts for what those who decide are shown', async () => {
    const ask: Step = {
      kind: 'approval',
      title: 'Ask',
      question: 'May it go?',
      assignees: { users: ['usr_1'], roles: [] },
      input: mappingOf({ total: path('begin', 'total') }),
      schemas: { input: { type: 'object', properties: { total: { type: 'number' } }, required: ['total'] } },
    };
    const asking = flowOf({ begin: begin(), ask }, ['begin → ask']);
    const { outcome } = await (await benchOf(asking)).run({ total: null });
    expect(outcome).toMatchObject({ status: 'failed', error: { message: '“total” is required, and its value is null.', stepKey: 'ask' } });
  });

  it.each([
    [{ paid: true }, 'succeeded', undefined],
    [{ id: 4 }, 'failed', '“paid” is required, and there is no value for it.'],
    [{ paid: null }, 'failed', '“paid” is required, and its value is null.'],
    [null, 'failed', '“paid” is required, and there is no value for it.'],
    ['paid', 'failed', '“paid” is required, and there is no value for it.'],
  ])('counts for what a signal brings: %j', async (payload, status, message) => {
    const output = { type: 'object', properties: { paid: { type: 'boolean' } }, required: ['paid'] } as const;
    const wait: Step = { kind: 'wait', title: 'Paid', mode: 'signal', key: constant('A'), schemas: { output: { ...output, required: ['paid'] } } };
    const bench = await benchAt(flowOf({ begin: begin(), wait }, ['begin → wait']));
    const byHand = await bench.park({});
    await bench.signal(`${byHand}:wait`, { by: 'Ada', payload }, 'skip');
    await bench.ended(byHand, status);
    const runId = await bench.park({});
    await bench.signal('A', payload, 'step:flow_1/wait');
    await bench.ended(runId, status);
    for (const id of [byHand, runId]) expect(bench.store.runs.get(id)?.outcome?.error?.message).toBe(message);
  });

  it('lets the records of a stream fail one by one', async () => {
    const store = createMemoryStore();
    const inside = { in: 'each', schemas: { input: { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] } } };
    const each = flowOf({ begin: begin(), each: overRows({ onItemError: 'collect' }), shape: transform({ n: path('row', 'n') }, inside) }, ['begin → each']);
    const { outputs } = await (await benchOf(each, { store, streams: rowStreams({ rows: [{ n: 1 }, { n: null }, {}] }) })).run();
    expect(outputs['each']).toMatchObject({ succeeded: 1, failed: 2 });
    expect(store.letters.map(({ error }) => error.message)).toEqual([
      '“n” is required, and its value is null.',
      '“n” is required, and there is no value for it.',
    ]);
  });
});

describe('a field that the samples had', () => {
  const flow = flowOf({
    begin: begin({
      samples: [{ title: 'One', output: { email: 'ada@example.com', total: 5 } }, { title: 'Two', output: { email: 'bob@example.com', total: 6, note: 'x' } }],
    }),
  }, []);
  const warned = async (payload: object) =>
    (await (await benchOf(flow)).run({ ...payload })).entries.flatMap(({ warnings }) => (warnings ?? []).map(({ message }) => message));

  it('is a warning where it is missing, null or of another type', async () => {
    expect(await warned({ email: 'cy@example.com', total: 7 })).toEqual([]);
    expect(await warned({ contact_email: 'cy@example.com', total: 7 })).toEqual(['Different from the samples: email is missing.']);
    expect(await warned({ email: null, total: '7' })).toEqual([expect.stringContaining('email must be'), expect.stringContaining('total must be')]);
  });
});

it('is no warning where samples proved nothing: a field that was always null, or a number that happened to be whole', async () => {
  const flow = flowOf({ begin: begin({ samples: [{ title: 'One', output: { note: null, price: 59, lines: [{ amount: 1 }] } }] }) }, []);
  const { entries } = await (await benchOf(flow)).run({ note: 'Hello', price: 59.5, lines: [{ amount: 1.5 }] });
  expect(entries.flatMap(({ warnings }) => warnings ?? [])).toEqual([]);
});

describe('a loop that takes failures, and of which nothing came to its end', () => {
  const refusing = () => {
    throw new TerminalError('Out of stock.', { kind: 'conflict' });
  };

  it.each(['skip', 'collect'])('lets the run fail once the steps behind it are done (%s)', async (onItemError) => {
    const flow = flowOf({
      begin: begin(),
      each: forEach({ onItemError }),
      send: send({ in: 'each' }),
      after: transform({ failed: path('each', 'failed') }),
    }, ['begin → each', 'each → after']);
    const { outcome, outputs } = await (await benchOf(flow, { handle: refusing })).run({ items: [1, 2, 3] });
    expect(outcome).toMatchObject({
      status: 'failed',
      error: { kind: 'conflict', message: 'All 3 items of “Each” failed. The first one: Out of stock.', stepKey: 'each[0]/send' },
    });
    expect(outputs['after']).toEqual({ failed: 3 });
    expect((await (await benchOf(flow, { handle: refusing })).run({ items: [1] })).outcome.error?.message).toBe(
      'The only item of “Each” failed. Out of stock.',
    );
  });

  it('is none where there was nothing to go through, or some were left out', async () => {
    const flow = flowOf({ begin: begin(), each: forEach({ onItemError: 'skip' }), send: send({ in: 'each' }) }, ['begin → each']);
    expect((await (await benchOf(flow, { handle: refusing })).run({ items: [] })).outcome.status).toBe('succeeded');
  });

  it('is told for a stream, too, and what is answered is answered', async () => {
    const flow = flowOf({
      begin: begin(),
      each: overRows({ onItemError: 'collect' }),
      out: file({ in: 'each', input: mappingOf({ n: path('row', 'n') }), retry: { attempts: 1 } }),
      answer: respond({ body: constant('seen') }),
    }, ['begin → each', 'each → answer']);
    const write = async () => {
      throw new RetryableError('Busy.');
    };
    const { outcome, answer } = await (await benchOf(flow, { streams: { ...rowStreams({ rows: [{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }] }), write } })).run();
    expect(outcome).toMatchObject({ status: 'failed', error: { message: 'All 4 items of “Each” failed. The first one: Busy.' } });
    expect(answer).toMatchObject({ status: 200, body: 'seen' });
  });
});
