import type { Connector, JsonObject } from '@weft/connector-sdk';
import type { TestContext } from '@weft/connector-sdk/conformance';
import { orderRow } from './order-row.ts';

/** A second. */
export interface Figures {
  rowsRead: number;
  rowsWritten: number;
  calls: number;
}

export interface Amounts {
  rows: number;
  calls: number;
}

const batchSize = 1_000;

/** The connector of databases as the engine uses it, with a table of its own that is filled, read and asked for single rows. */
export async function measure(sql: Connector, context: TestContext, table: string, { rows, calls }: Amounts): Promise<Figures> {
  const { write } = sql.operations['upsert'] ?? {};
  const { read } = sql.operations['records'] ?? {};
  const { run } = sql.operations['query'] ?? {};
  if (!write || !read || !run) throw new Error('The connector has other operations than this bench.');
  const given = Array.from({ length: rows }, (_, at) => ({ row: orderRow(at) }));

  const writing = await secondsOf(async () => {
    for (let at = 0; at < rows; at += batchSize) {
      const config = { table, keys: ['id'], makeMissing: true };
      const result = await write(context, given.slice(at, at + batchSize), config, { keyOf: String, adds: false });
      if (result.failures && result.failures.length > 0) throw new Error(`Rows were refused: ${String(result.failures[0]?.error)}`);
    }
  });

  const reading = await secondsOf(async () => {
    let count = 0;
    const config = { sql: `SELECT * FROM ${table}`, goOn: 'key', key: 'id' };
    for await (const { records } of read(context, {}, config, { batchSize })) count += records.length;
    if (count !== rows) throw new Error(`${count} rows were read instead of ${rows}.`);
  });

  const calling = await secondsOf(async () => {
    for (let at = 0; at < calls; at += 1) {
      const config = { sql: `SELECT * FROM ${table} WHERE id = :id`, limit: 1 };
      // What the operation declares as its output.
      const { count } = (await run(context, { parameters: { id: at % rows } }, config)) as JsonObject;
      if (count !== 1) throw new Error(`Order ${at} was not found.`);
    }
  });

  return { rowsRead: rows / reading, rowsWritten: rows / writing, calls: calls / calling };
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / 1_000;
}
