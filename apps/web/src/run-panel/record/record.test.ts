import type { FlowDocument } from '@weft/flow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldEntries } from './fold-entries.ts';
import { itemsOf } from './item-record.ts';
import { itemValue, loopValues } from './loop-values.ts';
import { createRecorder } from './recorder.ts';
import { rowsOf, type RowOptions } from './rows.ts';
import { emptyRecord, type JournalEntry, type RunRecord } from './run-record.ts';
import { totalsOf } from './totals.ts';

const entry = (
  stepKey: string,
  kind: JournalEntry['kind'],
  at = 0,
  rest: Partial<JournalEntry> = {},
): JournalEntry => ({ stepKey, attempt: 1, kind, at, ...rest });
const recordOf = (...entries: JournalEntry[]): RunRecord => foldEntries(emptyRecord, entries);
const ran = (key: string, from = 0, to = from + 10): JournalEntry[] => [entry(key, 'started', from), entry(key, 'succeeded', to, { output: { from } })];
const refused = { kind: 'upstream' as const, message: 'The service answered 503. Try again later.' };

describe('a step', () => {
  it('tells when it began and ended, what it got and what it gave', () => {
    const { steps } = recordOf(entry('http', 'started', 100, { input: { a: 1 } }), entry('http', 'succeeded', 350, { output: { b: 2 }, port: 'next' }));
    expect(steps.get('http')).toMatchObject({ status: 'succeeded', startedAt: 100, endedAt: 350, input: { a: 1 }, output: { b: 2 }, port: 'next' });
  });

  it('keeps every try, and waits between them', () => {
    const tries = [
      entry('http', 'started', 0),
      entry('http', 'failed', 10, { error: refused, retryAt: 510 }),
      entry('http', 'started', 512, { attempt: 2 }),
      entry('http', 'succeeded', 600, { attempt: 2 }),
    ];
    expect(recordOf(...tries.slice(0, 2)).steps.get('http')).toMatchObject({ status: 'waiting', error: refused });
    const done = recordOf(...tries).steps.get('http');
    expect(done).toMatchObject({ status: 'succeeded', startedAt: 0, endedAt: 600 });
    expect(done?.error).toBeUndefined();
    expect(done?.attempts).toEqual([
      { number: 1, startedAt: 0, endedAt: 10, outcome: 'failed', error: refused, retryAt: 510 },
      { number: 2, startedAt: 512, endedAt: 600, outcome: 'succeeded' },
    ]);
  });

  it('that parks the run says what it waits for, until the wait is over', () => {
    const wait = { stepKey: 'hold', until: 900, signals: [{ name: 'step:flow_1/hold', key: 'A1' }] };
    const parked = recordOf(entry('hold', 'started', 100, { input: { key: 'A1' }, wait }));
    expect(parked.steps.get('hold')).toMatchObject({ status: 'parked', startedAt: 100, wait });
    expect(parked.steps.get('hold')?.endedAt).toBeUndefined();
    const over = foldEntries(parked, [entry('hold', 'succeeded', 500, { output: { resumedAt: 'now' } })]);
    expect(over.steps.get('hold')).toMatchObject({ status: 'succeeded', endedAt: 500 });
    expect(recordOf(entry('each[0]/hold', 'started', 100, { wait })).turns.get('each[0]')?.status).toBe('parked');
  });

  it('that only thinks has no beginning of its own', () => {
    expect(recordOf(entry('map', 'succeeded', 40)).steps.get('map')).toMatchObject({ startedAt: 40, endedAt: 40 });
  });

  it('keeps its object while other steps go on', () => {
    const first = recordOf(...ran('a'));
    expect(foldEntries(first, ran('b')).steps.get('a')).toBe(first.steps.get('a'));
  });
});

