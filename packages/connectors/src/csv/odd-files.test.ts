import { createTestContext } from '@weft/connector-sdk/conformance';
import type { JsonObject } from '@weft/connector-sdk';
import iconv from 'iconv-lite';
import { describe, expect, it, test } from 'vitest';
import { everyCursorGoesOn, readAll, recordsOf } from '../../test/read-all.ts';
import csv from './index.ts';

const by = { runId: 'run', idempotencyKey: 'key' };

async function over(content: string | Uint8Array, config: JsonObject = {}) {
  const context = createTestContext();
  await context.files.write('a.csv', typeof content === 'string' ? Buffer.from(content) : content, by);
  const full = { file: 'a.csv', header: 'auto', delimiter: 'auto', encoding: 'auto', ...config };
  return {
    whole: async () =>
      (await csv.operations['read']!.run!(context, {}, full)) as { rows: JsonObject[]; columns: string[]; encoding: string; delimiter: string },
    stream: { connector: csv, operation: 'records', context, config: full, batchSize: 100 },
  };
}

/** The rows as both readers give them: they must agree. */
async function both(content: string | Uint8Array, config: JsonObject = {}) {
  const { whole, stream } = await over(content, config);
  const table = await whole();
  expect(recordsOf(await readAll(stream))).toEqual(table.rows);
  return table;
}

const ascii = `id;name;town\r\n${Array.from({ length: 2_600 }, (_, at) => `${at};Customer number ${at};Town\r\n`).join('')}`;
const latin1 = (text: string) => Buffer.from(text, 'latin1');

describe('a file whose letters come late', () => {
  it.each([
    ['windows-1252', '2600;José Pérez;Köln\r\n2601;Müller;Zürich\r\n'],
    ['windows-1250', '2600;Łódź;Gdańsk\r\n2601;Wrocław;Świętokrzyska\r\n'],
    ['windows-1251', '2600;Иван Петров;Москва\r\n'],
    ['utf-8', '2600;José Pérez;Łódź\r\n'],
    ['shift_jis', '2600;日本語テキスト;東京タワー\r\n'],
  ])('is read in %s by both readers', async (encoding, rows) => {
    const content = iconv.encode(ascii + rows, encoding);
    const found = await both(content);
    const last = rows.split('\r\n').at(-2)!.split(';');
    expect([found.encoding, found.rows.at(-1)]).toEqual([encoding, { id: last[0], name: last[1], town: last[2] }]);
    const { stream } = await over(content);
    await everyCursorGoesOn({ ...stream, batchSize: 700 });
  });

  it('is UTF-8 where nearly all of it is, and the row that is not fails alone', async () => {
    const { whole, stream } = await over(Buffer.concat([Buffer.from(`n,name\n${'1,Zoë\n'.repeat(20_000)}`), latin1('2,Zo\xeb\n3,ok\n')]));
    const batches = await readAll({ ...stream, batchSize: 50_000 });
    expect(batches[0]?.records).toHaveLength(20_001);
    expect(batches[0]?.unreadable).toEqual([
      { at: 20_000, record: { n: '2', name: 'Zo\ufffd' }, message: expect.stringMatching(/^Line 20002: a letter is not utf-8/) as string },
    ]);
    await expect(whole()).rejects.toThrow(/Line 20002: a letter is not utf-8/);
  });
});

