import { AuthError, InputError, RetryableError, TerminalError } from '@weft/connector-sdk';
import type { Step } from '@weft/flow';
import type { Json } from '@weft/json-schema';
import { describe, expect, it } from 'vitest';
import { createMemoryStore } from './memory/memory-store.ts';
import { createDisk, rowStreams } from './testing/row-streams.ts';
import {
  begin, benchOf, blind, branch, constant, file, filter, flowOf, fn, forEach, look, mappingOf, overRows, path, respond, send, stop, store, transform,
} from './testing/workshop.ts';

const rows = (count: number): Json[] => Array.from({ length: count }, (_, at) => ({ n: at + 1 }));
const odd = fn('equals', fn('modulo', path('row', 'n'), constant(2)), constant(1));

/** Rows → doubled → only those of odd rows → a file. */
const toFile = (changes: object = {}) =>
  flowOf(
    {
      begin: begin(),
      each: overRows(changes),
      double: transform({ n: fn('multiply', path('row', 'n'), constant(2)) }, { in: 'each' }),
      some: filter(odd, { in: 'each' }),
      out: file({ in: 'each', input: mappingOf({ n: path('double', 'n') }) }),
      answer: respond({ body: path('each') }),
    },
    ['begin → each', 'double → some', 'some → out', 'each → answer'],
  );

