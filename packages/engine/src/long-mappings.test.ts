import { TerminalError } from '@weft/connector-sdk';
import type { Step } from '@weft/flow';
import type { Json } from '@weft/json-schema';
import type { MappingWork, Rule } from '@weft/mapping';
import { expect, test } from 'vitest';
import type { EngineOptions } from './index.ts';
import { createDisk, rowStreams } from './testing/row-streams.ts';
import {
  begin, type Bench, benchOf, branch, constant, file, filter, flowOf, fn, forEach, mappingOf, overRows, path, respond, send, transform,
} from './testing/workshop.ts';

/** Every item once for every other one, of which none is kept. */
const pairs = (list: string[]): Rule[] => [
  {
    id: 'outer',
    to: ['pairs'],
    forEach: { in: { path: list }, as: 'one' },
    rules: [{ id: 'inner', to: ['with'], forEach: { in: { path: list }, as: 'other', where: constant(false) }, value: constant(1) }],
  },
];
const pairing = (list: string[]) => ({ format: 'weft.mapping/1' as const, rules: pairs(list) });
const numbers = (length: number): Json[] => Array.from({ length }, (_, n) => n);
const long = numbers(6_000);

/** The longest time without a turn of the event loop while something goes on, milliseconds. */
async function longestSilence(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const beat = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 1);
  await work();
  clearInterval(beat);
  return longest;
}

function elsewhere(give: (work: MappingWork) => Promise<Json>): { works: MappingWork[]; options: Pick<EngineOptions, 'mapElsewhere'> } {
  const works: MappingWork[] = [];
  return {
    works,
    options: {
      async mapElsewhere(work) {
        works.push(work);
        return { output: await give(work), errors: [], outcome: 'done' };
      },
    },
  };
}

const pairingStep = { kind: 'transform' as const, title: 'Pairs', input: pairing(['begin', 'items']) };

test('a mapping that is too long for a turn is done elsewhere, once, with all that it needs', async () => {
  const { works, options } = elsewhere(async () => ({ pairs: 'made' }));
  const flow = flowOf({ begin: begin(), pairs: pairingStep, answer: respond({ body: path('pairs') }) }, ['begin → pairs', 'pairs → answer']);
  const bench = await benchOf(flow, options);
  const { answer, runId } = await bench.run({ items: long });
  expect(answer.body).toEqual({ pairs: 'made' });
  expect(works).toEqual([
    {
      document: pairingStep.input,
      target: undefined,
      scope: { begin: { items: long } },
      context: { now: expect.any(Date) as Date, seed: `${runId}:pairs`, timezone: undefined, limits: undefined },
    },
  ]);
});

test.each([
  ['an action', send({ input: pairing(['begin', 'items']) })],
  ['an answer', respond({}, { input: pairing(['begin', 'items']) })],
])('that of %s as well, before the step does anything', async (_what, step) => {
  const { works, options } = elsewhere(async () => ({ body: 'made' }));
  const bench = await benchOf(flowOf({ begin: begin(), step }, ['begin → step']), options);
  const { outputs, facts } = await bench.run({ items: long });
  expect([works.length, outputs['step']]).toEqual([1, { body: 'made' }]);
  expect(facts.filter((fact) => fact === 'step succeeded')).toHaveLength(1);
});

test('where it cannot be done, the step fails with the reason', async () => {
  const { options } = elsewhere(() => Promise.reject(new TerminalError('It needs too much memory.')));
  const bench = await benchOf(flowOf({ begin: begin(), pairs: pairingStep }, ['begin → pairs']), options);
  const { outcome } = await bench.run({ items: long });
  expect(outcome).toMatchObject({ status: 'failed', error: { message: 'It needs too much memory.', stepKey: 'pairs' } });
});

test('without a host that helps it is done here, to the same end', async () => {
  const bench = await benchOf(flowOf({ begin: begin(), pairs: pairingStep }, ['begin → pairs']));
  const { outputs } = await bench.run({ items: long });
  expect(outputs['pairs']).toEqual({ pairs: long.map(() => ({ with: [] })) });
});

test('each record of a stream that is too long is done elsewhere, and the others here, in their order', async () => {
  const disk = createDisk();
  const { works, options } = elsewhere(async ({ scope }) => ({ pairs: (scope['row'] as { n: number }).n }));
  const rows: Json[] = [1, 2, 3, 4, 5].map((n) => ({ n, items: n % 2 === 0 ? long : numbers(2) }));
  const bench = await benchOf(
    flowOf(
      {
        begin: begin(),
        each: overRows(),
        map: { ...pairingStep, in: 'each', input: pairing(['row', 'items']) },
        out: file({ in: 'each', input: mappingOf({ n: path('row', 'n'), made: path('map', 'pairs') }) }),
      },
      ['begin → each', 'map → out'],
    ),
    { ...options, streams: rowStreams({ rows, disk }) },
  );
  const { outcome } = await bench.run();
  expect(outcome.status).toBe('succeeded');
  const short = [{ with: [] }, { with: [] }];
  expect(disk.lines.map((line) => JSON.parse(line) as Json)).toEqual([1, 2, 3, 4, 5].map((n) => ({ n, made: n % 2 === 0 ? n : short })));
  expect(works).toHaveLength(2);
});

