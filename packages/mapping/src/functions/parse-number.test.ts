import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MappingFault } from '../fault.ts';
import { parseNumber } from './parse-number.ts';

describe('a number read from a text', () => {
  it('is the one that is nearest to it, to the last bit', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(fc.constantFrom('', '-', '+', ' '), digits, fc.option(digits), (sign, whole, fraction) => {
        const text = `${sign}${whole}${fraction === null ? '' : `.${fraction}`}`;
        fc.pre(text.length <= 15);
        expect(Object.is(parseNumber(text, undefined), Number(text))).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is what was written as one, however it looks', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        // A text has no negative zero.
        expect(parseNumber(String(number), undefined)).toBe(number + 0);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['', '-', '.', '5.', '.5', '-.5', '1.2.3', '1 2', '1-2', '0x10', '٣', '1e', 'NaN', '12a'])('is refused where there is none: “%s”', (text) => {
    expect(() => parseNumber(text, undefined)).toThrow(MappingFault);
  });
});
