import { TerminalError } from '@weft/connector-sdk';
import { upstreamOf, type Step } from '@weft/flow';
import { defined, isObject, type Json, type JsonObject } from '@weft/json-schema';
import type { Expression } from '@weft/mapping';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JournalEntry, RunError } from '../journal.ts';
import { rowStreams } from '../testing/row-streams.ts';
import { begin, benchOf, branch, constant, filter, flowOf, fn, forEach, look, mappingOf, overRows, path, stop, store, transform } from '../testing/workshop.ts';

/**
 * The same steps for the same records, once as items of a list and once as records of a stream. Left out is what differs on purpose:
 * `uuid` comes from the step's key, which names the batch, and `now` stands still in a stream.
 */
interface Block {
  steps: Record<string, Step>;
  arrows: string[];
  collect: Expression;
}

const json: fc.Arbitrary<Json> = fc.oneof(
  { arbitrary: fc.constantFrom<Json[]>(null, true, false, 0, 1, 2.5, '', 'x', '12', 'true', [], {}), weight: 6 },
  fc.constantFrom<Json[]>([1, '2', null], { x: 1 }, { x: 'x', y: [true] }, [{ x: '3' }]),
  fc.json({ maxDepth: 2 }).map((text) => JSON.parse(text) as Json),
);
const record: fc.Arbitrary<Json> = fc.oneof(
  { arbitrary: fc.record({ x: json, y: json, z: json }, { requiredKeys: [] }) as fc.Arbitrary<Json>, weight: 5 },
  json,
);

/** @param before - steps whose outputs it may read, whether they were reached or not. */
function expressionOver(before: readonly string[]): fc.Arbitrary<Expression> {
  const reads = fc.tuple(fc.constantFrom('row', 'row', ...before), fc.constantFrom(['x'], ['y'], ['z'], ['passed'], ['case'], ['id'], ['error', 'message'], []))
    .map(([root, rest]) => path(root, ...rest));
  const one = fc.letrec<{ any: Expression; one: Expression }>((tie) => ({
    one: fc.oneof(reads, reads, json.map(constant)),
    any: fc.oneof(
      { maxDepth: 2 },
      tie('one'),
      fc.tuple(fc.constantFrom('toNumber', 'upper', 'not', 'exists', 'count', 'first', 'toText', 'toBoolean'), tie('any')).map(([name, a]) => fn(name, a)),
      fc.tuple(fc.constantFrom('equals', 'greaterThan', 'multiply', 'concat', 'and', 'includes', 'default'), tie('any'), tie('any'))
        .map(([name, a, b]) => fn(name, a, b)),
      fc.tuple(tie('any'), tie('any'), tie('any')).map(([condition, then, otherwise]) => ({ if: condition, then, else: otherwise })),
    ),
  }));
  return one.any;
}

const conditionOver = (before: readonly string[]): fc.Arbitrary<Expression> =>
  fc.oneof(
    fc.tuple(fc.constantFrom('row', ...before), fc.constantFrom('x', 'y', 'passed'), json)
      .map(([root, name, value]) => fn('equals', path(root, name), constant(value))),
    fc.constantFrom(constant(true), constant(false)),
    expressionOver(before),
  );

const mappingOver = (before: readonly string[], policies: readonly ('failRecord' | 'skipField' | 'failRun')[]) =>
  fc
    .tuple(fc.dictionary(fc.constantFrom('x', 'y', 'n', 'kind'), expressionOver(before), { maxKeys: 3 }), fc.constantFrom(undefined, ...policies))
    .map(([rules, onError]) => mappingOf(rules, onError && { onError }));

const learned = fc.constantFrom(undefined, { type: 'object', properties: { x: { type: 'number' } }, required: ['x'] });
const onError = fc.constantFrom(undefined, 'fail', 'continue', 'port');
const pin = fc.oneof({ arbitrary: fc.constant({}), weight: 9 }, json.map((output) => ({ samples: [{ title: 'Pinned', output }], pinned: 0 })));

