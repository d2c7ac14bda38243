import { createHash } from 'node:crypto';
import { InputError, type Json, type JsonObject, type PolledItem, type PollResult } from '@weft/connector-sdk';
import { definePollingTrigger } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { tableOptions, withDatabase } from './connections.ts';
import { quoted, schemaOf, type Row, type SqlDatabase } from './database.ts';
import { table } from './parts.ts';

/** Where reading goes on: at this value, but for the rows of it that were read already. */
interface RowCursor extends JsonObject {
  after: Json;
  /** Ids of rows with that very value. */
  seen: string[];
}

/** More rows than this with one and the same value cannot be told apart in pages. */
const mostAlike = 10_000;

export const newRows = definePollingTrigger({
  id: 'new-rows',
  title: 'New rows',
  description: 'Starts the flow when a table has new rows. They are found by a column that grows with each row, such as a number or the time of creation.',
  summary: 'New rows of {config.table} by {config.column}',
  connection: 'required',
  config: z.object({
    table,
    column: z.string().min(1).max(128).meta({ title: 'Column that grows', description: 'Every new row has a larger value here than the rows before it.', examples: ['id', 'created_at'] }),
  }),
  since: { title: 'From this value on', description: 'A value of the column that grows: 1000, or 2026-03-01.' },
  samples: [{ title: 'A ticket', config: { table: 'tickets', column: 'id' }, item: { id: 1, title: 'It does not start', created_at: '2026-03-01T09:30:00Z' } }],
  dynamic: {
    'config.table': { kind: 'options', source: 'tables', dependsOn: ['connection'] },
    'config.column': { kind: 'options', source: 'columns', dependsOn: ['connection', 'config.table'] },
  },
  options: {
    tables: tableOptions,
    columns: (context, { config }) =>
      withDatabase(context, async (database) => (await database.columns(String(config['table'] ?? ''))).map(({ name }) => ({ value: name, title: name }))),
  },
  itemSchema: {
    dependsOn: ['connection', 'config.table'],
    read: (context, { config }) =>
      withDatabase(context, async (database) => {
        const columns = await database.columns(String(config['table'] ?? ''));
        return { type: 'object', properties: Object.fromEntries(columns.map((column) => [column.name, schemaOf(column)])) };
      }),
  },
  poll: (context, config, { cursor, baseline, since, limit }) =>
    withDatabase(context, async (database) => {
      const keys = await keysOf(database, config);
      const read = (condition: string, values: JsonObject, most: number) =>
        database.read(`SELECT * FROM ${quoted(config.table)} WHERE ${condition} ORDER BY ${quoted(config.column)} LIMIT :most`, { ...values, most }, most);
      const column = quoted(config.column);
      if (baseline) {
        const { rows } = await read(`${column} = (SELECT max(${column}) FROM ${quoted(config.table)})`, {}, mostAlike);
        return pageOf(rows, { config, keys, from: { after: null, seen: [] }, limit: 0 });
      }
      // Written by pageOf only.
      const from: RowCursor = cursor === null ? { after: since === undefined ? null : valueOf(since), seen: [] } : (cursor as RowCursor);
      const most = limit + 1 + from.seen.length;
      const { rows } = from.after === null ? await read(`${column} IS NOT NULL`, {}, most) : await read(`${column} >= :after`, { after: from.after }, most);
      return pageOf(rows, { config, keys, from, limit });
    }),
});

interface Page {
  config: { table: string; column: string };
  keys: string[];
  from: RowCursor;
  limit: number;
}

/** The rows that were not read before, at most so many, and where reading goes on behind them. */
function pageOf(rows: Row[], { config, keys, from, limit }: Page): PollResult {
  const known = new Set(from.seen);
  const fresh = rows.map((row) => ({ row, id: idOf(row, keys) })).filter(({ row, id }) => !(row[config.column] === from.after && known.has(id)));
  const taken = limit === 0 ? fresh : fresh.slice(0, limit);
  const after = taken.at(-1)?.row[config.column] ?? from.after;
  const alike = taken.filter(({ row }) => row[config.column] === after).map(({ id }) => id);
  const seen = after === from.after ? [...from.seen, ...alike] : alike;
  if (seen.length > mostAlike) {
    throw new InputError(['config', 'column'], `More than ${mostAlike.toLocaleString('en')} rows have the same value in “${config.column}”. Choose a column that grows with each row.`);
  }
  const items = limit === 0 ? [] : taken.map(({ row, id }): PolledItem => ({ id, value: row }));
  return { items, cursor: { after, seen }, more: fresh.length > taken.length };
}

/** What names a row: its primary key, or all of it where there is none. */
async function keysOf(database: SqlDatabase, { table: name, column }: Page['config']): Promise<string[]> {
  const columns = await database.columns(name);
  if (columns.length === 0) throw new InputError(['config', 'table'], `There is no table "${name}". Choose one from the list.`);
  if (!columns.some((candidate) => candidate.name === column)) throw new InputError(['config', 'column'], `The table "${name}" has no column "${column}".`);
  return columns.filter(({ key }) => key).map((candidate) => candidate.name);
}

function idOf(row: Row, keys: string[]): string {
  const named = keys.length === 0 ? row : Object.fromEntries(keys.map((key) => [key, row[key] ?? null]));
  const text = JSON.stringify(Object.values(named));
  return text.length <= 64 ? text : createHash('sha256').update(text).digest('hex').slice(0, 32);
}

const valueOf = (text: string): Json => (/^-?\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : text);
