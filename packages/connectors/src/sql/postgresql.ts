import { AuthError, InputError, RetryableError, TerminalError, type Json, type JsonObject, type NetworkGuard } from '@weft/connector-sdk';
import type pg from 'pg';
import { quoted, type Column, type GoOn, type Row, type SqlDatabase } from './database.ts';
import { namedParameters } from './named-parameters.ts';
import { inner, noKey } from './sqlite.ts';

export interface PostgresqlConnection {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string;
  /** `verify` checks the certificate, `off` is for servers on the same machine. */
  tls: 'verify' | 'off';
}

/** A connection for one call, to the address that the guard pinned. */
export async function openPostgresql(settings: PostgresqlConnection, net: NetworkGuard, signal: AbortSignal): Promise<SqlDatabase> {
  const { address } = await net.resolve(settings.host, settings.port);
  // Of no use before the first query: the server starts without it.
  const { Client } = (await import('pg')).default;
  const client = new Client({
    host: address,
    port: settings.port,
    database: settings.database,
    user: settings.user,
    password: settings.password,
    ssl: settings.tls === 'verify' ? { servername: settings.host } : false,
    connectionTimeoutMillis: 10_000,
    application_name: 'weft',
  });
  // Without a listener a connection that breaks while idle would end the process; the next query reports it.
  client.on('error', () => undefined);
  const abort = () => void client.end().catch(() => undefined);
  signal.addEventListener('abort', abort, { once: true });
  await explained(() => client.connect());
  return {
    async tables() {
      const { rows } = await client.query<{ name: string }>(
        `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name`,
      );
      return rows.map(({ name }) => name);
    },
    columns: (table) => explained(() => columnsOf(client, table)),
    change: (sql, values) => explained(async () => (await client.query(sql, values.map(toPostgresql))).rowCount ?? 0),
    read: (sql, values, limit) => explained(() => readOnly(client, sql, values, limit)),
    stream: (sql, values, from, batchSize) => cursorOver(client, sql, values, from, batchSize),
    mostValues: 60_000,
    typeFor: (value) =>
      typeof value === 'number' ? (Number.isInteger(value) ? 'bigint' : 'double precision') : typeof value === 'boolean' ? 'boolean' : typeof value === 'object' && value !== null ? 'jsonb' : 'text',
    placeholder: (position) => `$${position}`,
    async close() {
      signal.removeEventListener('abort', abort);
      await client.end();
    },
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

async function columnsOf(client: pg.Client, table: string): Promise<Column[]> {
  const { rows } = await client.query<{ name: string; type: string; nullable: boolean; generated: boolean; key: boolean }>(
    `SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable,
            (a.atthasdef OR a.attidentity <> '' OR a.attgenerated <> '') AS generated,
            COALESCE(a.attnum = ANY (i.indkey), false) AS key
       FROM pg_class c
       JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
      WHERE c.relname = $1 ORDER BY a.attnum`,
    [table],
  );
  return rows;
}

/** The server itself refuses writes inside a read-only transaction, functions that write included. */
async function readOnly(client: pg.Client, sql: string, values: Record<string, Json>, limit: number): Promise<{ rows: Row[]; truncated: boolean }> {
  const { names, render } = namedParameters(sql);
  const parameters = names.map((name) => toPostgresql(values[name] ?? null));
  await client.query('BEGIN TRANSACTION READ ONLY');
  try {
    // In the extended protocol a text is one statement: a second one behind a semicolon is refused by the server.
    const statement: pg.QueryConfig & { queryMode: 'extended' } = {
      text: render((_name, position) => `$${position}`),
      values: parameters,
      queryMode: 'extended',
    };
    const { rows } = await client.query<Record<string, unknown>>(statement);
    const truncated = rows.length > limit;
    return { rows: rows.slice(0, limit).map(plain), truncated };
  } finally {
    await client.query('ROLLBACK');
  }
}

/** A cursor of the server in a transaction that only reads: whatever the query gives, no more than a batch of it is here. */
async function* cursorOver(client: pg.Client, sql: string, values: Record<string, Json>, from: GoOn, batchSize: number): AsyncGenerator<{ rows: Row[]; last?: Json }> {
  const { names, render } = namedParameters(sql);
  const parameters = names.map((name) => toPostgresql(values[name] ?? null));
  const query = inner(render((_name, position) => `$${position}`));
  const text = from.by === 'key' ? keyQuery(query, from, names.length + 1) : `SELECT * FROM (${query}) AS weft_rows OFFSET ${from.skip}`;
  if (from.by === 'key' && from.after !== undefined) parameters.push(from.after);
  try {
    await explained(async () => {
      await client.query('BEGIN TRANSACTION READ ONLY');
      const statement: pg.QueryConfig & { queryMode: 'extended' } = { text: `DECLARE weft_stream NO SCROLL CURSOR FOR ${text}`, values: parameters, queryMode: 'extended' };
      await client.query(statement);
    });
    for (;;) {
      const { rows: found } = await explained(() => client.query<Record<string, unknown>>(`FETCH ${batchSize} FROM weft_stream`));
      if (found.length === 0) return;
      const last = from.by === 'key' ? found.at(-1)?.[keyName] : undefined;
      if (from.by === 'key' && typeof last !== 'string') throw noKey(from.column);
      const rows = found.map(({ [keyName]: _key, ...row }) => plain(row));
      yield { rows, ...(typeof last === 'string' && { last }) };
    }
  } finally {
    await client.query('ROLLBACK').catch(() => undefined);
  }
}

const keyName = 'weft key';

/** The key as the database writes it: a moment in JSON has fewer digits than the database keeps. */
const keyQuery = (query: string, { column, after }: Extract<GoOn, { by: 'key' }>, position: number): string =>
  `SELECT weft_rows.*, ${quoted(column)}::text AS ${quoted(keyName)} FROM (${query}) AS weft_rows${after === undefined ? '' : ` WHERE ${quoted(column)} > $${position}`} ORDER BY ${quoted(column)}`;

function toPostgresql(value: Json): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

function plain(row: Record<string, unknown>): Row {
  const result: Row = {};
  for (const [name, value] of Object.entries(row)) {
    result[name] = value instanceof Date ? value.toISOString() : Buffer.isBuffer(value) ? value.toString('base64') : (value as Json);
  }
  return result;
}

async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toFailure(error);
  }
}

/** @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
function toFailure(error: unknown): unknown {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (code === '28P01' || code === '28000') return new AuthError('The database refused this user and password. Check them in the connection.', { cause: error });
  if (code === '3D000') return new InputError(['connection'], 'There is no database of that name on this server.', { cause: error });
  if (code === '42501') return new TerminalError('This database user may not do that. Ask for the permission, or use another connection.', { cause: error, kind: 'forbidden' });
  if (code === '25006') return new InputError(['config', 'sql'], 'A query may only read. Use "Insert a row" or "Insert or update a row" to change data.', { cause: error });
  if (code.startsWith('23')) return new TerminalError(`The database refused the row: ${message}.`, { cause: error, kind: 'conflict' });
  if (code.startsWith('42') || code.startsWith('22')) return new TerminalError(`The database could not run this: ${message}.`, { cause: error, kind: 'invalid_input' });
  if (/^(ECONN|ETIMEDOUT|EPIPE|ENETUNREACH|EHOSTUNREACH)/.test(code) || code.startsWith('08') || code.startsWith('57') || /timeout|terminated/i.test(message)) {
    return new RetryableError('The database did not answer. Trying again may help; if it lasts, check host and port in the connection.', { cause: error });
  }
  return error;
}
