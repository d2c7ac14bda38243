import fc from 'fast-check';
import iconv from 'iconv-lite';
import { stringify } from 'csv-stringify/sync';
import { describe, expect, it } from 'vitest';
import { fileOf } from '../../test/file-of.ts';
import { readTable, type TableOptions } from './table.ts';

const automatic: TableOptions = { header: 'auto', delimiter: 'auto', encoding: 'auto', maxRows: 100 };
const table = (content: string | Uint8Array, options: Partial<TableOptions> = {}) => readTable(fileOf(content), { ...automatic, ...options });

describe('reading a CSV file', () => {
  it('names the fields after the first row', async () => {
    expect(await table('name,city\nAda,Oslo\nBob,Bergen\n')).toMatchObject({
      columns: ['name', 'city'],
      rows: [{ name: 'Ada', city: 'Oslo' }, { name: 'Bob', city: 'Bergen' }],
    });
  });

  it('numbers the columns when there is no header', async () => {
    expect((await table('1,2\n3,4\n', { header: 'no' })).columns).toEqual(['column1', 'column2']);
  });

  it.each([
    ['numbers only', '1,2\n3,4\n', false],
    ['an amount', 'Ada,"1 200,50 kr"\nBob,"80,00 kr"\n', false],
    ['a date', 'Ada,2026-01-31\nBob,2026-02-28\n', false],
    ['an e-mail address', 'Ada,ada@example.com\nBob,\nEve,eve@example.com\n', false],
    ['a number', 'Boot,4\nSandal,7\n', false],
    ['names over numbers', 'sku,quantity\nA-1,2\n', true],
    ['years over numbers', 'country,2024,2025\nNO,5,6\nSE,7,8\n', true],
    ['sizes over numbers', 'article,36,37,38\nBoot,4,0,2\nSandal,1,7,3\n', true],
    ['two sizes over numbers', 'article,36,37\nBoot,4,0\n', true],
    ['the same with other data', 'article,36,37\nBoot,4,0\nSandal,n/a,-\n', true],
    ['days over numbers', 'employee,1,2,3,4\nAnn,8,8,8,4\nBen,8,8,0,4\n', true],
    ['dates over numbers', 'region,01.01.2026,01.02.2026\nNorth,5,6\nSouth,7,8\n', true],
    ['months over numbers', 'region,2026-01-01,2026-02-01\nNorth,5,6\n', true],
    ['a number over words', 'name,1\nAda,x\n', true],
    ['text over text', 'name,city\nAda,Oslo\n', true],
    ['one row alone', '1,2\n', true],
    ['nothing', '', true],
  ])('finds out whether the first row names the columns: %s', async (_what, text, expected) => {
    expect((await table(text)).columns[0]?.startsWith('column') ?? false).toBe(!expected);
  });

  it.each([[',', 'comma'], [';', 'semicolon'], ['\t', 'tab'], ['|', 'pipe']])('finds %j between the fields', async (delimiter) => {
    const text = [['name', 'note'], ['Ada', 'a, b; c'], ['Bob', 'x']].map((row) => row.map((field) => `"${field}"`).join(delimiter)).join('\n');
    expect(await table(text)).toMatchObject({ delimiter, columns: ['name', 'note'] });
  });

  it('does not take the commas of numbers for those between fields', async () => {
    expect(await table('1,50;2,75\n3,25;4,00\n')).toMatchObject({ delimiter: ';', rows: [{ column1: '1,50', column2: '2,75' }, { column1: '3,25' }] });
    expect(await table('1,50\n3,25\n')).toMatchObject({ delimiter: ',' });
  });

  it.each(['windows-1252', 'utf-16le', 'utf-16be'])('finds the encoding %s', async (encoding) => {
    const text = 'navn;by\nBjørn Ærlig;Tromsø\nÅse Løken;Ålesund\nPål Sætre;Bodø\n';
    const file = iconv.encode(text, encoding, { addBOM: encoding.startsWith('utf-16') });
    expect((await table(file)).rows[0]).toEqual({ navn: 'Bjørn Ærlig', by: 'Tromsø' });
  });

  it('drops the byte order mark that spreadsheets write', async () => {
    expect((await table('\uFEFFid,name\n1,Ada\n')).columns).toEqual(['id', 'name']);
  });

  it('keeps every value of repeated, empty and missing column names, and gives no invented name that the file has', async () => {
    const { columns, rows } = await table('a,a,\n1,2,3,4\n');
    expect(columns).toEqual(['a', 'a 2', 'column3', 'column4']);
    expect(Object.values(rows[0] ?? {})).toEqual(['1', '2', '3', '4']);
    expect(await table('id,name,name,name 2,,Name\n1,a,b,c,d,e\n')).toMatchObject({
      rows: [{ id: '1', name: 'a', 'name 3': 'b', 'name 2': 'c', column5: 'd', Name: 'e' }],
    });
    expect(await table(',column1,column4\na,b,c,d\n', { header: 'yes' })).toMatchObject({
      rows: [{ 'column1 2': 'a', column1: 'b', column4: 'c', 'column4 2': 'd' }],
    });
  });

  it('reads at most so many rows and says that there are more', async () => {
    const found = await table('n\n1\n2\n3\n', { maxRows: 2 });
    expect(found.rows).toHaveLength(2);
    expect(found.truncated).toBe(true);
  });

  it('does not let a column named __proto__ touch anything else', async () => {
    const { rows } = await table('__proto__,x\npolluted,1\n');
    expect(Object.keys(rows[0] ?? {})).toEqual(['__proto__', 'x']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('tells the line of a row that cannot be read', async () => {
    await expect(table('a,b\n1,"open\n2,3\n', { delimiter: 'comma' })).rejects.toThrow(
      'This file cannot be read as a table. Line 2: a quote is opened and never closed. Mend that line',
    );
    await expect(table('a,b\n1,"x" y\n', { delimiter: 'comma' })).rejects.toThrow('Line 2: there is text behind a closing quote.');
    for (const text of ['"a', 'a,"b\n', '"a,b\n1,2\n']) await expect(table(text)).rejects.toThrow(/Line 1: a quote is opened and never closed/);
  });

  it('reads back whatever was written', async () => {
    const cell = fc.string({ minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), async (cells) => {
        const { rows } = await table(stringify([['first', 'second'], ...cells], { quoted: true }), { header: 'yes', delimiter: 'comma', encoding: 'utf-8' });
        expect(rows.map(({ first, second }) => [first, second])).toEqual(cells);
      }),
    );
  });
});