describe('loops', () => {
  const looped = recordOf(
    entry('trigger', 'succeeded', 0),
    ...ran('each[1]/stock', 20),
    entry('each[0]/stock', 'started', 10),
    entry('each[0]/stock', 'failed', 30, { error: refused }),
    entry('each[2]/ok', 'skipped', 35, { output: { passed: false } }),
    entry('each[2]/stock', 'skipped', 35),
  );

  it('begin with their first item and run until they say so', () => {
    expect(looped.steps.get('each')).toMatchObject({ status: 'running', startedAt: 10 });
    expect(foldEntries(looped, [entry('each', 'succeeded', 90)]).steps.get('each')).toMatchObject({ status: 'succeeded', startedAt: 10, endedAt: 90 });
  });

  it('show their items by number', () => {
    expect(itemsOf(looped, 'each')).toEqual(['each[0]', 'each[1]', 'each[2]']);
  });

  it('tell for each item how it went', () => {
    expect(looped.turns.get('each[0]')).toMatchObject({ index: 0, status: 'failed', error: refused, startedAt: 10, endedAt: 30 });
    expect(looped.turns.get('each[1]')).toMatchObject({ index: 1, status: 'succeeded' });
    expect(looped.turns.get('each[2]')).toMatchObject({ index: 2, status: 'skipped' });
  });

  it('do not count an item as failed when it went on at the error port', () => {
    const saved = recordOf(entry('each[0]/stock', 'failed', 5, { error: refused, port: 'error' }), ...ran('each[0]/alert', 6));
    expect(saved.turns.get('each[0]')?.status).toBe('succeeded');
  });

  it('may stand inside of loops', () => {
    const nested = recordOf(...ran('each[1]/inner[4]/stock', 7));
    expect([...nested.steps.keys()].toSorted()).toEqual(['each', 'each[1]/inner', 'each[1]/inner[4]/stock']);
    expect(nested.inside.get('each[1]')).toEqual(['each[1]/inner']);
    expect(itemsOf(nested, 'each[1]/inner')).toEqual(['each[1]/inner[4]']);
  });
});

describe('facts that arrive twice, late, or in another order', () => {
  const facts = [
    ...ran('trigger', 0),
    ...[0, 1, 2].flatMap((index) => ran(`each[${index}]/stock`, 10 + index)),
    entry('http', 'started', 50),
    entry('http', 'failed', 60, { error: refused, retryAt: 70 }),
    entry('http', 'started', 71, { attempt: 2 }),
    entry('http', 'succeeded', 80, { attempt: 2 }),
    entry('each', 'succeeded', 40),
  ];
  const plain = ({ steps, turns }: RunRecord) => Object.fromEntries([...steps, ...turns].toSorted(([a], [b]) => (a < b ? -1 : 1)));

  it('make the same record', () => {
    const shuffled = fc.shuffledSubarray(facts, { minLength: facts.length });
    fc.assert(
      fc.property(shuffled, fc.subarray(facts), fc.nat(facts.length), (order, again, cut) => {
        const folded = foldEntries(foldEntries(emptyRecord, order.slice(0, cut)), [...order.slice(cut), ...again]);
        expect(plain(folded)).toEqual(plain(recordOf(...facts)));
      }),
    );
  });

  it('bring values that were too large for a live update', () => {
    const early = recordOf(entry('http', 'started', 0), entry('http', 'succeeded', 5));
    expect(foldEntries(early, [entry('http', 'succeeded', 5, { output: 'large' })]).steps.get('http')?.output).toBe('large');
    const late = recordOf(entry('http', 'succeeded', 5, { output: 'large' }), entry('http', 'succeeded', 5));
    expect(late.steps.get('http')?.output).toBe('large');
  });
});

describe('a recorder', () => {
  it('takes over what a later reading knows more of, also in the middle of what it has seen', () => {
    const record = createRecorder();
    const [first, last] = [entry('begin', 'succeeded', 1), entry('end', 'succeeded', 9)];
    expect(record([first, entry('read', 'succeeded', 5), last]).steps.get('read')?.output).toBeUndefined();
    expect(record([first, entry('read', 'succeeded', 5, { output: { count: 600 } }), last]).steps.get('read')?.output).toEqual({ count: 600 });
  });

  it('reads on where a list goes on', () => {
    const record = createRecorder();
    const first = ran('a');
    const before = record(first);
    const longer = [...first, ...ran('b')];
    expect(record(longer).steps.get('a')).toBe(before.steps.get('a'));
  });

  it('forgets nothing when a later reading leaves out what is old', () => {
    const record = createRecorder();
    record([...ran('a'), ...ran('b')]);
    expect([...record([...ran('b'), ...ran('c')]).steps.keys()]).toEqual(['a', 'b', 'c']);
  });

  it('gives the same object for the same list', () => {
    const record = createRecorder();
    const list = ran('a');
    expect(record(list)).toBe(record(list));
  });
});

