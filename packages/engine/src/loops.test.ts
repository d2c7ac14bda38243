import { AuthError, TerminalError } from '@weft/connector-sdk';
import type { Json } from '@weft/json-schema';
import { describe, expect, it } from 'vitest';
import { begin, benchOf, constant, filter, flowOf, fn, forEach, look, mappingOf, path, respond, send, stop, transform } from './testing/workshop.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1);
const doubling = (changes: object = {}) =>
  flowOf(
    {
      begin: begin(),
      each: forEach({ collect: path('double', 'n'), ...changes }),
      double: transform({ n: fn('multiply', path('item'), constant(2)) }, { in: 'each' }),
      answer: respond({ body: path('each') }),
    },
    ['begin → each', 'each → answer'],
  );
const sending = (changes: object = {}, sendChanges: object = {}) =>
  flowOf(
    {
      begin: begin(),
      each: forEach({ collect: path('send', 'n'), ...changes }),
      send: send({ in: 'each', input: mappingOf({ n: path('item') }), ...sendChanges }),
      after: transform({ got: path('each', 'items') }),
    },
    ['begin → each', 'each → after'],
  );
const refusing = (bad: number) => ({ input }: { input: Record<string, unknown> }) => {
  if (input['n'] === bad) throw new TerminalError('Out of stock.', { kind: 'conflict' });
  return { n: Number(input['n']) };
};

describe('a loop', () => {
  it('runs its inside for each item and gives what it collects, in order', async () => {
    const { answer } = await (await benchOf(doubling())).run({ items: [3, 1, 2] });
    expect(answer.body).toEqual({ items: [6, 2, 4], succeeded: 3, failed: 0, skipped: 0, errors: [] });
  });

  it('keeps the order when several items run at once', async () => {
    let most = 0;
    let now = 0;
    const bench = await benchOf(sending({ concurrency: 3 }), {
      handle: async ({ input }) => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, Number(input['n']) % 3));
        now -= 1;
        return input;
      },
    });
    const { outputs } = await bench.run({ items: numbers(10) });
    expect(outputs['after']).toEqual({ got: numbers(10) });
    expect(most).toBe(3);
  });

  it('writes down each item under a key of its own, which is its idempotency key', async () => {
    const bench = await benchOf(sending());
    const { facts, runId } = await bench.run({ items: [7, 8] });
    expect(facts).toEqual([
      'begin succeeded',
      'each[0]/send started',
      'each[0]/send succeeded',
      'each[1]/send started',
      'each[1]/send succeeded',
      'each succeeded',
      'after succeeded',
    ]);
    expect(bench.calls.map(({ idempotencyKey }) => idempotencyKey)).toEqual([`${runId}:each[0]/send`, `${runId}:each[1]/send`]);
  });

  it('over nothing gives nothing, whether the list is empty, null or missing', async () => {
    const payloads: Json[] = [{ items: [] }, { items: null }, {}];
    for (const payload of payloads) {
      const { answer } = await (await benchOf(doubling())).run(payload);
      expect(answer.body).toEqual({ items: [], succeeded: 0, failed: 0, skipped: 0, errors: [] });
    }
  });

  it('over a single value says that it needs a list', async () => {
    const { outcome } = await (await benchOf(doubling())).run({ items: 'one' });
    expect(outcome.error).toMatchObject({ kind: 'invalid_input', stepKey: 'each', message: expect.stringContaining('choose a list') as string });
  });

  it('inside a loop sees the outer item, and keys hold both', async () => {
    const flow = flowOf(
      {
        begin: begin(),
        orders: forEach({ as: 'order', items: path('begin', 'orders'), collect: path('lines', 'items') }),
        lines: forEach({ in: 'orders', as: 'line', items: path('order', 'lines'), collect: path('shape') }),
        shape: transform({ id: fn('join', path('pair'), constant('-')), a: path('order', 'id'), b: path('line') }, { in: 'lines' }),
      },
      ['begin → orders'],
    );
    const { outputs, facts } = await (await benchOf(flow)).run({ orders: [{ id: 'A', lines: [1, 2] }, { id: 'B', lines: [] }] });
    expect(outputs['orders']).toMatchObject({ items: [[{ a: 'A', b: 1 }, { a: 'A', b: 2 }], []] });
    expect(facts).toContain('orders[0]/lines[1]/shape succeeded');
  });

  it('counts items that a filter ended apart, and collects nothing from them', async () => {
    const flow = flowOf(
      {
        begin: begin(),
        each: forEach({ collect: path('item') }),
        big: filter(fn('greaterThan', path('item'), constant(2)), { in: 'each' }),
        send: send({ in: 'each' }),
      },
      ['begin → each', 'big → send'],
    );
    const { outputs, outcome } = await (await benchOf(flow)).run({ items: numbers(5) });
    expect(outcome.status).toBe('succeeded');
    expect(outputs['each']).toEqual({ items: [3, 4, 5], succeeded: 3, failed: 0, skipped: 2, errors: [] });
  });

  it('of 100,000 pure items is one commit of its own, leaves entries of the first ones only, and lets others run meanwhile', async () => {
    const bench = await benchOf(doubling());
    const before = bench.store.commits;
    const order: string[] = [];
    const long = bench.run({ items: numbers(100_000) }).finally(() => order.push('long'));
    const short = bench.run({ items: [1] }).finally(() => order.push('short'));
    const { answer, entries } = await long;
    await short;
    expect(answer.body).toMatchObject({ succeeded: 100_000 });
    expect(order).toEqual(['short', 'long']);
    expect(entries.length).toBeLessThan(300);
    expect(bench.store.commits - before).toBe(2);
  });

  it('of more than 100,000 items is refused', async () => {
    const { outcome } = await (await benchOf(doubling())).run({ items: Array.from({ length: 100_001 }, () => 0) });
    expect(outcome.error?.message).toContain('100000');
  });

  it('over reads does not hold all their results back until the end', async () => {
    const flow = flowOf({ begin: begin(), each: forEach(), look: look({ in: 'each' }) }, ['begin → each']);
    const bench = await benchOf(flow);
    const before = bench.store.commits;
    await bench.run({ items: numbers(1_000) });
    expect(bench.store.commits - before).toBeGreaterThan(3);
    expect(bench.store.commits - before).toBeLessThan(20);
  });
});

