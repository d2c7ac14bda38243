import { AuthError, InputError, RetryableError, TerminalError } from '@weft/connector-sdk';
import { describe, expect, it } from 'vitest';
import { begin, benchOf, constant, fn, flowOf, forEach, mappingOf, path, send, transform } from './testing/workshop.ts';
import { retryDelay } from './execute/retry-delay.ts';

const failing = (error: Error) => () => {
  throw error;
};
const one = (changes: object = {}) =>
  flowOf({ begin: begin(), send: send(changes), alert: transform({ told: constant(true) }) }, ['begin → send', 'send → alert']);

describe('a step that fails', () => {
  it('ends the run, unless it says otherwise', async () => {
    const { outcome, facts } = await (await benchOf(one(), { handle: failing(new TerminalError('No such order.', { kind: 'not_found' })) })).run();
    expect(outcome).toMatchObject({ status: 'failed', error: { kind: 'not_found', message: 'No such order.', stepKey: 'send' } });
    expect(facts).toEqual(['begin succeeded', 'send started', 'send failed']);
  });

  it('goes on past it with the output missing, where onError is continue', async () => {
    const flow = flowOf({ begin: begin(), send: send({ onError: 'continue' }), after: transform({ got: path('send', 'id'), a: constant(1) }) }, [
      'begin → send',
      'send → after',
    ]);
    const { outcome, outputs, entries } = await (await benchOf(flow, { handle: failing(new Error('Oh')) })).run();
    expect(outcome.status).toBe('succeeded');
    expect(outputs['after']).toEqual({ a: 1 });
    expect(entries.find(({ kind }) => kind === 'failed')).toMatchObject({ port: 'next' });
  });

  it('goes on at the error port, where onError is port, and there the failure can be read', async () => {
    const alert = transform({ why: path('send', 'error', 'message'), what: path('send', 'error', 'kind') });
    const flow = flowOf({ begin: begin(), send: send({ onError: 'port' }), fine: transform({}), alert }, [
      'begin → send',
      'send → fine',
      'send.error → alert',
    ]);
    const bad = await (await benchOf(flow, { handle: failing(new AuthError('Reconnect.')) })).run();
    expect(bad.outcome.status).toBe('succeeded');
    expect(bad.facts.slice(2)).toEqual(['send failed', 'fine skipped', 'alert succeeded']);
    expect(bad.outputs['alert']).toEqual({ why: 'Reconnect.', what: 'auth' });
    const good = await (await benchOf(flow)).run();
    expect(good.facts.slice(2)).toEqual(['send succeeded', 'alert skipped', 'fine succeeded']);
  });

  it('because of one field names the field', async () => {
    const bench = await benchOf(one(), { handle: failing(new InputError(['input', 'url'], 'This is no address.')) });
    expect((await bench.run()).outcome.error).toEqual({ kind: 'invalid_input', message: 'This is no address.', stepKey: 'send', path: ['input', 'url'] });
  });

  it('gives up what is in flight beside it and says that its effect is unknown', async () => {
    const flow = flowOf({ begin: begin(), slow: send(), quick: send() }, ['begin → slow', 'begin → quick']);
    let aborted: unknown;
    const bench = await benchOf(flow, {
      handle: ({ stepKey, signal }) => {
        if (stepKey === 'quick') throw new TerminalError('No.');
        return new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            aborted = signal.reason;
            reject(new Error('aborted'));
          });
        });
      },
    });
    const { outcome, entries } = await bench.run();
    expect(outcome).toMatchObject({ status: 'failed', error: { stepKey: 'quick' } });
    expect(String(aborted)).toContain('not known');
    expect(entries.filter(({ kind }) => kind === 'failed').map(({ stepKey }) => stepKey).toSorted()).toEqual(['quick', 'slow']);
  });

  it('by a mapping that is told to leave fields out is a warning', async () => {
    const input = { ...mappingOf({ n: fn('toNumber', path('begin', 'n')), ok: constant(1) }, { onError: 'skipField' }) };
    const { outcome, outputs, entries } = await (await benchOf(flowOf({ begin: begin(), shape: transform({}, { input }) }, ['begin → shape']))).run({ n: 'x' });
    expect(outcome.status).toBe('succeeded');
    expect(outputs['shape']).toEqual({ ok: 1 });
    expect(entries.at(-1)?.warnings).toHaveLength(1);
  });
});

it('a step that succeeds says what its operation warned of', async () => {
  const { entries } = await (await benchOf(one(), { handle: ({ warn }) => (warn?.('It was not what it seems.'), {}) })).run();
  expect(entries.find(({ stepKey, kind }) => stepKey === 'send' && kind === 'succeeded')?.warnings).toEqual([{ message: 'It was not what it seems.' }]);
});

