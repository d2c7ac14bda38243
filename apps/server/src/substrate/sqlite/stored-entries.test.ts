import type { JournalEntry } from '@weft/engine';
import type { Json } from '@weft/json-schema';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeEntries, encodeEntries } from './stored-entries.ts';

test('a value that came from elsewhere in the run is stored once', () => {
  const payload = { body: 'x'.repeat(1_000) };
  const mapped = { text: 'y'.repeat(1_000) };
  const entries: JournalEntry[] = [
    { stepKey: 'trigger', attempt: 1, kind: 'succeeded', at: 1, output: payload },
    { stepKey: 'shape', attempt: 1, kind: 'succeeded', at: 2, output: mapped },
    { stepKey: 'respond', attempt: 1, kind: 'succeeded', at: 3, input: mapped, output: mapped },
  ];
  const text = encodeEntries(entries, payload);
  expect(text.length).toBeLessThan(1_500);
  expect(decodeEntries(text, payload)).toEqual(entries);
});

test('whatever is shared, reading gives back what was written', () => {
  const value = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
  const choice = fc.nat(4);
  fc.assert(
    fc.property(fc.array(value, { minLength: 5, maxLength: 5 }), fc.array(fc.tuple(choice, choice), { maxLength: 8 }), (pool, picks) => {
      const payload = pool[0] ?? null;
      const entries = picks.map(
        ([input, output], at): JournalEntry => ({ stepKey: 'a', attempt: 1, kind: 'succeeded', at, input: pool[input], output: pool[output] }),
      );
      const plain = JSON.parse(JSON.stringify(entries));
      expect(JSON.parse(JSON.stringify(decodeEntries(encodeEntries(entries, payload), payload)))).toEqual(plain);
    }),
  );
});
