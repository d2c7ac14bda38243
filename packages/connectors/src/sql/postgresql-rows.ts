import { TerminalError, type Json } from '@weft/connector-sdk';
import type pg from 'pg';
import { UnfitValue } from './codec/codec.ts';
import { postgresqlCodec } from './codec/postgresql.ts';
import { distinctNames, quoted, type Behind, type PlacedRow, type Row, type Table } from './database.ts';
import { parameterOf, postgresqlQuery, type PostgresqlQuery } from './list-parameters.ts';
import { inner } from './named-parameters.ts';
import { codeOf, explained } from './postgresql-failure.ts';
import { typeNames } from './postgresql-types.ts';
import type { Session } from './postgresql-session.ts';
import { onlyReading } from './refusals.ts';

/** A row as the driver gives it: the server's text, by place. */
export type TextRow = (string | null)[];

export type Result = pg.QueryArrayResult<TextRow>;

/** The server itself refuses writes inside a read-only transaction, functions that write included. */
export function readOnly(session: Session, sql: string, values: Record<string, Json>, limit: number): Promise<{ rows: Row[]; truncated: boolean }> {
  const query = postgresqlQuery(sql, values);
  const { client } = session;
  return explained(async () => {
    requireReading(sql);
    session.allowResult();
    let result: Result | undefined;
    if (canBeInner.test(inner(sql))) {
      // What is above the limit stays with the server.
      const limited = `SELECT * FROM (${inner(query.text)}) AS weft_rows LIMIT ${limit + 1}`;
      result = await inReading(client, () => withParameters(client, limited, query)).catch((error: unknown) => {
        // Said again about the text as it was written, by the server itself.
        if (codeOf(error) !== '42601') throw error;
        return undefined;
      });
    }
    result ??= await inReading(client, () => withParameters(client, query.text, query));
    const read = await readerOf(client, result.fields);
    return { rows: result.rows.slice(0, limit).map(read), truncated: result.rows.length > limit };
  });
}

/**
 * A read-only transaction lets pass what writes elsewhere than into tables, such as COPY … TO PROGRAM: a query has to begin as one.
 * @throws {InputError}
 */
export function requireReading(sql: string): void {
  if (!/^[\s(]*(?:select|with|values|table|show|explain)\b/i.test(inner(sql))) throw onlyReading();
}

/** What else gives rows, such as EXPLAIN and SHOW, is no part of another query. */
const canBeInner = /^[\s(]*(?:select|with|values|table)\b/i;

async function inReading<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN TRANSACTION READ ONLY');
  try {
    return await work();
  } finally {
    // A connection that has gone meanwhile has said so already.
    await client.query('ROLLBACK').catch(() => undefined);
  }
}

/** Runs a statement of a query in the open transaction. Lists may be meant as JSON, which the server says by not understanding them. */
export async function withParameters(client: pg.Client, text: string, query: PostgresqlQuery, more: (string | null)[] = []): Promise<Result> {
  const run = (lists: 'lists' | 'json') => statement(client, text, [...query.parameters(lists), ...more]);
  if (!query.hasLists) return run('lists');
  await client.query('SAVEPOINT weft_lists');
  return run('lists').catch(async (error: unknown) => {
    if (codeOf(error) !== '22P02') throw error;
    await client.query('ROLLBACK TO SAVEPOINT weft_lists');
    return run('json').catch(() => {
      throw error;
    });
  });
}

export function pageOf(session: Session, { sql }: Table, column: string, behind: Behind, limit: number): Promise<PlacedRow[]> {
  const name = quoted(column);
  const condition = behind === 'first' ? `${name} IS NOT NULL` : behind === 'last' ? `${name} = (SELECT max(${name}) FROM ${sql})` : `${name} >= $1`;
  const text = `SELECT *, ${name}::text AS "weft key" FROM ${sql} WHERE ${condition} ORDER BY ${name} LIMIT ${limit}`;
  const { client } = session;
  return explained(async () => {
    session.allowResult();
    const { rows, fields } = await inReading(client, () => statement(client, text, typeof behind === 'object' ? [parameterOf(behind.from)] : []));
    const read = await readerOf(client, fields.slice(0, -1));
    return rows.map((row) => ({ row: read(row), place: row.at(-1) ?? null }));
  });
}

/** In the extended protocol a text is one statement: a second one behind a semicolon is refused by the server. */
export function statement(client: pg.Client, text: string, values: (string | null)[] = []): Promise<Result> {
  const query: pg.QueryArrayConfig<(string | null)[]> & { queryMode: 'extended' } = { text, values, queryMode: 'extended', rowMode: 'array' };
  return client.query<TextRow>(query);
}

/** What makes a row out of the server's texts. */
export async function readerOf(client: pg.Client, fields: readonly pg.FieldDef[]): Promise<(row: TextRow) => Row> {
  const types = await typeNames(client, fields.map(({ dataTypeID }) => dataTypeID));
  const names = distinctNames(fields.map(({ name }) => name));
  const codecs = fields.map(({ dataTypeID }) => postgresqlCodec(types.get(dataTypeID) ?? 'text'));
  return (texts) => {
    const row: Row = {};
    for (let at = 0; at < names.length; at += 1) {
      const text = texts[at];
      const name = names[at]!;
      row[name] = text === null || text === undefined ? null : valueOf(codecs[at]!, text, name);
    }
    return row;
  };
}

function valueOf(codec: { read(text: string): Json }, text: string, name: string): Json {
  try {
    return codec.read(text);
  } catch (error) {
    if (!(error instanceof UnfitValue)) throw error;
    throw new TerminalError(`The column "${name}" ${error.message}`, { cause: error, kind: 'invalid_input' });
  }
}