const flow: FlowDocument = {
  format: 'weft.flow/1',
  title: 'Orders',
  steps: {
    trigger: { kind: 'trigger', title: 'Order', use: { connector: 'webhook', version: '1.0.0', operation: 'receive' } },
    each: { kind: 'forEach', title: 'Each line', as: 'line', items: { path: ['trigger', 'body', 'lines'] } },
    stock: { kind: 'action', title: 'Reserve', in: 'each', use: { connector: 'http', version: '1.0.0', operation: 'request' } },
    answer: { kind: 'respond', title: 'Answer' },
  },
  edges: [
    { from: ['trigger', 'next'], to: 'each' },
    { from: ['each', 'next'], to: 'answer' },
  ],
  layout: {},
  notes: [],
};
const wide: FlowDocument = { ...flow, steps: { ...flow.steps, alert: { kind: 'stop', title: 'Stop', in: 'each' } } };
const rows = (options: Partial<RowOptions>) => rowsOf({ flow, record: emptyRecord, isOver: false, toggled: new Set(), failedOnly: false, ...options });
const lines = (options: Partial<RowOptions>) =>
  rows(options).map((row) => `${' '.repeat(row.level - 1)}${row.key}${row.kind === 'run' ? 'run' : ` ${row.status}`}`);

describe('rows', () => {
  const items = (count: number) => Array.from({ length: count }, (_, index) => ran(`each[${index}]/stock`, index)).flat();

  it('show all steps before anything has happened', () => {
    expect(lines({})).toEqual(['run', ' trigger pending', ' each pending', ' answer pending']);
  });

  it('tell what was never reached once the run is over, and what was cut off', () => {
    const record = recordOf(...ran('trigger'), entry('each[0]/stock', 'started', 20));
    expect(lines({ record, isOver: true })).toEqual(['run', ' trigger succeeded', ' each interrupted', '  each[0]/stock interrupted', ' answer notReached']);
  });

  it('say that what had begun stands still while the run is in the queue again', () => {
    const record = recordOf(...ran('trigger'), entry('each', 'started', 20));
    expect(lines({ record, isAside: true })).toEqual(['run', ' trigger succeeded', ' each parked', ' answer pending']);
  });

  it('make one row of an item with a single step, numbered', () => {
    const item = rows({ record: recordOf(...items(2)) }).find(({ key }) => key === 'each[1]/stock');
    expect(item).toMatchObject({ kind: 'step', item: 1, position: 2, siblings: 2, parent: 'each' });
  });

  it('fold items with several steps', () => {
    const record = recordOf(...items(1));
    expect(lines({ flow: wide, record })).toContain('  each[0] succeeded');
    expect(lines({ flow: wide, record, toggled: new Set(['each[0]']) })).toEqual([
      'run',
      ' trigger pending',
      ' each running',
      '  each[0] succeeded',
      '   each[0]/stock succeeded',
      '   each[0]/alert pending',
      ' answer pending',
    ]);
  });

  it('close long loops by themselves', () => {
    const record = recordOf(...items(51));
    expect(lines({ record })).toHaveLength(4);
    expect(lines({ record, toggled: new Set(['each']) })).toHaveLength(55);
  });

  it('narrow loops down to what failed', () => {
    const record = recordOf(...items(300), entry('each[300]/stock', 'failed', 5, { error: refused }));
    expect(lines({ record, failedOnly: true })).toContain('  each[300]/stock failed');
    expect(lines({ record, failedOnly: true })).toHaveLength(5);
    expect(rows({ record }).find(({ key }) => key === 'each')).toMatchObject({ items: { total: 301, known: 301, failed: 1 } });
  });

  it('open the loop and the item of what matters, which is shown beside the list', () => {
    const record = recordOf(...items(200));
    const keys = (toggled: string[]) =>
      rowsOf({ flow, record, isOver: true, toggled: new Set(toggled), failedOnly: false, matters: 'each[120]/stock' }).map(({ key }) => key);
    expect(keys([])).toContain('each[120]/stock');
    expect(keys(['each'])).not.toContain('each[120]/stock');
  });

  it('tell how many items a loop went through, also where not all of them left facts', () => {
    const each = (...more: JournalEntry[]) => rows({ record: recordOf(...items(200), ...more) }).find(({ key }) => key === 'each');
    expect(each()).toMatchObject({ items: { total: 200, known: 200 } });
    const output = { items: [], succeeded: 4_990, failed: 4, skipped: 6, errors: [] };
    expect(each(entry('each', 'succeeded', 9_000, { output }))).toMatchObject({ items: { total: 5_000, known: 200 } });
  });

  it('of ten thousand facts are complete, and follow a new fact without reading the others again', () => {
    const record = recordOf(...items(5_000));
    const next = foldEntries(record, [entry('each', 'succeeded', 9_000)]);
    expect(rowsOf({ flow, record: next, isOver: true, toggled: new Set(['each']), failedOnly: false })).toHaveLength(5_004);
    expect(next.steps.get('each[4000]/stock')).toBe(record.steps.get('each[4000]/stock'));
    expect(next.items.get('each')).toBe(record.items.get('each'));
  });
});

