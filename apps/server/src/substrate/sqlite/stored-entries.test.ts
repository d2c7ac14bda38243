import type { Answer, JournalEntry } from '@weft/engine';
import type { Json } from '@weft/json-schema';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeAnswer, decodeEntries, encodeCommit } from './stored-entries.ts';

test('a value that came from elsewhere in the run is stored once', () => {
  const payload = { body: 'x'.repeat(1_000) };
  const mapped = { text: 'y'.repeat(1_000) };
  const entries: JournalEntry[] = [
    { stepKey: 'trigger', attempt: 1, kind: 'succeeded', at: 1, output: payload },
    { stepKey: 'shape', attempt: 1, kind: 'succeeded', at: 2, output: mapped },
    { stepKey: 'respond', attempt: 1, kind: 'succeeded', at: 3, input: mapped, output: mapped },
  ];
  const { entries: text } = encodeCommit(entries, payload);
  expect(text.length).toBeLessThan(1_500);
  expect(decodeEntries(text, payload)).toEqual(entries);
});

test('an answer made of what steps gave is stored once', () => {
  const payload = { method: 'POST', body: { order: 'x'.repeat(1_000) } };
  const mapped = { text: 'y'.repeat(1_000) };
  const output = { status: 200, body: { mapped: 'z'.repeat(1_000) } };
  const entries: JournalEntry[] = [
    { stepKey: 'trigger', attempt: 1, kind: 'succeeded', at: 1, output: payload },
    { stepKey: 'shape', attempt: 1, kind: 'succeeded', at: 2, output: mapped },
    { stepKey: 'hand on', attempt: 1, kind: 'succeeded', at: 3, output: { status: 201, body: mapped, received: payload.body } },
    { stepKey: 'respond', attempt: 1, kind: 'succeeded', at: 4, output },
  ];
  const answers: Answer[] = [
    { status: 200, headers: { a: 'b' }, body: output.body },
    { status: 200, headers: {}, body: mapped },
    { status: 200, headers: {}, body: payload.body },
    { status: 200, headers: {}, body: 'text' },
    { status: 204, headers: {}, body: undefined },
  ];
  for (const answer of answers) {
    const stored = encodeCommit(entries, payload, { answer });
    expect(stored.entries.length).toBeLessThan(2_700);
    expect(stored.answer?.length).toBeLessThan(100);
    const read = decodeEntries(stored.entries, payload);
    expect(read).toEqual(entries);
    expect(decodeAnswer(stored.answer ?? '', payload, read)).toEqual(answer);
  }
});

test('warnings are read with their sentences, and as texts from journals of earlier versions', () => {
  const warnings = [{ message: 'The called flow ended at a filter.', sentence: { code: 'run.warning.filtered' } }, { message: 'It is late.' }];
  const { entries: text } = encodeCommit([{ stepKey: 'call', attempt: 1, kind: 'succeeded', at: 1, warnings }], null);
  expect(decodeEntries(text, null)[0]?.warnings).toEqual(warnings);
  const earlier = JSON.stringify([{ stepKey: 'call', attempt: 1, kind: 'succeeded', at: 1, warnings: ['It is late.'] }]);
  expect(decodeEntries(earlier, null)[0]?.warnings).toEqual([{ message: 'It is late.' }]);
});

test('whatever is shared, reading gives back what was written', () => {
  const value = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
  const choice = fc.nat(5);
  // The last one is made of the others, as steps make their outputs.
  const pool = fc.array(value, { minLength: 5, maxLength: 5 }).map((values) => [...values, { body: values[0] ?? null, other: values[1] ?? null }]);
  fc.assert(
    fc.property(pool, fc.array(fc.tuple(choice, choice), { maxLength: 8 }), (pool, picks) => {
      const payload = pool[0] ?? null;
      const entries = picks.map(
        ([input, output], at): JournalEntry => ({ stepKey: 'a', attempt: 1, kind: 'succeeded', at, input: pool[input], output: pool[output] }),
      );
      const answer: Answer = { status: 200, headers: {}, body: pool[1] };
      const stored = encodeCommit(entries, payload, { answer });
      const read = decodeEntries(stored.entries, payload);
      const plain = (whatever: unknown): unknown => JSON.parse(JSON.stringify(whatever));
      expect(plain(read)).toEqual(plain(entries));
      expect(plain(decodeAnswer(stored.answer ?? '', payload, read))).toEqual(plain(answer));
    }),
  );
});
