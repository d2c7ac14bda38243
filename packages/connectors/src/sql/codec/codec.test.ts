import Database from 'better-sqlite3';
import fc from 'fast-check';
import type { Json } from '@weft/connector-sdk';
import { describe, expect, it } from 'vitest';
import { distinctNames } from '../database.ts';
import { UnfitValue, wholeNumber, type Codec, type Held } from './codec.ts';
import { numberKey } from './numbers.ts';
import { postgresqlCodec } from './postgresql.ts';
import { ownCodec, sqliteCodec } from './sqlite.ts';

const text = fc.string({ unit: 'binary' });
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const base64 = fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64'));
/** JSON as it comes out of JSON: no -0. */
const json = fc.jsonValue()
  .map((value) => JSON.parse(JSON.stringify(value)) as NonNullable<Json>)
  .filter((value) => value !== null && !JSON.stringify(value).includes('__proto__'));

/** What each type may be given, and gives back unchanged. */
const valuesOf: Record<string, fc.Arbitrary<NonNullable<Json>>> = {
  integer: fc.integer(),
  bigint: int64.map((value) => wholeNumber(value.toString())),
  numeric: fc.tuple(int64, fc.nat(1e6)).map(([whole, part]) => `${whole}.${part}`),
  'double precision': fc.oneof(fc.double({ noDefaultInfinity: true, noNaN: true }), fc.constantFrom('NaN', 'Infinity', '-Infinity')),
  text,
  bytea: base64,
  jsonb: json,
};

/** What is read of what was written. */
const again = <H extends Held>(codec: Codec<H>, value: NonNullable<Json>): Json => codec.read(codec.write(value));

describe('a codec of PostgreSQL', () => {
  it.each(Object.entries(valuesOf))('for %s reads what it wrote', (type, values) => {
    fc.assert(fc.property(values, (value) => {
      expect(again(postgresqlCodec(type), value)).toEqual(value);
    }));
  });

  it.each(Object.entries(valuesOf))('for lists of %s reads what it wrote, in lists of any depth, with nothing in between', (type, values) => {
    const list = fc.array(fc.option(values, { nil: null }));
    // In a list of JSON, null is JSON's own.
    fc.assert(fc.property(list, (value) => {
      expect(again(postgresqlCodec(`${type}[]`), value)).toEqual(value);
    }));
    const nested = fc.array(fc.array(fc.option(values, { nil: null }), { minLength: 1 }), { minLength: 1 });
    fc.assert(fc.property(nested, (value) => {
      expect(again(postgresqlCodec(`${type}[][]`), value)).toEqual(value);
    }));
  });

  it('takes a list as the server writes it, whatever its bounds', () => {
    expect(postgresqlCodec('integer[]').read('[0:1]={1,2}')).toEqual([1, 2]);
    expect(postgresqlCodec('integer[]').write('{1,2}')).toBe('{1,2}');
  });

  it('writes numbers into texts without a fraction or a power that they do not have', () => {
    const { write } = postgresqlCodec('text');
    expect([4711, 1e21, -0, 0.5, true].map((value) => write(value))).toEqual(['4711', '1000000000000000000000', '0', '0.5', 'true']);
  });

  it('keeps the digits of numbers inside JSON, as texts', () => {
    expect(postgresqlCodec('jsonb').read('{"a": 9007199254740993, "b": [0.1, 12345678901234567890.5]}')).toEqual({
      a: '9007199254740993',
      b: [0.1, '12345678901234567890.5'],
    });
  });

  it('guesses no bytes', () => {
    for (const value of ['hello', 'AP8', 5, { base64: 'AP8=' }]) expect(() => postgresqlCodec('bytea').write(value)).toThrow(/as base64/);
    expect(postgresqlCodec('bytea').write('\\x00FF')).toBe('\\x00FF');
  });

  it('gives a column of numbers no text that is none, or would be another one there', () => {
    for (const type of ['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision']) {
      for (const text of ['12,5', '007', '+49', 'n/a', '']) expect(() => postgresqlCodec(type).write(text)).toThrow(/holds/);
      expect(() => postgresqlCodec(`${type}[]`).write([1, '007'])).toThrow(/“007” would become 7/);
      expect(postgresqlCodec(type).write('-7')).toBe('-7');
    }
    for (const value of [12.5, true, '1e3', [1]]) expect(() => postgresqlCodec('integer').write(value)).toThrow(/holds whole numbers/);
    expect(postgresqlCodec('numeric(10,2)').write('1e3')).toBe('1e3');
  });

  it('knows the range of whole numbers, and how many digits a float keeps of them', () => {
    const ranges = { smallint: '32768', integer: '2147483648', oid: '4294967296', bigint: '9223372036854775808' };
    for (const [type, above] of Object.entries(ranges)) {
      expect(() => postgresqlCodec(type).write(above)).toThrow(new RegExp(`to ${BigInt(above) - 1n}, and ${above} is not one of them`));
      expect(postgresqlCodec(type).write(String(BigInt(above) - 1n))).toBe(String(BigInt(above) - 1n));
    }
    expect(() => postgresqlCodec('oid').write(-1)).toThrow(/from 0/);
    for (const [type, digits] of [['real', '16777217'], ['double precision', '9007199254740993']] as const) {
      expect(() => postgresqlCodec(type).write(digits)).toThrow(/keeps fewer digits/);
      expect(postgresqlCodec(type).write('0.12345678901234567890')).toBe('0.12345678901234567890');
    }
  });

  it('knows how long a text may be, in characters', () => {
    const { write } = postgresqlCodec('character varying(3)');
    expect([write('a🧺b'), write(123)]).toEqual(['a🧺b', '123']);
    for (const value of ['abcd', 'abc ', 1234]) expect(() => write(value)).toThrow(/up to 3 characters/);
    expect(() => postgresqlCodec('character(2)[]').write(['ab', 'abc'])).toThrow('“abc” has 3');
  });

  it('takes any spelling of a number for one key', () => {
    for (const same of ['1', '01', '1.0', '1e0', '10e-1', '+1', ' 1 ']) expect(numberKey(same)).toBe(numberKey('1'));
    for (const other of ['10', '-1', '0', '', 'NaN', '1.01']) expect(numberKey(other)).not.toBe(numberKey('1'));
    expect(numberKey('-0.00')).toBe(numberKey('0'));
  });
});

