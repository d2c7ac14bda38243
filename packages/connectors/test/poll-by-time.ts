/**
 * A program of its own, because a process has one time zone: polls for new rows by columns of time. Its argument is the connection, its
 * output the titles that each poll gave, as a line of JSON.
 */
import type { ConnectionValues, Json, JsonObject, PollRequest } from '@weft/connector-sdk';
import { withDatabase } from '../src/sql/connections.ts';
import sql from '../src/sql/index.ts';
import { createTestContext } from './context.ts';

const { connection, folder } = JSON.parse(process.argv[2] ?? '{}') as { connection: ConnectionValues; folder: string };
const context = createTestContext({ connection, folder });
const isSqlite = connection.scheme === 'sqlite';
const results: Record<string, { behindBaseline: Json[]; behindOldCursor: Json[]; again: Json[] }> = {};

for (const type of ['timestamp', isSqlite ? 'datetime' : 'timestamptz', 'date']) {
  const table = `by_${type}_${process.pid}`;
  const at = (minute: string) => (type === 'date' ? `2026-03-${20 + Number(minute)}` : `2026-03-29 02:${minute}:00.123456`);
  await change(`CREATE TABLE ${table} (id integer PRIMARY KEY, title text, at ${type})`);
  await change(`INSERT INTO ${table} VALUES (0, 'old', '${at('00')}')`);
  const { cursor } = await poll(table, { baseline: true });
  for (let n = 1; n <= 6; n += 1) await change(`INSERT INTO ${table} VALUES (${n}, 'new ${n}', '${at(`0${n}`)}')`);
  const first = await poll(table, { cursor, limit: 4 });
  const second = await poll(table, { cursor: first.cursor });
  const again = await poll(table, { cursor: second.cursor });
  // As a build wrote it that read such values through the zone of its machine; its clock knew no microseconds.
  const local = type === 'date' ? new Date(2026, 2, 20) : type === 'timestamp' ? new Date(2026, 2, 29, 2, 0, 0, 123) : new Date('2026-03-29T02:00:00.123Z');
  const old = await poll(table, { cursor: { after: isSqlite ? at('00') : local.toISOString(), seen: ['[0]'] } });
  results[type] = { behindBaseline: [...titles(first.items), ...titles(second.items)], again: titles(again.items), behindOldCursor: titles(old.items) };
}
process.stdout.write(JSON.stringify(results));

function change(text: string): Promise<number> {
  return withDatabase(context, (database) => database.change(text));
}

function poll(table: string, request: Partial<PollRequest>) {
  const asked = sql.operations['new-rows']?.poll?.(context, { table, column: 'at' }, { cursor: null, baseline: false, limit: 100, ...request });
  if (!asked) throw new Error('New rows are not polled.');
  return asked;
}

function titles(items: { value: Json }[]): Json[] {
  return items.map(({ value }) => (value as JsonObject)['title'] ?? null);
}