describe('the encoding', () => {
  it.each([
    ['name;ort\r\nZoë;Köln\r\n', 'windows-1252'],
    ['id;name\r\n1;Åse\r\n', 'windows-1252'],
    ['id;name\r\n1;Città\r\n', 'windows-1252'],
    ['sku;preis\r\nA1;12,50 €\r\n', 'windows-1252'],
    ['id;name\r\n1;Küçük, üçü\r\n', 'windows-1252'],
    ['id,name\n1,Привет\n2,Москва\n', 'windows-1251'],
    ['id,name\n1,東京タワー\n2,大阪\n', 'shift_jis'],
    ['id;name\n1;Müller\n2;Köln\n', 'cp850'],
    ['id,name\n1,Αθήνα\n2,Θεσσαλονίκη\n', 'windows-1253'],
  ])('of %j is found: %s', async (text, encoding) => {
    const { encoding: found, rows } = await both(iconv.encode(text, encoding));
    expect(found).toBe(encoding);
    expect(Object.values(rows[0]!).at(-1)).toBe(text.split(/[\r\n]+/)[1]!.slice(text.split(/[\r\n]+/)[1]!.search(/[;,]/) + 1));
  });

  it.each(['shift_jis', 'euc-jp', 'gb18030', 'big5', 'euc-kr'])('%s is read byte for byte when it is chosen', async (encoding) => {
    const text = `id,name\n${Array.from({ length: 9_000 }, (_, at) => `${at},"中,${at}"\n`).join('')}`;
    const { stream } = await over(iconv.encode(text, encoding), { encoding, delimiter: 'comma' });
    expect(recordsOf(await readAll(stream)).at(-1)).toEqual({ id: '8999', name: '中,8999' });
    await everyCursorGoesOn({ ...stream, batchSize: 2_500 });
  });

  it('UTF-8 that was chosen and is none never becomes another letter in silence', async () => {
    const { whole, stream } = await over(latin1('name;ort\r\nZo\xeb;K\xf6ln\r\nAda;Oslo\r\n'), { encoding: 'utf-8' });
    await expect(whole()).rejects.toThrow("Line 2: a letter is not utf-8. Choose the file's encoding, or mend that line.");
    expect(await readAll(stream)).toMatchObject([{ records: [{ name: 'Ada', ort: 'Oslo' }], unreadable: [{ at: 0 }] }]);
  });

  it('of a byte order mark holds, whatever was chosen', async () => {
    const text = 'id\tname\r\n1\tÄnne\r\n';
    for (const encoding of ['auto', 'utf-8', 'utf-16le', 'windows-1252']) {
      expect((await both(iconv.encode(text, 'utf-16le', { addBOM: true }), { encoding })).rows).toEqual([{ id: '1', name: 'Änne' }]);
    }
  });

  it.each(['utf-16le', 'utf-16be'])('%s is found without a mark, and read when it is chosen, in large files too', async (encoding) => {
    const row = encoding === 'utf-16be' ? 'ગુજરાતી\u0a0a' : 'Änne';
    const text = `id\tname\r\n${Array.from({ length: 9_000 }, (_, at) => `${at}\t${row}\r\n`).join('')}`;
    for (const chosen of ['auto', encoding]) {
      for (const addBOM of [true, false]) {
        const { rows } = await both(iconv.encode(text, encoding, { addBOM }), { encoding: chosen });
        expect([rows.length, rows[0], rows.at(-1)]).toEqual([9_000, { id: '0', name: row }, { id: '8999', name: row }]);
      }
    }
  });

  it('of another choice is refused where the bytes are those of UTF-16', async () => {
    const { whole } = await over(iconv.encode('id,name\r\n1,Ann\r\n', 'utf-16le'), { encoding: 'utf-8' });
    await expect(whole()).rejects.toThrow('This file is not utf-8: its bytes are those of UTF-16. Choose “Find out”, or utf-16le.');
  });
});