describe('a loop over a stream', () => {
  it('reads in batches, hands the sink whole batches, and gives counts instead of records', async () => {
    const disk = createDisk();
    const bench = await benchOf(toFile(), { streams: rowStreams({ rows: rows(7), disk }) });
    const { answer, entries } = await bench.run();
    expect(answer.body).toEqual({ read: 7, succeeded: 4, failed: 0, skipped: 3, seconds: expect.any(Number) as number });
    expect(disk.lines).toEqual(['{"n":2}', '{"n":6}', '{"n":10}', '{"n":14}']);
    expect(disk.writes.map(({ at, inputs }) => ({ at, inputs }))).toEqual([{ at: 0, inputs: 2 }, { at: 2, inputs: 1 }, { at: 3, inputs: 1 }]);
    expect(disk.syncs).toBeGreaterThan(0);
    expect(entries.filter(({ stepKey }) => stepKey.startsWith('each[0:')).map(({ stepKey, kind }) => `${stepKey} ${kind}`)).toEqual([
      'each[0:0]/double succeeded',
      'each[0:1]/double succeeded',
      'each[0:2]/double succeeded',
      'each[0:0]/some succeeded',
      'each[0:1]/some skipped',
      'each[0:2]/some succeeded',
      'each[0:0]/out succeeded',
      'each[0:2]/out succeeded',
      'each[0:1]/out skipped',
    ]);
    expect(entries.some(({ stepKey }) => stepKey.startsWith('each[1:'))).toBe(false);
  });

  it('tells how far it is, after each commit', async () => {
    const bench = await benchOf(toFile(), { streams: rowStreams({ rows: rows(7) }) });
    const { runId } = await bench.run();
    const told = bench.events.flatMap((event) => (event.type === 'run.progress' ? [event.progress] : []));
    expect(told.at(-1)).toMatchObject({
      stepKey: 'each',
      batch: 3,
      read: 7,
      succeeded: 4,
      skipped: 3,
      finished: true,
      cursor: 7,
      sinks: { out: 4 },
      amount: { unit: 'records', done: 7, total: 7 },
    });
    expect((await bench.substrate.load(runId)).progress).toHaveLength(1);
  });

  it('over nothing gives zeros', async () => {
    const { answer } = await (await benchOf(toFile(), { streams: rowStreams({ rows: [] }) })).run();
    expect(answer.body).toMatchObject({ read: 0, succeeded: 0, failed: 0, skipped: 0 });
  });

  it('collects what it is told to, the first thousand', async () => {
    const flow = toFile({ collect: path('double', 'n'), batchSize: 500 });
    const { answer, entries } = await (await benchOf(flow, { streams: rowStreams({ rows: rows(2_500) }) })).run();
    expect(answer.body).toMatchObject({ read: 2_500, items: Array.from({ length: 1_000 }, (_, at) => at * 4 + 2) });
    const warningsIn = (some: typeof entries) =>
      some.flatMap(({ stepKey, warnings = [] }) => (stepKey === 'each' ? warnings.map(({ message }) => message) : []));
    expect(warningsIn(entries)).toEqual([expect.stringContaining('Only 1000 of 1250 records were collected')]);
    const whole = await (await benchOf(flow, { streams: rowStreams({ rows: rows(2_000) }) })).run();
    expect(warningsIn(whole.entries)).toEqual([]);
  });

  it('sends records one way or another, and several ways meet again', async () => {
    const disk = createDisk();
    const flow = flowOf(
      {
        begin: begin(),
        each: overRows(),
        which: branch({ odd }, { in: 'each' }),
        left: transform({ way: constant('odd'), n: path('row', 'n') }, { in: 'each' }),
        right: transform({ way: constant('even') }, { in: 'each' }),
        out: file({ in: 'each', input: mappingOf({ left: path('left'), right: path('right') }) }),
      },
      ['begin → each', 'which.odd → left', 'which.else → right', 'left → out', 'right → out'],
    );
    await (await benchOf(flow, { streams: rowStreams({ rows: rows(2), disk }) })).run();
    expect(disk.lines).toEqual(['{"left":{"way":"odd","n":1}}', '{"right":{"way":"even"}}']);
  });

  it('calls what takes one record at a time for each of them, in order, under stable keys', async () => {
    const flow = flowOf({
      begin: begin(),
      each: overRows(),
      a: send({ in: 'each', input: mappingOf({ n: path('row', 'n') }) }),
      b: send({ in: 'each', input: mappingOf({ a: path('a', 'n') }) }),
    }, ['begin → each', 'a → b']);
    const bench = await benchOf(flow, { streams: rowStreams({ rows: rows(4) }) });
    const { runId, outcome } = await bench.run();
    expect(outcome.status).toBe('succeeded');
    expect(bench.calls.map(({ idempotencyKey }) => idempotencyKey.replace(runId, 'run'))).toEqual([
      'run:each[0:0]/a', 'run:each[0:0]/b', 'run:each[0:1]/a', 'run:each[0:1]/b', 'run:each[0:2]/a', 'run:each[0:2]/b', 'run:each[1:0]/a', 'run:each[1:0]/b',
    ]);
  });

  it('calls as many at once as it is told to, and hands them on in order', async () => {
    let now = 0;
    let most = 0;
    const disk = createDisk();
    const flow = flowOf({
      begin: begin(),
      each: overRows({ concurrency: 2, batchSize: 6 }),
      a: look({ in: 'each', input: mappingOf({ n: path('row', 'n') }) }),
      out: file({ in: 'each', input: mappingOf({ n: path('a', 'n') }) }),
    }, ['begin → each', 'a → out']);
    const bench = await benchOf(flow, {
      streams: rowStreams({ rows: rows(6), disk }),
      handle: async ({ input }) => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, 7 - Number(input['n'])));
        now -= 1;
        return input;
      },
    });
    await bench.run();
    expect(most).toBe(2);
    expect(disk.lines).toEqual([1, 2, 3, 4, 5, 6].map((n) => `{"n":${n}}`));
  });

  it('of a test run takes the first records only, and says so', async () => {
    const { answer, entries } = await (await benchOf(toFile({ batchSize: 500 }), { streams: rowStreams({ rows: rows(300) }) })).run({}, { mode: 'test' });
    expect(answer.body).toMatchObject({ read: 100 });
    expect(entries.find(({ stepKey, kind }) => stepKey === 'each' && kind === 'succeeded')?.warnings?.map(({ message }) => message)).toEqual([
      'This is a test run: only the first 100 records were taken.',
    ]);
  });

  it('does not wait inside: the run says why', async () => {
    const flow = flowOf({
      begin: begin(),
      each: overRows(),
      pause: { kind: 'wait', title: 'Pause', mode: 'duration', durationMs: 1_000, in: 'each' },
    }, ['begin → each']);
    const { outcome } = await (await benchOf(flow, { streams: rowStreams({ rows: rows(2) }) })).run();
    expect(outcome).toMatchObject({ status: 'failed', error: { kind: 'unsupported', message: expect.stringMatching(/a stream would stand still/) as string } });
  });

  it('calls no flow inside, not in a loop inside either: the run says why', async () => {
    const call = { kind: 'subflow' as const, title: 'Call', flow: 'flow_2' };
    const insides: Record<string, Step>[] = [
      { call: { ...call, in: 'each' } },
      { list: forEach({ in: 'each', items: constant([1]), onItemError: 'skip' }), call: { ...call, in: 'list' } },
    ];
    for (const steps of insides) {
      const flow = flowOf({ begin: begin(), each: overRows({ onItemError: 'skip' }), ...steps }, ['begin → each']);
      const { outcome } = await (await benchOf(flow, { streams: rowStreams({ rows: rows(2) }) })).run();
      expect(outcome).toMatchObject({
        status: 'failed',
        error: { kind: 'unsupported', message: expect.stringMatching(/would start a run for every record/) as string },
      });
    }
  });

  it('checks what a sink gives for each record against what it declares', async () => {
    const flow = flowOf(
      {
        begin: begin(),
        each: overRows({ onItemError: 'collect' }),
        put: store({ in: 'each', input: mappingOf({ n: path('row', 'n') }) }),
        seen: look({ in: 'each', input: mappingOf({ id: path('put', 'id') }) }),
      },
      ['begin → each', 'put → seen'],
    );
    const write = async (_call: unknown, inputs: readonly Json[]) => ({ outputs: inputs.map((_, at) => ({ id: at === 1 ? 7 : `id${at}` })) });
    const bench = await benchOf(flow, { streams: { ...rowStreams({ rows: rows(3) }), write } });
    const { outputs } = await bench.run();
    expect(outputs['each']).toMatchObject({ succeeded: 2, failed: 1 });
    expect(bench.calls.map(({ input }) => input)).toEqual([{ id: 'id0' }, { id: 'id2' }]);
    expect(bench.store.letters).toMatchObject([
      { index: 1, error: { kind: 'contract_violation', stepKey: 'each[0:1]/put', message: expect.stringContaining('“id”') as string } },
    ]);
  });

  it('does only the steps that a run to one of them wants', async () => {
    const flow = flowOf({
      begin: begin(),
      each: overRows(),
      a: transform({ n: path('row', 'n') }, { in: 'each' }),
      b: transform({ n: path('a', 'n') }, { in: 'each' }),
    }, ['begin → each', 'a → b']);
    const { facts, outputs } = await (await benchOf(flow, { streams: rowStreams({ rows: rows(3) }) })).run({}, { mode: 'test', until: 'a' });
    expect(facts.filter((fact) => fact.startsWith('each[')).toSorted()).toEqual(['each[0:0]/a succeeded']);
    expect(outputs['each']).toMatchObject({ read: 1, succeeded: 1 });
  });
});

