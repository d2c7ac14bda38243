import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactNumbers, joinPlaces, numberPlaces, placesInside, writeJson } from './exact-numbers.ts';
import { isExactNumber, parseJsonWithLimits } from './parse-json.ts';
import type { JsonSchema } from './schema.ts';

const schema: JsonSchema = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    code: { type: 'string' },
    either: { type: ['integer', 'string'] },
    lines: { type: 'array', items: { type: 'object', properties: { price: { type: ['number', 'null'] } } } },
  },
};
const places = numberPlaces(schema);

describe('a number with more digits than a number keeps', () => {
  it('is a text of its digits, and nothing else is', () => {
    expect(['9007199254740993', '1e400', '-0.12345678901234567890', '7615917337495251231'].map(isExactNumber)).toEqual([true, true, true, true]);
    expect([
      '9007199254740992',
      '12.50',
      '',
      'x',
      '1e400x',
      '0012345678901234567890',
      '1'.repeat(300),
    ].map(isExactNumber)).toEqual(Array.from({ length: 7 }, () => false));
  });

  it('is written as a number where a number is wanted, and only there', () => {
    const value = {
      id: '9007199254740993',
      code: '9007199254740993',
      either: '9007199254740993',
      lines: [{ price: '0.12345678901234567890' }, { price: null }, { price: '12.5' }],
    };
    const exact = exactNumbers(value, places);
    expect(exact).toEqual([['id'], ['lines', '0', 'price']]);
    expect(writeJson(value, exact)).toBe(
      '{"id":9007199254740993,"code":"9007199254740993","either":"9007199254740993","lines":[{"price":0.12345678901234567890},{"price":null},{"price":"12.5"}]}',
    );
    expect(value.id).toBe('9007199254740993');
  });

  it('is looked for only where a schema wants numbers', () => {
    expect(numberPlaces({ type: 'object', properties: { code: { type: 'string' }, body: {} } })).toBeUndefined();
    expect(exactNumbers({ id: 5 }, places)).toBeUndefined();
    expect(exactNumbers({ id: '9007199254740993' }, undefined)).toBeUndefined();
  });

  it('is found in places that come from two sides, and in a part of what is sent', () => {
    const joined = joinPlaces(numberPlaces({ type: 'object', properties: { body: schema } }), { fields: { body: { fields: { code: { isNumber: true } } } } });
    const exact = exactNumbers({ body: { id: '9007199254740993', code: '9007199254740993' } }, joined);
    expect(placesInside(exact, 'body')).toEqual([['id'], ['code']]);
    expect(writeJson('9007199254740993', [[]])).toBe('9007199254740993');
  });

  it('comes out as it went in, whatever it is', () => {
    const digits = fc.tuple(fc.boolean(), fc.bigInt({ min: 1n, max: 10n ** 40n }), fc.string({ unit: fc.constantFrom('0', '1', '9'), maxLength: 20 }))
      .map(([minus, whole, fraction]) => `${minus ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}1`}`);
    fc.assert(
      fc.property(fc.array(digits, { maxLength: 5 }), (numbers) => {
        const text = `[${numbers.join(',')}]`;
        const value = parseJsonWithLimits(text);
        const out = writeJson(value, exactNumbers(value, { items: { isNumber: true } }));
        expect(parseJsonWithLimits(out)).toEqual(value);
        expect(out).not.toContain('"');
      }),
    );
  });
});
