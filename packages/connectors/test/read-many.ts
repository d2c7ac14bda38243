/**
 * A program of its own, so that its memory is what reading takes: goes through a query of so many rows by each way of reading. Its
 * argument is the connection, its output how many rows came and by how many bytes the process grew, as a line of JSON.
 */
import type { ConnectionValues } from '@weft/connector-sdk';
import sql from '../src/sql/index.ts';
import { createTestContext } from './context.ts';
import { readAll } from './read-all.ts';

const { connection, folder } = JSON.parse(process.argv[2] ?? '{}') as { connection: ConnectionValues; folder: string };
const context = createTestContext({ connection, folder });
const text = `SELECT i AS id, repeat('x', 200) AS text FROM generate_series(1, 300000) i`;

// What is loaded once does not count.
await readAll({ connector: sql, operation: 'records', context, config: { sql: 'SELECT i AS id FROM generate_series(1, 20000) i', goOn: 'key', key: 'id' } });
const before = process.memoryUsage.rss();
let most = before;
let records = 0;
for (const goOn of ['key', 'count', 'none']) {
  for await (const batch of sql.operations['records']!.read!(context, {}, { sql: text, goOn, key: 'id' }, { batchSize: 500 })) {
    records += batch.records.length;
    most = Math.max(most, process.memoryUsage.rss());
  }
}
// No more than was asked for leaves the server.
const { rows } = (await sql.operations['query']!.run!(context, {}, { sql: text, limit: 10 })) as { rows: unknown[] };
most = Math.max(most, process.memoryUsage.rss());
process.stdout.write(JSON.stringify({ records, rows: rows.length, grownBytes: most - before }));