describe('values of a loop', () => {
  const nested: FlowDocument = {
    ...flow,
    steps: {
      ...flow.steps,
      inner: { kind: 'forEach', title: 'Each part', in: 'each', as: 'part', items: { path: ['line', 'parts'] } },
    },
  };
  const record = recordOf(entry('trigger', 'succeeded', 0, { output: { body: { lines: [{ sku: 'A' }, { sku: 'B', parts: ['x', 'y'] }] } } }));

  it('come from what the steps before gave', () => {
    expect(loopValues({ flow, record }, 'each')).toEqual([{ sku: 'A' }, { sku: 'B', parts: ['x', 'y'] }]);
    expect(itemValue({ flow: nested, record }, 'each[1]/inner[0]')).toBe('x');
  });

  it('are unknown where the list is', () => {
    expect(loopValues({ flow, record: emptyRecord }, 'each')).toBeUndefined();
  });
});

describe('records of a stream', () => {
  const source = { use: { connector: 'csv', version: '1.0.0', operation: 'records' } };
  const streaming: FlowDocument = { ...flow, steps: { ...flow.steps, each: { kind: 'forEach', title: 'Each row', as: 'row', source } } };

  it('are in order over the batches they were read in', () => {
    const record = recordOf(...ran('each[1:0]/stock'), ...ran('each[0:12]/stock'), ...ran('each[0:2]/stock'));
    expect(itemsOf(record, 'each')).toEqual(['each[0:2]', 'each[0:12]', 'each[1:0]']);
  });

  it('are counted by the stream, which keeps entries of the first ones only', () => {
    const record = recordOf(entry('each', 'started'), ...ran('each[0:0]/stock'));
    const streams = new Map([['each', { read: 20_000, failed: 20 }]]);
    const [, ...rows] = rowsOf({ flow: streaming, record, isOver: false, toggled: new Set(), failedOnly: false, streams });
    expect(rows.find(({ key }) => key === 'each')).toMatchObject({ items: { total: 20_000, known: 1, failed: 20, failedKnown: 0, isStream: true } });
  });

  it('have no list that could be worked out', () => {
    expect(loopValues({ flow: streaming, record: emptyRecord }, 'each')).toBeUndefined();
  });
});

describe('totals', () => {
  it('count steps, tries and warnings', () => {
    const record = recordOf(
      entry('trigger', 'succeeded', 0, { warnings: [{ message: 'Different.' }] }),
      entry('http', 'started'),
      entry('http', 'failed', 1, { error: refused, retryAt: 2 }),
      entry('http', 'started', 2, { attempt: 2 }),
      entry('alert', 'skipped'),
    );
    expect(totalsOf(record)).toEqual({ succeeded: 1, failed: 0, skipped: 1, open: 1, retries: 1, warnings: 1 });
  });
});