test('that of a sink as well', async () => {
  const disk = createDisk();
  const { works, options } = elsewhere(async () => ({ pairs: 'made' }));
  const bench = await benchOf(
    flowOf({ begin: begin(), each: overRows(), out: file({ in: 'each', input: pairing(['row', 'items']) }) }, ['begin → each']),
    { ...options, streams: rowStreams({ rows: [{ items: long }, { items: [] }], disk }) },
  );
  expect((await bench.run()).outcome.status).toBe('succeeded');
  expect([works.length, disk.lines]).toEqual([1, ['{"pairs":"made"}', '{"pairs":[]}']]);
});

const heavy = fn('matches', path('begin', 'text'), constant('[ab][^z]{60}[^abz]'));
const longText = 'ab'.repeat(75_000);
const found = (value: Json) => elsewhere(async () => ({ value }));

test('conditions that are too long are asked elsewhere, each once: a filter, and all cases of a decision up to the one that holds', async () => {
  for (const value of [true, false]) {
    const { works, options } = found(value);
    const kept = filter(heavy);
    const bench = await benchOf(flowOf({ begin: begin(), kept, then: send() }, ['begin → kept', 'kept → then']), options);
    const { facts } = await bench.run({ text: longText });
    expect([works.length, facts.filter((fact) => fact.startsWith('kept'))]).toEqual([1, [`kept ${value ? 'succeeded' : 'skipped'}`]]);
  }
  const { works, options } = found(false);
  const cases = branch({ first: heavy, second: fn('not', heavy), third: constant(true) });
  const bench = await benchOf(flowOf({ begin: begin(), cases }, ['begin → cases']), options);
  const { outputs } = await bench.run({ text: longText });
  expect([works.length, outputs['cases']]).toEqual([2, { case: 'third' }]);
});

test('those of records as well, and the list of a loop', async () => {
  const disk = createDisk();
  const { works, options } = elsewhere(async ({ scope }) => ({ value: (scope['row'] as { n: number }).n > 1 }));
  const rows: Json[] = [1, 2, 3].map((n) => ({ n, text: longText }));
  const steps = {
    begin: begin(),
    each: overRows(),
    some: filter(fn('and', fn('exists', path('row', 'n')), fn('matches', path('row', 'text'), constant('[ab][^z]{60}[^abz]'))), { in: 'each' }),
    out: file({ in: 'each', input: mappingOf({ n: path('row', 'n') }) }),
  };
  const bench = await benchOf(flowOf(steps, ['begin → each', 'some → out']), { ...options, streams: rowStreams({ rows, disk }) });
  expect((await bench.run()).outcome.status).toBe('succeeded');
  expect([works.length, disk.lines]).toEqual([3, ['{"n":2}', '{"n":3}']]);

  const listed = found([1, 2]);
  const each = forEach({ items: fn('split', fn('replacePattern', path('begin', 'text'), constant('[ab][^z]{60}[^abz]'), constant('')), constant(',')) });
  const loop = await benchOf(flowOf({ begin: begin(), each, inner: transform({ v: path('item') }, { in: 'each' }) }, ['begin → each']), listed.options);
  const { outputs } = await loop.run({ text: longText });
  expect([listed.works.length, outputs['each']]).toMatchObject([1, { succeeded: 2 }]);
});

const many = Array.from({ length: 40 }, (_, at) => `s${at}`);

test.each<[string, () => Promise<Bench>, Json]>([
  ['of one mapping after the other', () => benchOf(flowOf(inARow(() => transform({ m: heavy })), links)), { text: 'ab'.repeat(10_000) }],
  ['of one condition after the other', () => benchOf(flowOf(inARow(() => filter(fn('not', heavy))), links)), { text: 'ab'.repeat(10_000) }],
])('a long row %s lets others have their turn', async (_what, make, payload) => {
  const bench = await make();
  let took = 0;
  const silence = await longestSilence(async () => {
    const began = performance.now();
    expect((await bench.run(payload)).outcome.status).toBe('succeeded');
    took = performance.now() - began;
  });
  // However fast the machine is: nobody waited for most of it.
  expect(silence).toBeLessThan(took / 2);
});

const inARow = (step: () => Step): Record<string, Step> => ({ begin: begin(), ...Object.fromEntries(many.map((id) => [id, step()])) });
const links = ['begin → s0', ...many.slice(1).map((id, at) => `s${at} → ${id}`)];
