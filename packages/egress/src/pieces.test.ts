import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPieces } from './pieces.ts';

test('a body is what came, in its order, however it was cut', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 4 }), { maxLength: 2_000, size: 'max' }), (sent) => {
      const body = createPieces();
      for (const piece of sent) body.add(piece);
      const all = Buffer.concat(sent);
      expect(body.length).toBe(all.length);
      expect(body.bytes().equals(all)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('what is given back is nobody else’s memory', () => {
  const sent = Buffer.from('sent');
  const body = createPieces();
  body.add(sent);
  const given = body.bytes();
  sent.fill('x');
  expect(given.toString()).toBe('sent');
});
