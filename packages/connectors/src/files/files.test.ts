import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject, PollRequest, PollResult } from '@weft/connector-sdk';
import { createTestContext, describeConnector } from '@weft/connector-sdk/conformance';
import { describe, expect, test } from 'vitest';
import { matches } from './changed.ts';
import files from './index.ts';

describeConnector(files);

describe('new and changed files', () => {
  function folder() {
    const context = createTestContext();
    const by = { runId: 'run_1', idempotencyKey: 'run_1:write' };
    return {
      write: async (name: string, text: string, at: string) => {
        await context.files.write(name, Buffer.from(text), by);
        utimesSync(join(context.folder, name), new Date(at), new Date(at));
      },
      poll: (request: Partial<PollRequest>, config: JsonObject = {}): Promise<PollResult> =>
        files.operations['changed']?.poll?.(context, {
          pattern: '*.csv',
          which: 'both',
          ...config,
        }, { cursor: null, baseline: false, limit: 100, ...request }) ??
        Promise.reject(new Error('no poll')),
    };
  }
  const facts = ({ items }: PollResult) => items.map(({ value }) => `${(value as JsonObject)['change']} ${(value as JsonObject)['name']}`);

  test('are found by name, the oldest first, once for each change', async () => {
    const { write, poll } = folder();
    await write('b.csv', 'x', '2026-03-01T08:00:00Z');
    await write('a.csv', 'x', '2026-03-01T09:00:00Z');
    await write('other.txt', 'x', '2026-03-01T09:00:00Z');
    const first = await poll({});
    expect(facts(first)).toEqual(['new b.csv', 'new a.csv']);
    expect((await poll({ cursor: first.cursor })).items).toEqual([]);
    await write('a.csv', 'longer', '2026-03-01T10:00:00Z');
    await write('c.csv', 'x', '2026-03-01T10:00:01Z');
    const second = await poll({ cursor: first.cursor });
    expect(facts(second)).toEqual(['changed a.csv', 'new c.csv']);
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(4);
    expect(facts(await poll({ cursor: first.cursor }, { which: 'new' }))).toEqual(['new c.csv']);
  });

  test('behind the limit come with the next poll; a baseline takes none', async () => {
    const { write, poll } = folder();
    for (const [index, name] of ['a.csv', 'b.csv', 'c.csv'].entries()) await write(name, 'x', `2026-03-01T08:00:0${index}Z`);
    const first = await poll({ limit: 2 });
    expect([facts(first), first.more]).toEqual([['new a.csv', 'new b.csv'], true]);
    const second = await poll({ limit: 2, cursor: first.cursor });
    expect([facts(second), second.more]).toEqual([['new c.csv'], false]);
    const { items, cursor } = await poll({ baseline: true });
    expect([items, (await poll({ cursor })).items]).toEqual([[], []]);
    expect(facts(await poll({ since: '2026-03-01T08:00:01Z' }))).toEqual(['new b.csv', 'new c.csv']);
    await expect(poll({ since: 'last week' })).rejects.toThrow(/is no date/);
  });
});

test.each([
  ['orders-1.csv', 'orders-*.csv', true],
  ['orders.csv', 'orders-*.csv', false],
  ['in/orders-1.csv', '*.csv', true],
  ['a.csv', 'a.csv', true],
  ['a.csv.bak', '*.csv', false],
  ['abcabc', 'a*b*c', true],
  ['ab', 'ab*b', false],
  ['anything', '*', true],
  ['Mu\u0308ller-1.csv', 'Müller-*.csv', true],
  ['Müller.csv', 'Mu\u0308ller.csv', true],
])('"%s" and the pattern "%s": %s', (name, pattern, expected) => {
  expect(matches(name, pattern)).toBe(expected);
});
