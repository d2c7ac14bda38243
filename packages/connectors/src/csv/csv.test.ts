import { createTestContext, describeConnector } from '@weft/connector-sdk/conformance';
import { describe, expect, it } from 'vitest';
import csv from './index.ts';

describeConnector(csv);

const run = (operation: string, context: ReturnType<typeof createTestContext>, input: object, config: object) => {
  const handler = csv.operations[operation]?.run;
  if (!handler) throw new Error(`There is no operation ${operation}`);
  return handler(context, input as never, config as never);
};
const writing = { delimiter: 'comma', writtenFor: 'any', spreadsheetSafe: false };
const reading = { header: 'auto', delimiter: 'auto', encoding: 'auto' };

describe('CSV files', () => {
  it('has at most as many columns as a spreadsheet: a file with more says so, with what to do', async () => {
    const context = createTestContext();
    const by = { runId: 'run_1', idempotencyKey: 'k' };
    await context.files.write('wide.csv', new TextEncoder().encode(`${'a,'.repeat(20_000)}\n1,2\n`), by);
    await expect(run('read', context, {}, { ...reading, file: 'wide.csv' })).rejects.toMatchObject({
      path: ['config', 'delimiter'],
      message: expect.stringContaining('at most 16384') as string,
    });
  });

  it('writes a list and reads it back', async () => {
    const context = createTestContext();
    await run(
      'write',
      context,
      { rows: [{ name: 'Ada, "the first"', email: null }, { email: 'b@x', name: 'Bob' }] },
      { ...writing, file: 'a.csv', columns: ['name', 'email'] },
    );
    await expect(run('read', context, {}, { ...reading, file: 'a.csv' })).resolves.toMatchObject({
      rows: [{ name: 'Ada, "the first"', email: '' }, { name: 'Bob', email: 'b@x' }],
      columns: ['name', 'email'],
      count: 2,
    });
  });

  it('adds rows under one header, and each only once when a step is tried again', async () => {
    const context = createTestContext();
    const config = { ...writing, file: 'b.csv', columns: ['n'] };
    for (const idempotencyKey of ['first', 'second', 'second']) await run('add-row', { ...context, idempotencyKey }, { row: { n: idempotencyKey } }, config);
    const text = new TextDecoder().decode(await context.files.read('b.csv'));
    expect(text).toBe('n\nfirst\nsecond\n');
  });

  it('keeps the columns in place when a row lacks one', async () => {
    const context = createTestContext();
    const config = { ...writing, file: 'c.csv', columns: ['a', 'b'] };
    await run('add-row', { ...context, idempotencyKey: '1' }, { row: { b: 'only b' } }, config);
    expect(new TextDecoder().decode(await context.files.read('c.csv'))).toBe('a,b\n,only b\n');
  });

  it('defuses formulas when asked to, and leaves numbers alone', async () => {
    const context = createTestContext();
    const values = [
      -5.5,
      '-12.30',
      '-1e-7',
      '+5',
      '=1+2',
      '=HYPERLINK("http://evil")',
      '@SUM(1)',
      '\t=1',
      '\n=1',
      ' =1',
      '-2+3+A1',
      '+49 30 1234',
      '＝1',
      'a=b',
      null,
    ];
    await run('write', context, { rows: values.map((a) => ({ a })) }, { ...writing, spreadsheetSafe: true, file: 'd.csv', columns: ['a'] });
    const { rows } = (await run('read', context, {}, { ...reading, header: 'yes', file: 'd.csv' })) as { rows: { a: string }[] };
    expect(rows.map(({ a }) => a)).toEqual([
      '-5.5',
      '-12.30',
      '-1e-7',
      '+5',
      "'=1+2",
      `'=HYPERLINK("http://evil")`,
      "'@SUM(1)",
      "'\t=1",
      "'\n=1",
      "' =1",
      "'-2+3+A1",
      "'+49 30 1234",
      "'＝1",
      'a=b',
      '',
    ]);
  });

  it('writes for Excel with a mark, or in UTF-16 with a line that names the delimiter, also row by row', async () => {
    for (const [writtenFor, first, encoding] of [['excel', [0xef, 0xbb, 0xbf], 'utf-8'], ['excel-anywhere', [0xff, 0xfe], 'utf-16le']] as const) {
      const context = createTestContext();
      const config = { ...writing, writtenFor, delimiter: 'semicolon', file: 'f.csv', columns: ['name', 'town'] };
      for (const idempotencyKey of ['1', '2']) await run('add-row', { ...context, idempotencyKey }, { row: { name: 'Änne; ü', town: 'Łódź' } }, config);
      const bytes = await context.files.read('f.csv');
      expect([...bytes.subarray(0, first.length)]).toEqual(first);
      const row = { name: 'Änne; ü', town: 'Łódź' };
      await expect(run('read', context, {}, { ...reading, file: 'f.csv' })).resolves.toMatchObject({ rows: [row, row], encoding, delimiter: ';' });
    }
  });

  it('reads back cells with line ends of every kind, and lone empty cells', async () => {
    const context = createTestContext();
    const rows = [{ a: 'one\rtwo' }, { a: null }, { a: 'one\r\ntwo' }, { a: '' }, { a: ' x ' }];
    await run('write', context, { rows }, { ...writing, file: 'g.csv', columns: ['a'] });
    await expect(run('read', context, {}, { ...reading, header: 'yes', file: 'g.csv' })).resolves.toMatchObject({
      rows: [{ a: 'one\rtwo' }, { a: '' }, { a: 'one\r\ntwo' }, { a: '' }, { a: ' x ' }],
    });
  });

  it('says which file is missing', async () => {
    await expect(run('read', createTestContext(), {}, { ...reading, file: 'none.csv' })).rejects.toThrow(/no file "none.csv"/);
  });

  it('stays inside the folder of the workspace', async () => {
    await expect(run('read', createTestContext(), {}, { ...reading, file: '../../etc/passwd' })).rejects.toThrow(/not a file name/);
  });

  it('offers the files and the columns that are there', async () => {
    const context = createTestContext();
    await run('write', context, { rows: [{ name: 'Ada' }] }, { ...writing, file: 'e.csv', columns: ['name'] });
    await expect(csv.operations['read']?.options?.['files']?.(context, { config: {} })).resolves.toEqual([{ value: 'e.csv', title: 'e.csv' }]);
    const schema = await csv.operations['read']?.schemas?.['columns']?.(context, { config: { file: 'e.csv' } });
    expect(schema).toMatchObject({ properties: { rows: { items: { properties: { name: { type: 'string' } } } } } });
  });
});
