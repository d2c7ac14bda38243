import type { JsonObject } from '@weft/connector-sdk';
import type pg from 'pg';
import { quoted, type Kind, type NewColumn, type SqlDatabase } from './database.ts';
import { cursorOver } from './postgresql-cursor.ts';
import { codeOf, explained } from './postgresql-failure.ts';
import { placeOf } from './postgresql-places.ts';
import { pageOf, readOnly } from './postgresql-rows.ts';
import { openSession, type PostgresqlConnection, type SessionParts } from './postgresql-session.ts';
import { maxNameBytes, newTableName, noteAt, tableOf, tablesOf } from './postgresql-tables.ts';

/** A connection for one call, to the address that the guard pinned. The signal ends it, and what the server is doing for it. */
export async function openPostgresql(settings: PostgresqlConnection, parts: SessionParts): Promise<SqlDatabase> {
  const session = await openSession(settings, parts);
  const { client, end } = session;
  const change: SqlDatabase['change'] = (sql, values = [], about) => explained(async () => (await client.query(sql, [...values])).rowCount ?? 0, about);
  return {
    tables: () => explained(() => tablesOf(client)),
    table: (name) => explained(() => tableOf(client, name)),
    change,
    read: (sql, values, limit) => readOnly(session, sql, values, limit),
    stream: (sql, values, from, batchSize) => cursorOver(session, sql, values, from, batchSize),
    page: (table, column, behind, limit) => pageOf(session, table, column, behind, limit),
    placeOf,
    // As rows were named before whole numbers of 64 bits were read as numbers: one that was seen stays seen.
    idPart: ({ type }, value) => (type === 'bigint' && typeof value === 'number' ? String(value) : value),
    makeTable: (name, columns, unique) => makeTable(client, name, columns, unique),
    columnNames: { ignoresCase: false, maxBytes: maxNameBytes },
    async addColumn(table, { name, kind }) {
      await change(`ALTER TABLE ${table.sql} ADD COLUMN IF NOT EXISTS ${quoted(name)} ${types[kind]}`, [], { table: table.name });
    },
    widens: true,
    async widenColumn(table, { name, kind }) {
      await change(
        `ALTER TABLE ${table.sql} ALTER COLUMN ${quoted(name)} TYPE ${types[kind]} USING ${quoted(name)}::${types[kind]}`,
        [],
        { table: table.name },
      );
    },
    kindOf: ({ type }) => kinds[type] ?? 'text',
    mostValues: 60_000,
    placeholder: (position) => `$${position}`,
    close: end,
  };
}

/** The settings out of a connection's two halves. */
export function postgresqlSettings(config: JsonObject, credentials: JsonObject): PostgresqlConnection {
  return {
    host: String(config['host']),
    port: Number(config['port'] ?? 5432),
    database: String(config['database']),
    tls: config['tls'] === 'off' ? 'off' : 'verify',
    user: String(credentials['user']),
    password: String(credentials['password'] ?? ''),
  };
}

const types: Record<Kind, string> = { whole: 'bigint', number: 'numeric', boolean: 'boolean', json: 'jsonb', text: 'text' };

const kinds: Readonly<Record<string, Kind>> = {
  bigint: 'whole',
  integer: 'whole',
  numeric: 'number',
  'double precision': 'number',
  boolean: 'boolean',
  jsonb: 'json',
};

async function makeTable(client: pg.Client, name: string, columns: readonly NewColumn[], unique: readonly string[]): Promise<void> {
  const parts = columns.map((column) => `${quoted(column.name)} ${types[column.kind]}`);
  if (unique.length > 0) parts.push(`UNIQUE (${unique.map(quoted).join(', ')})`);
  const sql = await newTableName(client, name);
  try {
    // Several statements in one text are one transaction.
    await explained(() => client.query(`CREATE TABLE ${sql} (${parts.join(', ')}); ${noteAt(sql)}`), { table: name });
  } catch (error) {
    // Somebody else has made it meanwhile.
    if (codeOf(error) !== '42P07' && codeOf(error) !== '23505') throw error;
  }
}
