import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonTextError, parseJsonWithLimits, type JsonRefusal } from './parse-json.ts';

const refusal = (text: string, limits?: Parameters<typeof parseJsonWithLimits>[1]): JsonRefusal | undefined => {
  try {
    parseJsonWithLimits(text, limits);
    return undefined;
  } catch (refused) {
    if (refused instanceof JsonTextError) return refused.code;
    throw refused;
  }
};

describe('parseJsonWithLimits', () => {
  it('reads whatever JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes('__proto__'));
        expect(parseJsonWithLimits(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('never throws anything but its own refusal', () => {
    const known = new Set([undefined, 'malformed', 'too_large', 'too_deep', 'refused_key']);
    fc.assert(fc.property(fc.string(), (text) => {
      expect(known).toContain(refusal(text));
    }));
  });

  it('keeps the digits of numbers that a double would lose', () => {
    expect(parseJsonWithLimits('{"id": 12345678901234567890, "big": 1e400, "price": 0.1234567890123456789}')).toEqual({
      id: '12345678901234567890', big: '1e400', price: '0.1234567890123456789',
    });
    expect(parseJsonWithLimits('[9007199254740993, 9007199254740992, 1.50e2, 1000000000000000000000, -0.0]')).toEqual([
      '9007199254740993', 9007199254740992, 150, 1e21, -0,
    ]);
    expect(parseJsonWithLimits('"12345678901234567890"')).toBe('12345678901234567890');
  });

  it('refuses what is too large, too deep, malformed or reaches for prototypes', () => {
    expect(refusal('"ääää"', { maxBytes: 9 })).toBe('too_large');
    expect(refusal('"ääää"', { maxBytes: 10 })).toBeUndefined();
    expect(refusal('['.repeat(200_000) + ']'.repeat(200_000))).toBe('too_deep');
    expect(refusal('"[[[[[[\\"[[[[[["', { maxDepth: 2 })).toBeUndefined();
    expect(refusal('[[[]]]', { maxDepth: 2 })).toBe('too_deep');
    expect(refusal('{"a":')).toBe('malformed');
    expect(refusal('{"a":{"__proto__":{"x":1}}}')).toBe('refused_key');
    expect(refusal('[{"__pro\\u0074o__":{"x":1}}]')).toBe('refused_key');
    expect(refusal('{"text":"about __proto__","constructor":1}')).toBeUndefined();
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});