/** @param mayEnd - with steps and mappings that end the whole run. */
function stepOver(before: readonly string[], mayEnd: boolean): fc.Arbitrary<Step> {
  const input = mappingOver(before, mayEnd ? ['failRecord', 'skipField', 'failRun'] : ['failRecord', 'skipField']);
  const inLoop = { in: 'each' };
  const kinds: { arbitrary: fc.Arbitrary<Step>; weight: number }[] = [
    {
      weight: 6,
      arbitrary: fc.tuple(fc.option(input, { nil: undefined, freq: 8 }), onError, learned, pin)
        .map(([mapping, way, schema, pinned]) => transform({}, { ...inLoop, input: mapping, onError: way, schemas: schema && { input: schema }, ...pinned })),
    },
    {
      weight: 3,
      arbitrary: fc.tuple(fc.option(conditionOver(before), { nil: undefined, freq: 8 }), pin)
        .map(([condition, pinned]) => filter(constant(true), { ...inLoop, condition, ...pinned })),
    },
    {
      weight: 3,
      arbitrary: fc.tuple(conditionOver(before), conditionOver(before), pin).map(([one, two, pinned]) => branch({ one, two }, { ...inLoop, ...pinned })),
    },
    {
      weight: 3,
      arbitrary: fc.tuple(input, onError, learned, pin)
        .map(([mapping, way, schema, pinned]) => look({ ...inLoop, input: mapping, onError: way, schemas: schema && { output: schema }, ...pinned })),
    },
    { weight: 3, arbitrary: fc.tuple(input, onError).map(([mapping, way]) => store({ ...inLoop, input: mapping, onError: way })) },
    { weight: 1, arbitrary: fc.constant(transform({ x: fn('noSuchFunction') }, inLoop)) },
  ];
  if (mayEnd) kinds.push({ weight: 1, arbitrary: fc.constantFrom('succeeded', 'failed').map((outcome) => stop({ ...inLoop, outcome })) });
  return fc.oneof(...kinds);
}

/** The step's ways out, as arrows name them. */
function waysOut(id: string, step: Step): string[] {
  if (step.kind === 'stop') return [];
  if (step.kind === 'branch') return [`${id}.one`, `${id}.two`, `${id}.else`];
  return 'onError' in step && step.onError === 'port' ? [id, `${id}.error`] : [id];
}

/**
 * @param forks - several steps may follow one way, and several may begin. Which of two that fail is told is left open there, so nothing
 *   ends the whole run, and of a record that fails only that it does is compared.
 */
const blocks = (forks: boolean): fc.Arbitrary<Block> =>
  fc.integer({ min: 1, max: 6 }).chain((size) => {
    const ids = Array.from({ length: size }, (_, at) => `s${at}`);
    const steps = fc.tuple(...ids.map((_, at) => stepOver(ids.slice(0, at), !forks)));
    const choices = fc.array(fc.nat(), { minLength: size * 2, maxLength: size * 2 });
    return fc.tuple(steps, choices, expressionOver(ids)).map(([made, choice, collect]) => {
      const open: string[] = [];
      const arrows: string[] = [];
      const kept: Record<string, Step> = {};
      for (const [at, step] of made.entries()) {
        const id = ids[at]!;
        const begins = at === 0 || (forks && choice[at * 2]! % 5 === 0);
        if (!begins && open.length === 0) break;
        for (let ways = begins ? 0 : 1 + (choice[at * 2 + 1]! % 2); ways > 0 && open.length > 0; ways -= 1) {
          const chosen = choice[at * 2]! % open.length;
          const from = forks ? open[chosen]! : open.splice(chosen, 1)[0]!;
          if (!arrows.includes(`${from} → ${id}`)) arrows.push(`${from} → ${id}`);
        }
        kept[id] = step;
        open.push(...waysOut(id, step));
      }
      const flow = flowOf(kept, arrows);
      return {
        steps: forks ? Object.fromEntries(Object.entries(kept).map(([id, step]) => [id, readingOnly(new Set(upstreamOf(flow, id)), step)])) : kept,
        arrows,
        collect,
      };
    });
  });

/** What runs beside a step may be done before it or after: it reads the record in its place. */
function readingOnly(before: ReadonlySet<string>, step: Step): Step {
  const isKnown = (root: unknown) => root === 'row' || before.has(String(root));
  // The same step, but for the roots of its paths.
  return JSON.parse(JSON.stringify(step), (key, value: unknown) =>
    (key === 'path' && Array.isArray(value) && !isKnown(value[0]) ? ['row', ...value.slice(1)] : value)) as Step;
}

/** What an operation does: it depends on its input only. */
function service({ x, n }: JsonObject): Json {
  if (x === 'x' || n === 12) throw new TerminalError('Not this one.');
  return n === undefined ? { x: x ?? null } : { id: n === 1 ? 7 : `id of ${String(n)}`, x: n };
}

