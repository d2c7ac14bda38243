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

  it.each([
    ['1.234.567,89-', ',', -1_234_567.89],
    ['15.00-', '.', -15],
    ['15.00 -', undefined, -15],
    ['−5', undefined, -5],
    ["1'234’567.5", '.', 1_234_567.5],
    ['1\u202f234,50', ',', 1234.5],
    ['1,23,456.7', '.', 123_456.7],
    ['1.299', ',', 1299],
    ['25,00', ',', 25],
    ['0,5', ',', 0.5],
    ['1e3', ',', 1000],
    ['- 5', '.', -5],
  ])('is read with its signs: “%s” with “%s” before the decimals', (text, decimalSign, number) => {
    expect(parseNumber(text, decimalSign)).toBe(number);
  });

  it.each([
    ['25.00', ','],
    ['1.2', ','],
    ['01.12.2026', ','],
    ['12.34,5', ','],
    ['1,5', '.'],
    ['1,50', '.'],
    ['1,00,0', '.'],
    ['1.234 567', ','],
    ['1234.567', ','],
    ['12 34', '.'],
    ['1.234,', ','],
    ['1,234,5', ','],
    ['-5-', '.'],
    ['.', ','],
    ['', ','],
    ['12,345 678', ','],
  ])('is not made of one that is written in another way: “%s” with “%s” before the decimals', (text, decimalSign) => {
    expect(() => parseNumber(text, decimalSign)).toThrow(MappingFault);
  });

  it('is the same again from any way of writing it', () => {
    const groups = (digits: string, sign: string) => digits.replaceAll(/\B(?=(?:\d{3})+$)/g, sign);
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.constantFrom('', '.', ' ', "'", '\u00a0'), fc.boolean(), (cents, sign, behind) => {
        const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
        const text = `${groups(digits.slice(0, -2), sign)},${digits.slice(-2)}`;
        const minus = cents < 0n ? '-' : '';
        expect(parseNumber(behind ? `${text}${minus}` : `${minus}${text}`, ',')).toBe(Number(cents) / 100);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['', '-', '.', '5.', '.5', '-.5', '1.2.3', '1 2', '1-2', '0x10', '٣', '1e', 'NaN', '12a'])('is refused where there is none: “%s”', (text) => {
    expect(() => parseNumber(text, undefined)).toThrow(MappingFault);
  });
});
