import { createTestContext } from '@weft/connector-sdk/conformance';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { everyCursorGoesOn, readAll, recordsOf } from '../../test/read-all.ts';
import csv from './index.ts';

const auto = { file: 'a.csv', header: 'auto', delimiter: 'auto', encoding: 'auto' };
const by = { runId: 'run', idempotencyKey: 'key' };

async function over(text: string | Uint8Array, config: object = {}) {
  const context = createTestContext();
  await context.files.write('a.csv', typeof text === 'string' ? Buffer.from(text) : text, by);
  return { connector: csv, operation: 'records', context, config: { ...auto, ...config }, batchSize: 2 };
}
const rows = async (text: string | Uint8Array, config: object = {}) => recordsOf(await readAll(await over(text, config)));

describe('the rows of a CSV file', () => {
  it('come in batches, and every cursor goes on behind its batch', async () => {
    const options = await over('n,name\n1,Ada\n2,"Alan, ""the"" one"\n3,"two\nlines"\n4,Öst\n5,x');
    const batches = await readAll(options);
    expect(batches.map(({ records }) => records.length)).toEqual([2, 2, 1]);
    expect(recordsOf(batches)[2]).toEqual({ n: '3', name: 'two\nlines' });
    expect(batches.at(-1)?.amount).toEqual({ unit: 'bytes', done: 59, total: 59 });
    await everyCursorGoesOn(options);
  });

  it('are nothing in an empty file, and in one with its header only', async () => {
    expect(await rows('')).toEqual([]);
    expect(await rows('n,name')).toEqual([]);
    expect(await rows('n,name\n')).toEqual([]);
  });

  it('are the same with a byte order mark, and without a line end at the end', async () => {
    expect(await rows('\ufeffn,name\n1,Ada')).toEqual([{ n: '1', name: 'Ada' }]);
    await everyCursorGoesOn(await over('\ufeffn,name\n1,Ada\n2,Ö\n3,b\n4,c\n5,d'));
  });

  it('lack what is not there, and keep what is too much', async () => {
    expect(await rows('a,b\n1\n1,2,3\n')).toEqual([{ a: '1' }, { a: '1', b: '2', column3: '3' }]);
  });

  it('keep a column called __proto__ as a column', async () => {
    const [row] = await rows('__proto__,b\nx,y\n');
    expect(Object.keys(row as object)).toEqual(['__proto__', 'b']);
    expect(({} as Record<string, unknown>)['b']).toBeUndefined();
  });

  it.each(['utf-16le', 'utf-16be', 'windows-1252'])('are read in %s, byte for byte', async (encoding) => {
    const text = 'n;navn\r\n1;Blåbær\r\n2;Ærlig\r\n3;Øst\r\n';
    const options = await over(iconv.encode(text, encoding, { addBOM: encoding !== 'windows-1252' }), { encoding });
    expect(recordsOf(await readAll(options))).toEqual([{ n: '1', navn: 'Blåbær' }, { n: '2', navn: 'Ærlig' }, { n: '3', navn: 'Øst' }]);
    await everyCursorGoesOn(options);
  });

  it('are refused with a sentence where a row is 10 MB long', async () => {
    await expect(rows(`a,b\n1,"${'x'.repeat(10 << 20)}\n`)).rejects.toThrow(/line 2 is longer than 8 MB\. Is a quote not closed/);
    await expect(rows(`a,b\n${'x'.repeat(10 << 20)}`)).rejects.toThrow(/longer than 8 MB/);
    await expect(rows('x'.repeat(10 << 20))).rejects.toThrow(/longer than 8 MB/);
  });

  it('that have bytes of no letter are told apart, and the others come', async () => {
    const [batch] = await readAll({
      ...(await over(Buffer.from('n,name\n1,Zo\xeb\n2,Zo\xc3\xab\n3,\xff\n4,ok\n', 'latin1'), { encoding: 'utf-8' })),
      batchSize: 9,
    });
    expect(batch).toMatchObject({
      records: [{ n: '2', name: 'Zoë' }, { n: '4', name: 'ok' }],
      unreadable: [
        { at: 0, record: { n: '1', name: 'Zo\ufffd' }, message: "Line 2: a letter is not utf-8. Choose the file's encoding, or mend that line." },
        { at: 2, record: { n: '3', name: '\ufffd' }, message: expect.stringMatching(/^Line 4/) as string },
      ],
    });
  });

  it('are not gone on with in a file that has changed meanwhile', async () => {
    const options = await over('n\n1\n2\n3\n');
    const [first] = await readAll(options);
    await options.context.files.write('a.csv', Buffer.from('n\n9\n9\n9\n9\n'), by);
    await expect(readAll({ ...options, cursor: first?.cursor })).rejects.toThrow(/was changed while it was being read/);
  });

  it('are what was written, whatever it was, and can be gone on with anywhere', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'Ö', '🙂', ',', '"', '\n', '\r\n', ' ') });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 12 }), async (table) => {
        const options = await over(stringify([['a', 'b', 'c'], ...table], { quoted_match: /[\r\n]/ }), {
          header: 'yes',
          delimiter: 'comma',
          encoding: 'utf-8',
        });
        expect(recordsOf(await readAll(options))).toEqual(table.map(([a, b, c]) => ({ a, b, c })));
        await everyCursorGoesOn(options);
      }),
      { numRuns: 60 },
    );
  });

  it('are more than a chunk of the disk', async () => {
    const text = `n,text\n${Array.from({ length: 50_000 }, (_, at) => `${at},"row, ${at}"`).join('\n')}\n`;
    const found = recordsOf(await readAll({ ...(await over(text)), batchSize: 500 }));
    expect(found).toHaveLength(50_000);
    expect(found.at(-1)).toEqual({ n: '49999', text: 'row, 49999' });
  });
});

describe('adding rows to a CSV file in batches', () => {
  const config = { file: 'out.csv', columns: ['n'], delimiter: 'comma' as const, writtenFor: 'any' as const, spreadsheetSafe: false };
  const write = csv.operations['add-row']?.write;
  const options = (state?: number, adds = false) => ({ keyOf: String, adds, state });
  const batch = (...numbers: number[]) => numbers.map((n) => ({ row: { n } }));

  it('begins the file anew, goes on at its state, and cuts what was not committed', async () => {
    const context = createTestContext();
    const text = async () => Buffer.from(await context.files.read('out.csv')).toString();
    const first = await write!(context, batch(1, 2), config, options());
    await write!(context, batch(3), config, options(Number(first.state)));
    expect(await text()).toBe('n\n1\n2\n3\n');
    await write!(context, batch(4), config, options(Number(first.state)));
    expect(await text()).toBe('n\n1\n2\n4\n');
    await write!({ ...context, runId: 'run_other' }, batch(5), config, options(undefined, true));
    expect(await text()).toBe('n\n1\n2\n4\n5\n');
    await write!({ ...context, runId: 'run_third' }, batch(6), config, options());
    expect(await text()).toBe('n\n6\n');
  });
});