const runner = {
  handle: ({ input }: { input: JsonObject }) => service(input),
  write: async (_call: unknown, inputs: readonly JsonObject[]) => {
    const outputs: Json[] = [];
    const failures: { index: number; error: TerminalError }[] = [];
    for (const [index, input] of inputs.entries()) {
      try {
        outputs[index] = service(input);
      } catch (error) {
        failures.push({ index, error: error as TerminalError });
      }
    }
    return { outputs, failures };
  },
};

interface Told {
  outcome: unknown;
  counts: unknown;
  /** By record and step: all that was written down. */
  facts: Record<string, unknown>;
  /** By record. */
  failures: Record<string, unknown>;
}

/** A key without its batch: a list has none. */
const plainKey = (stepKey: string | undefined) => stepKey?.replace(/\[\d+:(\d+)\]/, '[$1]');
const plainError = ({ stepKey, ...error }: RunError): JsonObject => ({ ...error, step: plainKey(stepKey) }) as unknown as JsonObject;

async function told({ steps, arrows, collect }: Block, records: readonly Json[], way: 'list' | 'stream'): Promise<Told> {
  const loop = { collect, onItemError: 'collect', as: 'row' };
  const each = way === 'list' ? forEach({ ...loop, items: path('begin', 'items') }) : overRows({ ...loop, batchSize: 100 });
  const bench = await benchOf(flowOf({ begin: begin(), each, ...steps }, ['begin → each', ...arrows]), {
    handle: runner.handle,
    streams: { ...rowStreams({ rows: records }), write: runner.write },
  });
  const { outcome, entries, outputs } = await bench.run({ items: [...records] }, { mode: 'test' });
  const facts: Record<string, JsonObject> = {};
  for (const entry of entries) {
    if (entry.stepKey.startsWith('each[')) facts[plainKey(entry.stepKey)!] = { ...inputOf(facts[plainKey(entry.stepKey)!]), ...factOf(entry) };
  }
  const { items, succeeded, failed, skipped, errors = [] } = isObject(outputs['each']) ? outputs['each'] : {};
  const fromList = (errors as { index: number; kind: string; message: string; step: string }[]).map(({ index, kind, message, step }) => [
    index,
    { kind, message, step: plainKey(step) },
  ]);
  const fromStream = bench.store.letters.map(({ index, error: { kind, message, stepKey } }) => [index, { kind, message, step: plainKey(stepKey) }]);
  return {
    outcome: { status: outcome.status, error: outcome.error && plainError(outcome.error) },
    counts: { items, succeeded, failed, skipped },
    facts,
    // A run that ends inside its loop has no list of errors; dead letters stay.
    failures: Object.fromEntries(outputs['each'] === undefined ? [] : [...fromList, ...fromStream]) as Told['failures'],
  };
}

const inputOf = (fact: JsonObject | undefined): JsonObject => (fact?.['input'] === undefined ? {} : { input: fact['input'] });
const factOf = ({ stepKey: _key, attempt: _attempt, at: _at, error, ...fact }: JournalEntry) =>
  defined({ ...fact, error: error && plainError(error) }) as unknown as JsonObject;
const recordOf = (key: string) => Number(/\[(\d+)\]/.exec(key)?.[1]);

describe('a step means the same in a stream as in a list', () => {
  it('whatever it is, maps and meets: outputs, failures, messages, warnings and skips', async () => {
    await fc.assert(
      fc.asyncProperty(blocks(false), fc.array(record, { maxLength: 5 }), async (block, records) => {
        const [list, stream] = [await told(block, records, 'list'), await told(block, records, 'stream')];
        // A stream goes step by step: where a record ends the run, those behind it have come to steps before.
        const last = Math.max(-1, ...Object.keys(list.facts).map(recordOf));
        const upTo = Object.fromEntries(Object.entries(stream.facts).filter(([key]) => recordOf(key) <= last));
        expect({ ...stream, facts: upTo }).toEqual(list);
      }),
      { numRuns: 400 },
    );
  });

  it('also where ways run side by side', async () => {
    await fc.assert(
      fc.asyncProperty(blocks(true), fc.array(record, { maxLength: 4 }), async (block, records) => {
        const [list, stream] = [await told(block, records, 'list'), await told(block, records, 'stream')];
        const hasFailed = ({ failures }: Told, key: string) => Object.hasOwn(failures, recordOf(key));
        const whole = (one: Told) => ({
          counts: one.counts,
          failed: Object.keys(one.failures),
          facts: Object.fromEntries(Object.entries(one.facts).filter(([key]) => !hasFailed(one, key))),
        });
        expect(whole(stream)).toEqual(whole(list));
      }),
      { numRuns: 200 },
    );
  });
});