describe('an item that fails', () => {
  it('ends the run and says which item, unless the loop says otherwise', async () => {
    const bench = await benchOf(sending(), { handle: refusing(2) });
    const { outcome } = await bench.run({ items: numbers(5) });
    expect(outcome).toMatchObject({ status: 'failed', error: { kind: 'conflict', message: 'Item 2: Out of stock.', stepKey: 'each[1]/send' } });
    expect(bench.calls).toHaveLength(2);
  });

  it('is counted and left out, where the loop skips it', async () => {
    const { outputs, outcome } = await (await benchOf(sending({ onItemError: 'skip' }), { handle: refusing(2) })).run({ items: numbers(3) });
    expect(outcome.status).toBe('succeeded');
    expect(outputs['each']).toEqual({ items: [1, 3], succeeded: 2, failed: 1, skipped: 0, errors: [] });
  });

  it('ends the run once where it is the connection that is refused, whatever the loop says', async () => {
    const handle = () => {
      throw new AuthError('The service refused these credentials.');
    };
    const bench = await benchOf(sending({ onItemError: 'collect' }, { connection: 'shop' }), { handle });
    const { outcome } = await bench.run({ items: numbers(5) });
    expect(outcome).toMatchObject({ status: 'failed', error: { kind: 'auth', message: 'The service refused these credentials.', stepKey: 'each[0]/send' } });
    expect(bench.calls).toHaveLength(1);
    // Without a connection it is the item that brought them.
    const own = await benchOf(sending({ onItemError: 'collect' }), { handle });
    await own.run({ items: numbers(5) });
    expect(own.calls).toHaveLength(5);
  });

  it('is described, where the loop collects errors', async () => {
    const { outputs } = await (await benchOf(sending({ onItemError: 'collect' }), { handle: refusing(2) })).run({ items: numbers(3) });
    expect(outputs['each']).toMatchObject({
      failed: 1,
      errors: [{ index: 1, kind: 'conflict', message: 'Out of stock.', step: 'each[1]/send' }],
    });
  });

  it('goes on inside the item at the error port', async () => {
    const flow = flowOf(
      {
        begin: begin(),
        each: forEach({ collect: path('alert', 'told') }),
        send: send({ in: 'each', input: mappingOf({ n: path('item') }), onError: 'port' }),
        alert: transform({ told: path('item') }, { in: 'each' }),
      },
      ['begin → each', 'send.error → alert'],
    );
    const { outputs } = await (await benchOf(flow, { handle: refusing(2) })).run({ items: numbers(3) });
    expect(outputs['each']).toMatchObject({ items: [2], succeeded: 3, failed: 0 });
  });

  it('gives up the items beside it when it ends the loop', async () => {
    const bench = await benchOf(sending({ concurrency: 5 }), {
      handle: ({ input, signal }) => {
        if (input['n'] === 5) throw new TerminalError('No.');
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('given up'))));
      },
    });
    const { outcome } = await bench.run({ items: numbers(50) });
    expect(outcome).toMatchObject({ status: 'failed', error: { stepKey: 'each[4]/send' } });
    expect(bench.calls).toHaveLength(5);
  });

  it('ends the whole run by a stop', async () => {
    const flow = flowOf({
      begin: begin(),
      each: forEach({ onItemError: 'skip' }),
      end: stop({ in: 'each', outcome: 'failed', message: 'Enough.' }),
    }, ['begin → each']);
    expect((await (await benchOf(flow)).run({ items: [1, 2] })).outcome).toMatchObject({ status: 'failed', error: { message: 'Enough.' } });
  });
});