describe('the delimiter', () => {
  const lines = (at: number) =>
    Array.from({ length: 140 }, (_, line) => `Line ${line} of ticket ${at}, with a comma, and some more words to fill it`).join('\n');
  it.each([';', ','])('%s is found over long texts of many lines', async (delimiter) => {
    const tickets = ['id', 'subject', 'body'].join(delimiter) + '\n' + Array
      .from({ length: 12 }, (_, at) => [at, `Subject ${at}`, `"${lines(at)}"`].join(delimiter) + '\n')
      .join('');
    const { rows } = await both(tickets);
    expect([rows.length, rows[11]]).toEqual([12, { id: '11', subject: 'Subject 11', body: lines(11) }]);
  });

  it('is found where a file is larger than what is looked at, whatever its rows are', async () => {
    const products =
      `sku,name,html\n${Array.from({ length: 120 }, (_, at) => `P${at},Product; ${at},"<p>${'Soft, warm; and ""good"". '.repeat(52)}</p>"\n`).join('')}`;
    expect((await both(products)).rows).toHaveLength(120);
    const { rows } = await both(`id;text\n1;"${'x'.repeat(70_000)}"\n2;"y"\n`);
    expect(rows.map(({ id }) => id)).toEqual(['1', '2']);
  });

  it('of a line sep= is taken, and the line is no row', async () => {
    expect((await both('\ufeffsep=;\r\nid;name\r\n1;Ann\r\n')).rows).toEqual([{ id: '1', name: 'Ann' }]);
    expect(await both('"sep=^"\nid^name\n1^Ann\n')).toMatchObject({ delimiter: '^', rows: [{ id: '1', name: 'Ann' }] });
    expect((await both('sep=,\nid;name\n1;Ann\n', { delimiter: 'semicolon' })).rows).toEqual([{ id: '1', name: 'Ann' }]);
    const { stream } = await over(iconv.encode('sep=;\r\nid;name\r\n1;Änne\r\n2;Bö\r\n', 'utf-16le', { addBOM: true }));
    await everyCursorGoesOn({ ...stream, batchSize: 1 });
  });
});

describe('line ends', () => {
  it.each([
    ['id,name\r\n1,Ann\n2,Ben\r\n3,Cy\n', ['Ann', 'Ben', 'Cy']],
    ['id,name\n1,Ann\r\n2,Ben\r\n', ['Ann', 'Ben']],
    ['id,name\r1,Ann\r2,Ben\r', ['Ann', 'Ben']],
    ['id,name\r\r\n1,Ann\r\r\n', ['Ann']],
    ['id,name\r1,"Ann\rKim"\r2,Ben', ['Ann\rKim', 'Ben']],
    ['id,name\n1,"x"\r\n', ['x']],
  ])('of %j are no part of the values', async (text, names) => {
    expect((await both(text)).rows.map(({ name }) => name)).toEqual(names);
  });

  it('of old Macs are found in large files', async () => {
    const { rows } = await both(`id,name\r${Array.from({ length: 30_000 }, (_, at) => `${at},Ann\r`).join('')}`);
    expect([rows.length, rows.at(-1)]).toEqual([30_000, { id: '29999', name: 'Ann' }]);
    const { stream } = await over(`id,name\r${Array.from({ length: 30_000 }, (_, at) => `${at},Ann\r`).join('')}`);
    await everyCursorGoesOn({ ...stream, batchSize: 9_000 });
  });
});

describe('a quote', () => {
  it('inside a field that does not begin with one is read as written', async () => {
    const { rows } = await both('sku,description,qty\nM24,Monitor 24" wide,3\nTV,TV 55" "OLED",1\nOK,fine,2\n');
    expect(rows.map(({ description }) => description)).toEqual(['Monitor 24" wide', 'TV 55" "OLED"', 'fine']);
  });

  it('that breaks a row costs that row and no other', async () => {
    const text = `n,text,q\n${Array.from({ length: 5_000 }, (_, at) => (at === 4_800 ? `${at},"OLED" TV,1\n` : `${at},fine,1\n`)).join('')}`;
    const { whole, stream } = await over(text);
    const batches = await readAll({ ...stream, batchSize: 500 });
    expect(recordsOf(batches)).toHaveLength(4_999);
    expect(batches.flatMap(({ unreadable = [] }) => unreadable)).toEqual([
      { at: 300, record: '4800,"OLED" TV,1', message: 'Line 4802: there is text behind a closing quote. Mend that line, or choose another delimiter.' },
    ]);
    await expect(whole()).rejects.toThrow('This file cannot be read as a table. Line 4802: there is text behind a closing quote.');
    await everyCursorGoesOn({ ...stream, batchSize: 500 });
  });

  it('that is never closed costs its line, also where megabytes come behind', async () => {
    const { stream } = await over(`n,text\n1,"open\n${'2,fine\n'.repeat(1_300_000)}`);
    const batches = await readAll({ ...stream, batchSize: 100_000 });
    expect(recordsOf(batches)).toHaveLength(1_300_000);
    expect(batches[0]?.unreadable).toEqual([
      { at: 0, record: '1,"open', message: expect.stringMatching(/^Line 2: a quote is opened and never closed/) as string },
    ]);
  });

  it('that breaks the names of the columns is said at once', async () => {
    await expect(both('"a"b,c\n1,2\n', { header: 'yes' })).rejects.toThrow(
      'The columns of this file have no names that can be read. Line 1: there is text behind a closing quote.',
    );
  });
});