describe('a codec of SQLite', () => {
  const sqliteValues: Record<string, fc.Arbitrary<NonNullable<Json>>> = {
    INTEGER: valuesOf['bigint']!.filter((value) => typeof value === 'number'),
    REAL: fc.double({ noDefaultInfinity: true, noNaN: true }).filter((value) => !Object.is(value, -0) && !Number.isInteger(value)),
    TEXT: text,
    BLOB: base64,
    JSON: json,
    BOOLEAN: fc.boolean(),
  };

  it.each(Object.entries(sqliteValues))('for %s reads what it wrote', (type, values) => {
    fc.assert(fc.property(values, (value) => {
      expect(again(sqliteCodec(type), value)).toEqual(value);
    }));
  });

  it('binds whole numbers as such, and writes them into texts without a fraction', () => {
    expect(sqliteCodec('INTEGER').write(4711)).toBe(4711n);
    expect(sqliteCodec('').write(4711)).toBe(4711n);
    expect(sqliteCodec('VARCHAR(10)').write(4711)).toBe('4711');
    expect(sqliteCodec('TEXT').write(true)).toBe('true');
  });

  it('goes by the declared type as SQLite does', () => {
    expect(['INT UNSIGNED', 'BIGINT', 'NVARCHAR(9)', 'DOUBLE PRECISION', 'DECIMAL(10,5)', 'STRING', ''].map((type) => sqliteCodec(type).schema.type)).toEqual([
      ['integer', 'string'], ['integer', 'string'], 'string', ['number', 'string'], ['number', 'string'], ['string', 'number'], ['string', 'number'],
    ]);
  });

  it('refuses a text that a column of numbers would keep as another one, where Weft chose the type', () => {
    for (const text of ['00417', '1.50', ' 5', '1e3']) expect(() => ownCodec('INTEGER').write(text)).toThrow(/would become/);
    for (const text of ['n/a', '417', '1.5', '9007199254740993']) expect(ownCodec('NUMERIC').write(text)).toBe(text);
  });

  it.each([
    'INTEGER',
    'BIGINT',
    'INT UNSIGNED',
    'REAL',
    'DOUBLE',
    'NUMERIC',
    'DECIMAL(10,2)',
    'NUMBER',
    'BOOLEAN',
  ])('gives a column of %s no text that is none of its values', (type) => {
    for (const text of ['12,5', '007', '-05', '+49', 'n/a', '', '1 000', '0x10']) expect(() => sqliteCodec(type).write(text)).toThrow(/holds/);
    for (const value of [[1], { a: 1 }]) expect(() => sqliteCodec(type).write(value)).toThrow(/holds/);
    expect([sqliteCodec(type).write('1'), sqliteCodec(type).write(' 0 '), sqliteCodec(type).write(true)].map(Number)).toEqual([1, 0, 1]);
  });

  it('keeps every digit of a whole number, or refuses it', () => {
    expect(sqliteCodec('INTEGER').write('9223372036854775807')).toBe(9223372036854775807n);
    expect(sqliteCodec('NUMERIC').write('-9007199254740993')).toBe(-9007199254740993n);
    expect(() => sqliteCodec('REAL').write('9007199254740993')).toThrow('keeps fewer digits than 9007199254740993 has');
    for (const type of ['INTEGER', 'NUMERIC']) expect(() => sqliteCodec(type).write('12345678901234567891')).toThrow('keeps fewer digits');
    for (const value of [12.5, '12.5', '5.01']) expect(() => sqliteCodec('INTEGER').write(value)).toThrow(/whole numbers/);
    expect(sqliteCodec('DECIMAL(10,2)').write('19.90')).toBe(19.9);
  });

  const looksLikeNumber = fc.stringMatching(/^ ?[+-]?(?:0{0,2}[0-9]{0,20})(?:\.[0-9]{0,6})?(?:e[+-]?[0-9]{1,2})? ?$/);
  const numbers = ['INTEGER', 'BIGINT UNSIGNED', 'REAL', 'NUMERIC', 'DECIMAL(10,2)', 'BOOLEAN'];
  const declared = [...numbers, 'STRING', 'TIME', 'POINT', 'DATETIME', 'TEXT', 'VARCHAR(3)', ''];
  it.each(declared)(
    'gives SQLite for a column of %j nothing that it would keep as something else',
    (type) => {
      const database = new Database(':memory:');
      database.exec(`CREATE TABLE t (v ${type})`);
      const insert = database.prepare('INSERT INTO t VALUES (?)');
      const read = database.prepare('SELECT v FROM t').raw().safeIntegers();
      const codec = sqliteCodec(type);
      fc.assert(
        fc.property(fc.oneof(looksLikeNumber, fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeInteger()), (value) => {
          const held = writtenBy(codec, value);
          if (held === undefined) return;
          database.exec('DELETE FROM t');
          insert.run(held);
          const [[found]] = read.all() as [[Held]];
          const again = codec.read(found);
          if (typeof again === 'boolean') return;
          const [before, after] = [String(value), String(again)];
          // Fractions are as exact as a number is; all else is the same to the last digit.
          const isSame = before === after || numberKey(before) === numberKey(after) || (/[.e]/i.test(before) && Number(before) === Number(after));
          expect(isSame, `${JSON.stringify(value)} is ${JSON.stringify(again)}`).toBe(true);
        }),
        { numRuns: 400 },
      );
      database.close();
    },
  );

  function writtenBy(codec: Codec, value: NonNullable<Json>): Held | undefined {
    try {
      return codec.write(value);
    } catch (error) {
      if (error instanceof UnfitValue) return undefined;
      throw error;
    }
  }

  it('keeps a text that a column of another word would make a number of, or refuses it', () => {
    for (const type of ['STRING', 'POINT', 'TIME', 'UUID', 'INTERVAL']) {
      for (const text of ['12,5', 'n/a', '', '2026-03-29', '417']) expect(sqliteCodec(type).write(text)).toBe(text);
      for (const text of ['0930', '1.50']) expect(() => sqliteCodec(type).write(text)).toThrow(/would become/);
    }
  });
});

describe('the names of a result', () => {
  it('are all there, each its own', () => {
    expect(distinctNames(['a', 'a', 'a 2', 'a', '__proto__'])).toEqual(['a', 'a 3', 'a 2', 'a 4', '__proto__ 2']);
    fc.assert(fc.property(fc.array(fc.constantFrom('a', 'a 2', 'a 3', 'b', '__proto__')), (names) => new Set(distinctNames(names)).size === names.length));
  });
});
