import fc from 'fast-check';
import iconv from 'iconv-lite';
import { stringify } from 'csv-stringify/sync';
import { describe, expect, it } from 'vitest';
import { readTable, type TableOptions } from './table.ts';

const automatic: TableOptions = { header: 'auto', delimiter: 'auto', encoding: 'auto', maxRows: 100 };
const bytes = (text: string) => new TextEncoder().encode(text);

describe('reading a CSV file', () => {
  it('names the fields after the first row', () => {
    const { columns, rows } = readTable(bytes('name,city\nAda,Oslo\nBob,Bergen\n'), automatic);
    expect(columns).toEqual(['name', 'city']);
    expect(rows.map((row) => ({ ...row }))).toEqual([{ name: 'Ada', city: 'Oslo' }, { name: 'Bob', city: 'Bergen' }]);
  });

  it('numbers the columns when there is no header', () => {
    expect(readTable(bytes('1,2\n3,4\n'), { ...automatic, header: 'no' }).columns).toEqual(['column1', 'column2']);
  });

  it.each([
    ['numbers only', '1,2\n3,4\n', false],
    ['an amount', 'Ada,"1 200,50 kr"\nBob,"80,00 kr"\n', false],
    ['a date', 'Ada,2026-01-31\nBob,2026-02-28\n', false],
    ['an e-mail address', 'Ada,ada@example.com\nBob,\nEve,eve@example.com\n', false],
    ['names over numbers', 'sku,quantity\nA-1,2\n', true],
    ['years over numbers', 'country,2024,2025\nNO,5,6\nSE,7,8\n', true],
    ['a number over words', 'name,1\nAda,x\n', true],
    ['text over text', 'name,city\nAda,Oslo\n', true],
    ['one row alone', '1,2\n', true],
    ['nothing', '', true],
  ])('finds out whether the first row names the columns: %s', (_what, text, expected) => {
    expect(readTable(bytes(text), automatic).columns[0]?.startsWith('column') ?? false).toBe(!expected);
  });

  it.each([[',', 'comma'], [';', 'semicolon'], ['\t', 'tab'], ['|', 'pipe']])('finds %j between the fields', (delimiter) => {
    const text = [['name', 'note'], ['Ada', 'a, b; c'], ['Bob', 'x']].map((row) => row.map((field) => `"${field}"`).join(delimiter)).join('\n');
    expect(readTable(bytes(text), automatic)).toMatchObject({ delimiter, columns: ['name', 'note'] });
  });

  it.each(['windows-1252', 'utf-16le', 'utf-16be'])('finds the encoding %s', (encoding) => {
    const text = 'navn;by\nBjørn Ærlig;Tromsø\nÅse Løken;Ålesund\nPål Sætre;Bodø\n';
    const file = iconv.encode(text, encoding, { addBOM: encoding.startsWith('utf-16') });
    expect({ ...readTable(file, automatic).rows[0] }).toEqual({ navn: 'Bjørn Ærlig', by: 'Tromsø' });
  });

  it('drops the byte order mark that spreadsheets write', () => {
    expect(readTable(bytes('\uFEFFid,name\n1,Ada\n'), automatic).columns).toEqual(['id', 'name']);
  });

  it('keeps every value of repeated, empty and missing column names', () => {
    const { columns, rows } = readTable(bytes('a,a,\n1,2,3,4\n'), automatic);
    expect(columns).toEqual(['a', 'a 2', 'column3', 'column4']);
    expect(Object.values(rows[0] ?? {})).toEqual(['1', '2', '3', '4']);
  });

  it('reads at most so many rows and says that there are more', () => {
    const table = readTable(bytes('n\n1\n2\n3\n'), { ...automatic, maxRows: 2 });
    expect(table.rows).toHaveLength(2);
    expect(table.truncated).toBe(true);
  });

  it('does not let a column named __proto__ touch anything else', () => {
    const { rows } = readTable(bytes('__proto__,x\npolluted,1\n'), automatic);
    expect(Object.keys(rows[0] ?? {})).toEqual(['__proto__', 'x']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('tells the line of a quote that is never closed', () => {
    expect(() => readTable(bytes('a,b\n1,"open\n2,3\n'), { ...automatic, delimiter: 'comma' })).toThrow(/not valid CSV.*line/i);
  });

  it('tells it also while it looks for the delimiter', () => {
    for (const text of ['"a', 'a,"b\n', '"a,b\n1,2\n']) expect(() => readTable(bytes(text), automatic)).toThrow(/not valid CSV.*line/i);
  });

  it('reads back whatever was written', () => {
    const cell = fc.string({ minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), (cells) => {
        const file = bytes(stringify([['first', 'second'], ...cells], { quoted: true }));
        const { rows } = readTable(file, { ...automatic, header: 'yes', delimiter: 'comma', encoding: 'utf-8' });
        expect(rows.map(({ first, second }) => [first, second])).toEqual(cells);
      }),
    );
  });
});