describe('the columns of a file as fields', () => {
  const required = async (content: string, operation: string) => {
    const { stream } = await over(content);
    const schema = await csv.operations[operation]!.schemas!['columns']!(stream.context, { config: { file: 'a.csv' } });
    // A list of rows, or the row itself.
    const rows = schema.properties?.['rows'];
    return (rows ? (rows.items as { required?: string[] }) : schema).required;
  };

  it.each(['read', 'records'])('are always there but where rows are short: %s', async (operation) => {
    expect(await required('id,name,note\n1,Ann,x\n2,Ben,\n', operation)).toEqual(['id', 'name', 'note']);
    expect(await required('id,name,note\n1,Ann,x\n2,Ben\n', operation)).toEqual(['id', 'name']);
    expect(await required('id,name\n1,Ann,x\n', operation)).toEqual(['id', 'name']);
    expect(await required('id,name\n', operation)).toEqual(['id', 'name']);
  });
});

describe('what was found when the file was chosen', () => {
  const foundIn = async (content: string | Uint8Array, config: JsonObject = {}) => {
    const { stream } = await over(content);
    const schema = await csv.operations['read']!.schemas!['found']!(stream.context, { config: { file: 'a.csv', ...config } });
    return schema.default as JsonObject;
  };

  it('is what a run finds, and stands in the form', async () => {
    expect(await foundIn(iconv.encode('id;name\r\n1;Łódź\r\n', 'windows-1250'))).toEqual({
      file: 'a.csv',
      header: 'yes',
      delimiter: 'semicolon',
      encoding: 'windows-1250',
      columns: 2,
    });
    expect(await foundIn('sep=^\n1^2\n3^4\n')).toEqual({ file: 'a.csv', header: 'no', delimiter: '^', encoding: 'utf-8', columns: 2 });
    expect(await foundIn('id,name\n', { header: 'no' })).toMatchObject({ header: 'no' });
    const late = Buffer.concat([Buffer.from(ascii), iconv.encode('1;Łódź;Gdańsk\r\n', 'windows-1250')]);
    expect(await foundIn(late)).toMatchObject({ encoding: 'windows-1250' });
  });

  it('keeps the columns of a flow as they are, whatever the data are', async () => {
    const first = 'Boot,4\nSandal,7\n';
    const found = await foundIn(first);
    expect(found).toMatchObject({ header: 'no' });
    for (const later of [first, 'Boot,n/a\nSandal,-\n', 'Boot,4\n']) {
      expect((await both(later, { found })).columns).toEqual(['column1', 'column2']);
    }
    expect((await both('Boot,n/a\nSandal,-\n')).columns).toEqual(['Boot', 'n/a']);
  });

  it('gives way to a mark, to UTF-8, to sep= and to what a person chooses, which are no guesses', async () => {
    const found = { file: 'a.csv', header: 'yes', delimiter: 'semicolon', encoding: 'windows-1250' };
    expect((await both('n;x\n1;Łódź\n', { found })).rows).toEqual([{ n: '1', x: 'Łódź' }]);
    expect((await both('\ufeffsep=,\nn,x\n1,Ö\n', { found })).rows).toEqual([{ n: '1', x: 'Ö' }]);
    expect((await both('n,x\n1,2\n', { found, delimiter: 'comma' })).rows).toEqual([{ n: '1', x: '2' }]);
    expect((await both(iconv.encode('n;x\n1;Gdańsk\n', 'windows-1250'), { found })).rows).toEqual([{ n: '1', x: 'Gdańsk' }]);
  });

  it('is told from a file that came with another delimiter, which would be read as one column', async () => {
    const found = await foundIn('id;name\n1;Ann\n');
    const path = ['config', 'delimiter'];
    const refused = { path, message: expect.stringContaining('“,” stands between its fields where “;” did') };
    await expect(both('id,name\n2,Ben\n', { found })).rejects.toMatchObject(refused);
    await expect(readAll((await over('id,name\n2,Ben\n', { found })).stream)).rejects.toMatchObject(refused);
    await expect(both('id,name\n2,Ben; Jr.\n', { found })).rejects.toMatchObject(refused);
    // Fewer columns, one of them, or none are no other delimiter, and a person may say what it is.
    for (const same of ['id;name\n', 'id\n2\n', '', 'id;name,x\n2;a,b\n']) await both(same, { found });
    expect((await both('id,name\n2,Ben\n', { found, delimiter: 'comma' })).rows).toEqual([{ id: '2', name: 'Ben' }]);
    const oneColumn = await foundIn('remark\nwell\n');
    expect((await both('remark\na;b\nc;d\n', { found: oneColumn })).columns).toEqual(['remark']);
  });

  it('was not written down by earlier builds: such a step finds out by the file, as it did', async () => {
    const old = { header: 'auto', delimiter: 'auto', encoding: 'auto' };
    expect((await both('id;name\n1;Ann\n', old)).rows).toEqual([{ id: '1', name: 'Ann' }]);
    expect((await both('id,name\n1,Ann\n', old)).rows).toEqual([{ id: '1', name: 'Ann' }]);
    // The first that wrote it down did not say how many columns there were: then all rows have to.
    const first = { file: 'a.csv', header: 'yes', delimiter: 'semicolon', encoding: 'utf-8' };
    await expect(both('id,name\n1,Ann\n', { found: first })).rejects.toMatchObject({ path: ['config', 'delimiter'] });
    expect((await both('remark\nwell, well\n', { found: first })).columns).toEqual(['remark']);
  });

  it('says nothing about another file', async () => {
    expect(
      (await both('1,2\n3,4\n', { found: { file: 'b.csv', header: 'yes', delimiter: 'semicolon', encoding: 'utf-8' } })).columns,
    ).toEqual(['column1', 'column2']);
  });
});

