import { createTestContext, describeConnector } from '@weft/connector-sdk/conformance';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { everyCursorGoesOn, readAll, recordsOf } from '../../test/read-all.ts';
import jsonLines from './index.ts';

describeConnector(jsonLines);

const config = { file: 'a.ndjson', encoding: 'auto' };

async function over(text: string | Uint8Array, batchSize = 2) {
  const context = createTestContext();
  await context.files.write('a.ndjson', typeof text === 'string' ? Buffer.from(text) : text, { runId: 'run', idempotencyKey: 'key' });
  return { connector: jsonLines, operation: 'records', context, config, batchSize };
}

describe('the records of an NDJSON file', () => {
  it('come in batches, and every cursor goes on behind its batch', async () => {
    const options = await over('{"n":1}\n{"n":2}\r\n\n{"n":"Ö"}\n[1]\n5');
    expect(recordsOf(await readAll(options))).toEqual([{ n: 1 }, { n: 2 }, { n: 'Ö' }, [1], 5]);
    await everyCursorGoesOn(options);
  });

  it('are nothing in an empty file; a byte order mark and a missing line end do not matter', async () => {
    expect(await readAll(await over(''))).toEqual([]);
    expect(recordsOf(await readAll(await over('\ufeff{"n":1}')))).toEqual([{ n: 1 }]);
  });

  it('keep every digit', async () => {
    expect(recordsOf(await readAll(await over('{"n":12345678901234567890}')))).toEqual([{ n: '12345678901234567890' }]);
  });

  it('that cannot be read are told apart, with their line', async () => {
    const [batch] = await readAll(await over('{"n":1}\n{"n":\n{"n":3}\n', 10));
    expect(batch).toMatchObject({
      records: [{ n: 1 }, { n: 3 }],
      unreadable: [{ at: 1, record: '{"n":', message: expect.stringMatching(/^Line 2: This is not valid JSON/) as string }],
    });
  });

  it('say where they are broken with one line and one column', async () => {
    const [batch] = await readAll(await over('{"n":1}\n\n{"n":3,"t":"broken\n', 10));
    expect(batch?.unreadable?.[0]?.message).toMatch(/^Line 3: This is not valid JSON: [^\d]*\d+ \(column \d+\)$/);
  });

  it.each(['utf-16le', 'utf-16be', 'windows-1252', 'shift_jis', 'utf-8'])('are read in %s, with every line end', async (encoding) => {
    const name = encoding === 'shift_jis' ? '日本語テキスト' : 'José Pérez, Köln';
    for (const addBOM of encoding.startsWith('utf') ? [true, false] : [false]) {
      const options = await over(iconv.encode(['{"n":1}', `{"n":"${name}"}`, '', '{"n":3}', '[4]']
        .map((line, at) => line + ['\r\n', '\r', '\n', '\r\r'][at % 4])
        .join(''), encoding, { addBOM }));
      expect(recordsOf(await readAll(options))).toEqual([{ n: 1 }, { n: name }, { n: 3 }, [4]]);
      await everyCursorGoesOn(options);
    }
  });

  it('keep separators that are no line ends here', async () => {
    expect(recordsOf(await readAll(await over('\ufeff{"t":"\u2028 \u2029 \u0085"}\r\n')))).toEqual([{ t: '\u2028 \u2029 \u0085' }]);
  });

  it('are read in the encoding that was found when the file was chosen, which other data do not change', async () => {
    const fileOf = (name: string) => over(iconv.encode(`{"n":"${name}"}\n`, 'windows-1250'));
    const { context } = await fileOf('Łódź Gdańsk Świętokrzyskie');
    const schema = await jsonLines.operations['records']!.schemas!['found']!(context, { config });
    expect(schema.default).toEqual({ file: 'a.ndjson', encoding: 'windows-1250' });
    const recordsIn = async (found: { file: string; encoding: string }) => recordsOf(await readAll({ ...(await fileOf('ń')), config: { ...config, found } }));
    expect(await recordsIn({ file: 'a.ndjson', encoding: 'windows-1250' })).toEqual([{ n: 'ń' }]);
    expect(await recordsIn({ file: 'b.ndjson', encoding: 'windows-1250' })).not.toEqual([{ n: 'ń' }]);
  });

  it('are told apart where their letters are not those of the encoding', async () => {
    const late = Buffer.concat([Buffer.from('{"n":"Zoë"}\n'.repeat(9_000)), Buffer.from('{"n":"Zo\xeb"}\n{"n":1}\n', 'latin1')]);
    const batches = await readAll(await over(late, 10_000));
    expect(batches[0]?.records).toHaveLength(9_001);
    expect(batches[0]?.unreadable).toEqual([
      { at: 9_000, record: '{"n":"Zo\ufffd"}', message: "Line 9001: A letter is not utf-8. Choose the file's encoding, or mend that line." },
    ]);
  });

  it('are refused with a sentence where a line is 10 MB long', async () => {
    await expect(readAll(await over(`{"n":1}\n"${'x'.repeat(10 << 20)}"\n`))).rejects.toThrow(/Line 2 of this file is longer than 8 MB/);
  });

  it('are what was written, whatever it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.dictionary(
        fc.string({ unit: fc.constantFrom('a', 'Ö', '"') }),
        fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
      ), { maxLength: 9 }), async (records) => {
        const context = createTestContext();
        const add = jsonLines.operations['add-record']!;
        const written = await add.write!(context, records.slice(0, 4).map((record) => ({ record })), config, { keyOf: String, adds: false });
        await add.write!(context, records.slice(4).map((record) => ({ record })), config, { keyOf: String, adds: false, state: written.state ?? 0 });
        const options = { connector: jsonLines, operation: 'records', context, config, batchSize: 3 };
        expect(JSON.parse(JSON.stringify(recordsOf(await readAll(options))))).toEqual(JSON.parse(JSON.stringify(records)));
        await everyCursorGoesOn(options);
      }),
      { numRuns: 50 },
    );
  });
});

describe('adding a record', () => {
  it('writes as a number what stands for one, alone and in a batch', async () => {
    const context = createTestContext();
    const add = jsonLines.operations['add-record']!;
    const record = { id: '9007199254740993', code: '9007199254740993' };
    await add.run!({ ...context, exact: [['record', 'id']] }, { record }, config);
    expect(Buffer.from(await context.files.read('a.ndjson')).toString()).toBe('{"id":9007199254740993,"code":"9007199254740993"}\n');
    await add.write!(
      context,
      [{ record }, { record }],
      config,
      { keyOf: String, adds: false, exactOf: (index) => (index === 1 ? [['record', 'code']] : undefined) },
    );
    expect(Buffer.from(await context.files.read('a.ndjson')).toString()).toContain('{"id":"9007199254740993","code":9007199254740993}\n');
  });

  it('outside a stream adds a line, once for each key', async () => {
    const context = createTestContext();
    const run = jsonLines.operations['add-record']?.run;
    for (const idempotencyKey of ['1', '2', '2']) await run!({ ...context, idempotencyKey }, { record: { key: idempotencyKey } }, config);
    expect(Buffer.from(await context.files.read('a.ndjson')).toString()).toBe('{"key":"1"}\n{"key":"2"}\n');
  });
});