describe('trying again', () => {
  const retry = { attempts: 3, backoff: 'fixed', delayMs: 1 } as const;

  it('happens as often as the step says, with the same idempotency key, and every try is in the journal', async () => {
    let tries = 0;
    const bench = await benchOf(one({ retry }), {
      handle: () => {
        tries += 1;
        if (tries < 3) throw new RetryableError('Busy.');
        return { ok: true };
      },
    });
    const { outcome, entries, runId } = await bench.run();
    expect(outcome.status).toBe('succeeded');
    expect(entries.filter(({ stepKey }) => stepKey === 'send').map(({ kind, attempt }) => `${kind} ${attempt}`)).toEqual([
      'started 1',
      'failed 1',
      'started 2',
      'failed 2',
      'started 3',
      'succeeded 3',
    ]);
    expect(entries.filter(({ retryAt }) => retryAt !== undefined)).toHaveLength(2);
    expect(new Set(bench.calls.map(({ idempotencyKey }) => idempotencyKey))).toEqual(new Set([`${runId}:send`]));
    expect(new Set(bench.calls.map(({ startedAt }) => startedAt)).size).toBe(1);
  });

  it('ends with the last error', async () => {
    const bench = await benchOf(one({ retry }), { handle: failing(new RetryableError('Busy.')) });
    expect((await bench.run()).outcome).toMatchObject({ status: 'failed', error: { kind: 'upstream', message: 'Busy.' } });
    expect(bench.calls).toHaveLength(3);
  });

  it('never happens for what cannot get better', async () => {
    for (const error of [new TerminalError('No.'), new AuthError('No.'), new InputError(['input'], 'No.'), new Error('A bug.')]) {
      const bench = await benchOf(one({ retry }), { handle: failing(error) });
      await bench.run();
      expect(bench.calls).toHaveLength(1);
    }
  });

  it('waits as long as the other side asks for', async () => {
    let tries = 0;
    const bench = await benchOf(one({ retry }), {
      handle: () => {
        tries += 1;
        if (tries === 1) throw new RetryableError('Wait.', { retryAfterMs: 20 });
        return {};
      },
    });
    const { entries } = await bench.run();
    const failed = entries.find(({ kind }) => kind === 'failed');
    expect((failed?.retryAt ?? 0) - (failed?.at ?? 0)).toBe(20);
  });

  it('says when it tries again earlier than the other side asks for', async () => {
    const day = 86_400_000;
    const bench = await benchOf(one({ retry }), { handle: failing(new RetryableError('Busy.', { retryAfterMs: day })) });
    const { runId, finished } = await bench.engine.start(bench.newRun());
    await expect(finished).rejects.toThrow('waiting');
    const { entries } = await bench.substrate.load(runId);
    expect(entries.find(({ kind }) => kind === 'failed')?.error).toMatchObject({
      message: expect.stringMatching(/^Busy\. It asks to wait until \d{4}-\d\d-\d\d \d\d:\d\d UTC, .* tried again at .* UTC\.$/),
      sentence: { code: 'run.retry.sooner' },
    });
  });

  it('pauses longer each time, at random up to the doubled pause, and never too long', () => {
    const policy = { attempts: 10, backoff: 'exponential', delayMs: 100 } as const;
    const longest = (attempt: number) => retryDelay(policy, attempt, undefined, () => 1);
    expect([1, 2, 3, 4].map(longest)).toEqual([100, 200, 400, 800]);
    expect(longest(10)).toBe(30_000);
    expect(retryDelay(policy, 3, undefined, () => 0)).toBe(0);
    expect(retryDelay({ ...policy, backoff: 'fixed' }, 5)).toBe(100);
    expect(retryDelay(policy, 1, 10 ** 9)).toBe(3_600_000);
    expect(retryDelay(policy, 2, 0, () => 0.5)).toBe(100);
    expect(retryDelay(policy, 2, 150, () => 1)).toBe(200);
    expect(retryDelay(policy, 2, 250, () => 1)).toBe(250);
    expect(() => retryDelay(policy, 0)).toThrow(RangeError);
  });
});

describe('a time limit', () => {
  it('ends an attempt that takes too long, tells the operation, and counts as worth another try', async () => {
    const reasons: unknown[] = [];
    const flow = one({ timeoutMs: 20, retry: { attempts: 2, backoff: 'fixed', delayMs: 1 } });
    const bench = await benchOf(flow, {
      handle: ({ attempt, signal }) => {
        if (attempt === 2) return {};
        signal.addEventListener('abort', () => reasons.push(signal.reason));
        return new Promise(() => undefined);
      },
    });
    const { outcome, entries } = await bench.run();
    expect(outcome.status).toBe('succeeded');
    expect(entries.find(({ kind }) => kind === 'failed')?.error).toMatchObject({ kind: 'timeout', message: expect.stringContaining('20 ms') as string });
    expect(reasons).toHaveLength(1);
  });

  it('is for each attempt of each step, so a loop is not limited by it', async () => {
    const flow = flowOf({ begin: begin(), each: forEach(), send: send({ in: 'each', timeoutMs: 40 }) }, ['begin → each']);
    const bench = await benchOf(flow, { handle: () => new Promise((resolve) => setTimeout(() => resolve({}), 15)) });
    expect((await bench.run({ items: [1, 2, 3, 4] })).outcome.status).toBe('succeeded');
  });
});

describe('why a run failed', () => {
  const looped = flowOf({ begin: begin(), each: forEach(), shape: transform({ n: fn('toNumber', path('item')) }, { in: 'each' }) }, ['begin → each']);

  it('is said in English, with what other languages say it by, from whichever package it comes', async () => {
    const { outcome } = await (await benchOf(looped)).run({ items: ['1', 'x'] });
    expect(outcome.error?.message).toMatch(/^Item 2: /);
    expect(outcome.error?.sentence).toMatchObject({ code: 'run.item', values: { number: 2, error: { code: expect.stringMatching(/^mapping\./) as string } } });
    const { outcome: unclear } = await (await benchOf(flowOf({ begin: begin(), each: forEach() }, ['begin → each']))).run({ items: 5 });
    expect(unclear.error).toMatchObject({
      message: '“Each” goes through a list, and this is a single value: choose a list.',
      sentence: { code: 'run.items.single', values: { step: '“Each”' } },
    });
  });

  it('has only its text where a connector said it, and in journals from before', async () => {
    const bench = await benchOf(one(), { handle: failing(new TerminalError('No such order.')) });
    const { outcome, entries } = await bench.run();
    expect(outcome.error).not.toHaveProperty('sentence');
    const again = await bench.run({}, { entries, lease: false });
    expect(again.outcome.error).toEqual(outcome.error);
  });
});