describe('a table that begins further down', () => {
  const bank =
    'Konto;DE02120300000000202051\r\nZeitraum:;"01.02.2026 -\r\n28.02.2026"\r\n\r\nBuchungstag;Empfänger;Zweck;Betrag;\r\n02.02.2026;Müller & Söhne;"Rechnung 42; Skonto";-1.234,56;\r\n03.02.2026;Bäcker;Brot;-3,20;\r\n';
  const report = '# ---\n# All data\n# 20260201-20260228\n\nSource,Users,Bounce Rate,Revenue\ngoogle,"12,345",45.30%,"$1,000.00"\n(direct),7,0.00%,$0.00\n';
  const aboveIn = async (content: string | Uint8Array, config: JsonObject = {}) => {
    const { stream } = await over(content);
    const schema = await csv.operations['read']!.schemas!['found']!(stream.context, { config: { file: 'a.csv', ...config } });
    return (schema.default as JsonObject)['above'] ?? 0;
  };

  it.each([';', ',', '\t', '|'])('is not looked for in the lines of long texts, where the fields are divided by %j', async (delimiter) => {
    const lines = Array.from({ length: 40 }, (_, at) => `Line ${at}, of a text, with commas; and; more | of | them\tand\ttabs`).join('\n');
    const rows = Array.from({ length: 12 }, (_, at) => [at, `Subject ${at}`, `"${lines}"`].join(delimiter));
    expect(await aboveIn([['id', 'subject', 'body'].join(delimiter), ...rows].join('\n'))).toBe(0);
    const shorter = rows.map((row) => row.slice(row.indexOf(delimiter) + 1));
    expect(await aboveIn([['subject', 'body'].join(delimiter), ...shorter].join('\n'))).toBe(0);
  });

  it.each([
    ['a bank statement', latin1(bank), 4, ['Buchungstag', 'Empfänger', 'Zweck', 'Betrag', 'column5'], 'Bäcker'],
    ['the same in UTF-8 behind a mark', `\ufeff${bank}`, 4, ['Buchungstag', 'Empfänger', 'Zweck', 'Betrag', 'column5'], 'Bäcker'],
    ['a report with remarks', report, 4, ['Source', 'Users', 'Bounce Rate', 'Revenue'], '7'],
    ['a report behind sep=', `sep=,\n${report}`, 4, ['Source', 'Users', 'Bounce Rate', 'Revenue'], '7'],
  ])('is found at set-up, and both readers begin there: %s', async (_what, content, lines, columns, cell) => {
    expect(await aboveIn(content)).toBe(lines);
    const {
      delimiter,
      header,
      encoding,
      ...found
    } = (await csv.operations['read']!.schemas!['found']!((await over(content)).stream.context, { config: { file: 'a.csv' } })).default as JsonObject;
    const table = await both(content, { found: { ...found, delimiter, header, encoding } as JsonObject });
    expect(table.columns).toEqual(columns);
    expect(Object.values(table.rows.at(-1) ?? {})).toContain(cell);
    expect(table.rows).toHaveLength(2);
    await everyCursorGoesOn((await over(content, { above: lines })).stream);
  });

  it.each([
    ['a table whose header has a name less', 'a,b,c\n1,2,3,\n4,5,6,\n7,8,9,\n'],
    ['two columns', 'Name\na,1\nb,2\nc,3\n'],
    ['rows of all widths', 'a\nb,c\nd,e,f\ng\nh,i\nj,k,l\n'],
    ['nothing', ''],
    ['one line', 'a;b;c'],
  ])('is not made up: %s', async (_what, content) => {
    expect(await aboveIn(content)).toBe(0);
  });

  it('is where a person says, also further down than a file is long', async () => {
    expect((await both('x\n\na,b\n1,2\n', { above: 2 })).rows).toEqual([{ a: '1', b: '2' }]);
    expect((await both(report, { above: 0 })).rows[2]).toMatchObject({ column2: 'Users' });
    expect((await both('a,b\n1,2\n', { above: 9 })).rows).toEqual([]);
  });

  it('is the whole file for a flow that was set up before this was looked for', async () => {
    expect((await both(report, { found: { file: 'a.csv', header: 'yes', delimiter: 'comma', encoding: 'utf-8' } })).columns[0]).toBe('# ---');
  });
});

