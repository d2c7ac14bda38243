import type { Json } from '@weft/json-schema';
import type { MappingDocument, MappingWork, Rule } from '@weft/mapping';
import { expect, onTestFinished, test } from 'vitest';
import { createLongMappings } from './long-mappings.ts';

function started(options?: Parameters<typeof createLongMappings>[0]) {
  const mappings = createLongMappings(options);
  onTestFinished(() => mappings.close());
  return mappings;
}

const documentOf = (...rules: Rule[]): MappingDocument => ({ format: 'weft.mapping/1', rules });
const context = { now: new Date('2025-01-31T14:30:00Z'), seed: 's', timezone: 'Europe/Oslo' };
const place = { workspaceId: 'ws_1', signal: new AbortController().signal };
const numbers = (length: number): Json[] => Array.from({ length }, (_, n) => n);

function pairsOf(items: Json[], where: boolean): MappingWork {
  const inner: Rule = { id: 'inner', to: ['with'], forEach: { in: { path: ['o'] }, as: 'b', where: { const: where } }, value: { const: 1 } };
  return { document: documentOf({ id: 'outer', to: ['pairs'], forEach: { in: { path: ['o'] }, as: 'a' }, rules: [inner] }), scope: { o: items }, context };
}

test('a mapping gives in another process what it gives here: its moment, its seed, its zone, and its faults', async () => {
  const { elsewhere } = started();
  const rules: Rule[] = [
    { id: 'now', to: ['now'], value: { fn: 'now', args: [] } },
    { id: 'id', to: ['id'], value: { fn: 'uuid', args: [] } },
    { id: 'at', to: ['at'], value: { fn: 'formatDate', args: [{ path: ['at'] }, { const: 'HH:mm' }] } },
    { id: 'odd', to: ['odd'], value: { fn: 'multiply', args: [{ path: ['name'] }, { const: 2 }] } },
    { id: 'name', to: ['name'], value: { path: ['name'] } },
  ];
  const result = await elsewhere({ document: documentOf(...rules), scope: { at: '2025-07-01T10:00:00Z', name: 'Łódź 🌍', gone: undefined }, context }, place);
  expect(result).toMatchObject({
    output: { now: '2025-01-31T14:30:00Z', id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string, at: '12:00', name: 'Łódź 🌍' },
    errors: [{ ruleId: 'odd', code: 'not_a_number', sentence: expect.any(Object) as object }],
    outcome: 'failRecord',
  });
});

test('one that does not end is ended, with the rule that does not, and nobody else waits meanwhile', { timeout: 60_000 }, async () => {
  const { elsewhere } = started();
  let turns = 0;
  const awake = setInterval(() => (turns += 1), 5);
  const { errors } = await elsewhere(pairsOf(numbers(50_000), false), place);
  clearInterval(awake);
  expect(errors).toMatchObject([{ ruleId: 'inner', code: 'deadline' }]);
  expect(turns).toBeGreaterThan(100);
});

test('one that makes too much is refused', { timeout: 60_000 }, async () => {
  const { elsewhere } = started();
  expect((await elsewhere(pairsOf(numbers(20_000), true), place)).errors).toMatchObject([{ code: 'too_many_items' }]);
});

test('one that takes all memory says so, and others go on', { timeout: 60_000 }, async () => {
  const { elsewhere } = started({ heapMb: 64 });
  const each: Rule = {
    id: 'each',
    to: ['all'],
    forEach: { in: { path: ['o'] }, as: 'a' },
    rules: [{ id: 'whole', to: ['list'], value: { fn: 'split', args: [{ path: ['text'] }, { const: ',' }] } }],
  };
  const full = elsewhere({ document: documentOf(each), scope: { o: numbers(10_000), text: 'a,'.repeat(99_000) }, context }, place);
  await expect(full).rejects.toThrow(/more memory than one may take/);
  await expect(elsewhere(pairsOf(numbers(2), true), place)).resolves.toMatchObject({ outcome: 'done' });
});

test('one that nobody waits for any more is given up', { timeout: 30_000 }, async () => {
  const { elsewhere } = started();
  const reason = new Error('Cancelled.');
  const controller = new AbortController();
  const running = elsewhere(pairsOf(numbers(50_000), false), { ...place, signal: controller.signal });
  setTimeout(() => controller.abort(reason), 200);
  await expect(running).rejects.toBe(reason);
});