describe('records that fail', () => {
  const failing = (changes: object) =>
    flowOf(
      {
        begin: begin(),
        each: overRows(changes),
        check: transform({ n: fn('toNumber', path('row', 'n')) }, { in: 'each' }),
        out: file({ in: 'each', input: mappingOf({ n: path('check', 'n') }) }),
        answer: respond({ body: path('each') }),
      },
      ['begin → each', 'check → out', 'each → answer'],
    );
  const given = [{ n: '1' }, { n: 'two' }, { n: '3' }, { n: '4' }, { n: 'five' }];

  it('go to the dead letters with their record, error and rule, and the others go on', async () => {
    const disk = createDisk();
    const store = createMemoryStore();
    const bench = await benchOf(failing({ onItemError: 'collect' }), { store, streams: rowStreams({ rows: given, disk }) });
    const { answer, runId } = await bench.run();
    expect(answer.body).toMatchObject({ read: 5, succeeded: 3, failed: 2 });
    expect(disk.lines).toEqual(['{"n":1}', '{"n":3}', '{"n":4}']);
    expect(store.letters).toMatchObject([
      {
        runId,
        stepKey: 'each',
        batch: 0,
        index: 1,
        originRunId: runId,
        record: { n: 'two' },
        error: { kind: 'invalid_input', stepKey: 'each[0:1]/check', ruleId: 'r1' },
      },
      { runId, batch: 1, index: 1, record: { n: 'five' } },
    ]);
  });

  it('are counted only where they are to be skipped', async () => {
    const store = createMemoryStore();
    const { answer } = await (await benchOf(failing({ onItemError: 'skip' }), { store, streams: rowStreams({ rows: given }) })).run();
    expect(answer.body).toMatchObject({ failed: 2 });
    expect(store.letters).toEqual([]);
  });

  it('end the run at the first one where that is wanted; what came before it is done, and nothing behind it', async () => {
    const disk = createDisk();
    const store = createMemoryStore();
    const bench = await benchOf(failing({}), { store, streams: rowStreams({ rows: given, disk }) });
    const { outcome, runId } = await bench.run();
    expect(outcome).toMatchObject({ status: 'failed', error: { message: expect.stringMatching(/^Record 2: /) as string } });
    expect(disk.lines).toEqual(['{"n":1}']);
    expect(store.letters).toMatchObject([{ index: 1 }]);
    expect((await bench.substrate.load(runId)).progress).toMatchObject([{ read: 2, succeeded: 1, failed: 1 }]);
  });

  it('may go on at the error port', async () => {
    const disk = createDisk();
    const flow = flowOf(
      {
        begin: begin(),
        each: overRows(),
        check: transform({ n: fn('toNumber', path('row', 'n')) }, { in: 'each', onError: 'port' }),
        out: file({ in: 'each', input: mappingOf({ n: path('check', 'n'), why: path('check', 'error', 'kind') }) }),
      },
      ['begin → each', 'check → out', 'check.error → out'],
    );
    await (await benchOf(flow, { streams: rowStreams({ rows: given.slice(0, 2), disk }) })).run();
    expect(disk.lines).toEqual(['{"n":1}', '{"why":"invalid_input"}']);
  });

  it('are those that the source cannot read, too', async () => {
    const store = createMemoryStore();
    const { answer } = await (await benchOf(toFile({ onItemError: 'collect' }), { store, streams: rowStreams({ rows: rows(4), broken: [1] }) })).run();
    expect(answer.body).toMatchObject({ read: 4, failed: 1 });
    expect(store.letters).toMatchObject([{ record: { n: 2 }, index: 1, error: { message: 'It is not a row.', stepKey: 'each' } }]);
  });

  it('are in the order of the source, those that cannot be read among the others, in a test run too', async () => {
    for (const mode of ['published', 'test'] as const) {
      const disk = createDisk();
      const kept = createMemoryStore();
      const streams = rowStreams({ rows: [{ n: 1 }, { n: 2 }, { n: 'three' }, { n: 4 }, { n: 5 }], broken: [1, 4], disk });
      const { answer } = await (await benchOf(failing({ onItemError: 'collect', batchSize: 5 }), { store: kept, streams })).run({}, mode === 'test'
        ? { mode }
        : {});
      expect(answer.body).toMatchObject({ read: 5, succeeded: 2, failed: 3 });
      expect(kept.letters.map(({ index, record }) => [index, record])).toEqual([[1, { n: 2 }], [2, { n: 'three' }], [4, { n: 5 }]]);
      expect(disk.lines).toEqual(['{"n":1}', '{"n":4}']);
    }
  });

  it('are those that a sink refuses, while the others of their batch are written', async () => {
    const store = createMemoryStore();
    const streams = rowStreams({ rows: rows(3) });
    const bench = await benchOf(failing({ onItemError: 'collect' }), {
      store,
      streams: {
        ...streams,
        write: async (_call, inputs) => ({
          failures: inputs.flatMap(({ n }, index) => (n === 2 ? [{ index, error: new TerminalError('Taken.', { kind: 'conflict' }) }] : [])),
        }),
      },
    });
    expect((await bench.run()).answer.body).toMatchObject({ succeeded: 2, failed: 1 });
    expect(store.letters).toMatchObject([{ record: { n: 2 }, error: { kind: 'conflict', message: 'Taken.', stepKey: 'each[0:1]/out' } }]);
  });

  it('are none where a sink only warns, which stands at the first record of the batch', async () => {
    const streams = rowStreams({ rows: rows(3) });
    const bench = await benchOf(failing({ onItemError: 'collect' }), {
      streams: { ...streams, write: async ({ warn }) => (warn?.('Written elsewhere.'), {}) },
    });
    const { entries } = await bench.run();
    const written = entries.filter(({ stepKey, kind }) => stepKey.endsWith('/out') && kind === 'succeeded');
    expect(written.map(({ warnings }) => warnings)).toEqual([[{ message: 'Written elsewhere.' }], undefined, undefined]);
  });

  it('are a whole batch where the sink gives up, after as many tries as the step allows', async () => {
    let tries = 0;
    const streams = rowStreams({ rows: rows(2) });
    const flow = flowOf({
      begin: begin(),
      each: overRows({ onItemError: 'collect' }),
      out: file({ in: 'each', retry: { attempts: 3, backoff: 'fixed', delayMs: 0 } }),
      answer: respond({ body: path('each') }),
    }, ['begin → each', 'each → answer']);
    const bench = await benchOf(flow, {
      streams: {
        ...streams,
        write: async () => {
          tries += 1;
          throw new RetryableError('Busy.');
        },
      },
    });
    expect((await bench.run()).answer.body).toMatchObject({ failed: 2 });
    expect(tries).toBe(3);
  });

  it.each([
    ['its credentials', new AuthError('The database refused this user.'), 1],
    ['a permission', new TerminalError('This user may not do that.', { kind: 'forbidden' }), 1],
    ['an address', new TerminalError('That address may not be called.', { kind: 'refused' }), 1],
    ['an operation that is not there', new TerminalError('This is not installed.', { kind: 'unsupported' }), 1],
    ['what it was given', new TerminalError('A value is there already.', { kind: 'conflict' }), 5],
  ])('are one, or all, where a sink refuses %s', async (_what, refusal, letters) => {
    const store = createMemoryStore();
    const write = () => Promise.reject(refusal);
    const bench = await benchOf(failing({ onItemError: 'collect' }), { store, streams: { ...rowStreams({ rows: rows(5) }), write } });
    const { outcome } = await bench.run();
    expect(outcome.status).toBe('failed');
    expect(store.letters.length).toBe(letters);
    expect(outcome.error).toMatchObject({ kind: refusal.kind, message: expect.stringContaining(refusal.message) });
  });

  it('are one where the sink refuses its own settings: that ends the run, whatever the loop says', async () => {
    const store = createMemoryStore();
    let tries = 0;
    const streams = rowStreams({ rows: rows(5) });
    const bench = await benchOf(failing({ onItemError: 'collect' }), {
      store,
      streams: {
        ...streams,
        write: async () => {
          tries += 1;
          throw new InputError(['config', 'table'], 'There is no table “items”.');
        },
      },
    });
    const { outcome } = await bench.run();
    expect(outcome).toMatchObject({ status: 'failed', error: { message: 'There is no table “items”.', path: ['config', 'table'] } });
    expect([tries, store.letters.length]).toEqual([1, 1]);
  });

  it('do not matter behind a stop, which ends the run where it is', async () => {
    const disk = createDisk();
    const flow = flowOf(
      {
        begin: begin(),
        each: overRows(),
        third: filter(fn('equals', path('row', 'n'), constant(2)), { in: 'each' }),
        halt: stop({ in: 'each' }),
        out: file({ in: 'each', input: mappingOf({ n: path('row', 'n') }) }),
      },
      ['begin → each', 'third → halt'],
    );
    const { outcome } = await (await benchOf(flow, { streams: rowStreams({ rows: rows(5), disk }) })).run();
    expect(outcome.status).toBe('succeeded');
    expect(disk.lines).toEqual(['{"n":1}']);
  });
});

