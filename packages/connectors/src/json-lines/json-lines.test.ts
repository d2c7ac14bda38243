import { createTestContext, describeConnector } from '@weft/connector-sdk/conformance';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everyCursorGoesOn, readAll, recordsOf } from '../../test/read-all.ts';
import jsonLines from './index.ts';

describeConnector(jsonLines);

const config = { file: 'a.ndjson' };

async function over(text: string, batchSize = 2) {
  const context = createTestContext();
  await context.files.write('a.ndjson', Buffer.from(text), { runId: 'run', idempotencyKey: 'key' });
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
    expect(batch).toMatchObject({ records: [{ n: 1 }, { n: 3 }], unreadable: [{ record: '{"n":', message: expect.stringMatching(/^Line 2: This is not valid JSON/) as string }] });
  });

  it('are refused with a sentence where a line is 10 MB long', async () => {
    await expect(readAll(await over(`{"n":1}\n"${'x'.repeat(10 << 20)}"\n`))).rejects.toThrow(/Line 2 of this file is longer than 8 MB/);
  });

  it('are what was written, whatever it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.dictionary(fc.string({ unit: fc.constantFrom('a', 'Ö', '"') }), fc.oneof(fc.string(), fc.integer(), fc.constant(null))), { maxLength: 9 }), async (records) => {
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
  it('outside a stream adds a line, once for each key', async () => {
    const context = createTestContext();
    const run = jsonLines.operations['add-record']?.run;
    for (const idempotencyKey of ['1', '2', '2']) await run!({ ...context, idempotencyKey }, { record: { key: idempotencyKey } }, config);
    expect(Buffer.from(await context.files.read('a.ndjson')).toString()).toBe('{"key":"1"}\n{"key":"2"}\n');
  });
});
