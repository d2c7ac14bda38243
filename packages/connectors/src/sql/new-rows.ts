import { createHash } from 'node:crypto';
import { InputError, type Json, type JsonObject, type PolledItem, type PollResult } from '@weft/connector-sdk';
import { definePollingTrigger } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { tableOptions, withDatabase } from './connections.ts';
import { schemaOf, type Column, type PlacedRow, type SqlDatabase, type Table } from './database.ts';
import { table } from './row-parts.ts';

/** Where reading goes on: at this value, but for the rows of it that were read already. */
interface RowCursor extends JsonObject {
  /** As the database writes it, so that no zone and no rounding comes between two polls. */
  after: Json;
  /** Ids of rows with that very value. */
  seen: string[];
}

/** More rows than this with one and the same value cannot be told apart in pages. */
const maxAlike = 10_000;

export const newRows = definePollingTrigger({
  id: 'new-rows',
  title: 'New rows',
  description: 'Starts the flow when a table has new rows. They are found by a column that grows with each row, such as a number or the time of creation.',
  summary: 'New rows of {config.table} by {config.column}',
  connection: 'required',
  config: z.object({
    table,
    column: z.string()
      .min(1)
      .max(128)
      .meta({ title: 'Column that grows', description: 'Every new row has a larger value here than the rows before it.', examples: ['id', 'created_at'] }),
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
      withDatabase(
        context,
        async (database) => ((await database.table(String(config['table'] ?? '')))?.columns ?? []).map(({ name }) => ({ value: name, title: name })),
      ),
  },
  itemSchema: {
    dependsOn: ['connection', 'config.table'],
    read: (context, { config }) =>
      withDatabase(context, async (database) => {
        const found = await database.table(String(config['table'] ?? ''));
        return { type: 'object', properties: Object.fromEntries((found?.columns ?? []).map((column) => [column.name, schemaOf(column, 'read')])) };
      }),
  },
  poll: (context, config, { cursor, baseline, since, limit }) =>
    withDatabase(context, async (database) => {
      const source = await sourceOf(database, config);
      if (baseline) {
        const rows = await database.page(source.table, config.column, 'last', maxAlike);
        return pageOf(rows, { source, from: { after: null, seen: [] }, limit: 0 });
      }
      const from = placeIn(source, cursor, since);
      const rows = await database.page(source.table, config.column, from.after === null ? 'first' : { from: from.after }, limit + 1 + from.seen.length);
      return pageOf(rows, { source, from, limit });
    }),
});

interface Source {
  database: SqlDatabase;
  table: Table;
  column: Column;
  /** What names a row: its primary key, or all of it where there is none. */
  keys: Column[];
}

interface Page {
  source: Source;
  from: RowCursor;
  limit: number;
}

/** The rows that were not read before, at most so many, and where reading goes on behind them. */
function pageOf(rows: PlacedRow[], { source, from, limit }: Page): PollResult {
  const known = new Set(from.seen);
  const fresh = rows.map(({ row, place }) => ({ row, place, id: idOf(row, source) })).filter(({ place, id }) => !(place === from.after && known.has(id)));
  const taken = limit === 0 ? fresh : fresh.slice(0, limit);
  const after = taken.at(-1)?.place ?? from.after;
  const alike = taken.filter(({ place }) => place === after).map(({ id }) => id);
  const seen = after === from.after ? [...from.seen, ...alike] : alike;
  if (seen.length > maxAlike) {
    throw new InputError(
      ['config', 'column'],
      `More than ${maxAlike.toLocaleString('en')} rows have the same value in “${source.column.name}”. Choose a column that grows with each row.`,
    );
  }
  const items = limit === 0 ? [] : taken.map(({ row, id }): PolledItem => ({ id, value: row }));
  return { items, cursor: { after, seen }, more: fresh.length > taken.length };
}

function placeIn({ database, column }: Source, cursor: Json, since: string | undefined): RowCursor {
  if (cursor === null) return { after: since === undefined ? null : valueOf(since), seen: [] };
  // Written by pageOf only, this one's or that of an earlier build.
  const { after, seen } = cursor as RowCursor;
  return { after: database.placeOf(column, after), seen };
}

async function sourceOf(database: SqlDatabase, { table: name, column }: { table: string; column: string }): Promise<Source> {
  const found = await database.table(name);
  if (!found) throw new InputError(['config', 'table'], `There is no table "${name}". Choose one from the list.`);
  const grows = found.columns.find((candidate) => candidate.name === column);
  if (!grows) throw new InputError(['config', 'column'], `The table "${name}" has no column "${column}".`);
  const keys = found.columns.filter(({ key }) => key);
  return { database, table: found, column: grows, keys: keys.length === 0 ? found.columns : keys };
}

function idOf(row: PlacedRow['row'], { database, keys }: Source): string {
  const text = JSON.stringify(keys.map((column) => database.idPart(column, row[column.name] ?? null)));
  return text.length <= 64 ? text : createHash('sha256').update(text).digest('hex').slice(0, 32);
}

const valueOf = (text: string): Json => (/^-?\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : text);