test('a zero byte that came in by mistake makes no file UTF-16', async () => {
  expect((await both('a,b\n1,x\0y\n2,z\n ')).rows[0]).toEqual({ a: '1', b: 'x\0y' });
  expect((await both('a,b\n1,x\0y\n')).rows).toEqual([{ a: '1', b: 'x\0y' }]);
  expect((await both(Buffer.from('a,日本\n1,語\n', 'utf16le'))).rows).toEqual([{ a: '1', 日本: '語' }]);
});

test.each([
  ['PK\x03\x04\x14\0\x06\0\b\0\0\0!\0[Content_Types].xml', /Excel workbook.*save the sheet as CSV/],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', /old kind/],
  ['<html><table><tr><td>id</td><td>A, B</td></tr></table></html>', /web page/],
  ['\n<!DOCTYPE html>\n<p>', /web page/],
  ['%PDF-1.4\n%\xe2\xe3', /PDF/],
  ['\x1f\x8b\b\0\0\0\0\0\0\x03KT\xd2\xe2', /Unpack it/],
  ['\x89PNG\r\n\x1a\n', /picture/],
  ['SQLite format 3\0', /database/],
])('a file that is only called .csv is told, not read as nothing: %j', async (begin, sentence) => {
  const { whole, stream } = await over(latin1(begin + '\0'.repeat(100)));
  await expect(whole()).rejects.toThrow(sentence);
  await expect(readAll(stream)).rejects.toThrow(sentence);
});