describe('a source that fails for a while', () => {
  it('is read again from where it was', async () => {
    const disk = createDisk();
    const streams = rowStreams({ rows: rows(7), disk });
    let times = 0;
    const bench = await benchOf(toFile(), {
      streams: {
        ...streams,
        async *read(call, options) {
          for await (const batch of streams.read!(call, options)) {
            if (batch.cursor === 6 && ++times === 1) throw new RetryableError('Away.', { retryAfterMs: 0 });
            yield batch;
          }
        },
      },
    });
    expect((await bench.run()).answer.body).toMatchObject({ read: 7, succeeded: 4 });
    expect(disk.lines).toHaveLength(4);
  });

  it('fails the run where it does not come back', async () => {
    const streams = {
      ...rowStreams({ rows: [] }),
      read: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new TerminalError('The file is gone.', { kind: 'not_found' })) }) }),
    };
    const { outcome } = await (await benchOf(toFile(), { streams })).run();
    expect(outcome).toMatchObject({ status: 'failed', error: { kind: 'not_found', message: 'The file is gone.' } });
  });
});

describe('cancelling a stream', () => {
  it('ends it inside a batch, and what was committed stays', async () => {
    const disk = createDisk();
    const streams = rowStreams({ rows: rows(100), disk });
    const reached = Promise.withResolvers<void>();
    const flow = flowOf({ begin: begin(), each: overRows(), out: blind({ in: 'each' }) }, ['begin → each']);
    const bench = await benchOf(flow, {
      streams: {
        ...streams,
        async write(call, inputs, options) {
          if (disk.lines.length < 6) return streams.write!(call, inputs, options);
          reached.resolve();
          return new Promise(() => undefined);
        },
      },
    });
    const started = await bench.engine.start(bench.newRun());
    await reached.promise;
    expect(await bench.engine.cancel(started.runId)).toBe(true);
    expect(await started.finished).toMatchObject({ status: 'cancelled' });
    expect((await bench.substrate.load(started.runId)).progress).toMatchObject([{ batch: 2, read: 6, finished: false }]);
    await bench.engine.drain(1_000);
  });
});
