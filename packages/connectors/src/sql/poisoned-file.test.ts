import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConnectorError, type JsonObject } from '@weft/connector-sdk';
import type { TestContext, TestContextOptions } from '@weft/connector-sdk/conformance';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { createTestContext } from '../../test/context.ts';
import { isolated } from '../../test/isolated.ts';
import inProcess from './index.ts';

const sql = isolated(inProcess);

/** A workspace with a SQLite file that somebody has uploaded. */
function uploaded(statements: string, options: TestContextOptions = {}): TestContext & { path: string } {
  const context = createTestContext({ connection: { scheme: 'sqlite', config: { file: 'x.sqlite' }, credentials: {} }, ...options });
  const path = join(context.folder, 'x.sqlite');
  const database = new Database(path);
  database.exec(statements);
  database.close();
  return { ...context, path };
}

const query = (context: TestContext, text: string) => sql.operations['query']!.run!(context, {}, { sql: text, limit: 1_000 });
const insert = (context: TestContext, row: JsonObject) => sql.operations['insert']!.run!(context, { row }, { table: 't', makeMissing: false });
const rounds = (limit: string) => `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n ${limit})`;

test('a column of sixty megabytes a row is looked at without them', { timeout: 60_000 }, async () => {
  const context = uploaded(`CREATE TABLE t (a, g AS (hex(zeroblob(30000000)))); INSERT INTO t (a) ${rounds('LIMIT 200')} SELECT i FROM n`);
  expect(statSync(context.path).size).toBeLessThan(10_000);
  const { columns, rows, truncated } = await sql.tables!.read(context, 'x.sqlite', { maxRows: 200 });
  expect([columns, truncated]).toEqual([['a', 'g'], true]);
  expect(JSON.stringify(rows).length).toBeLessThan(10_000);
  await expect(query(context, 'SELECT * FROM t')).rejects.toMatchObject({ kind: 'unsupported', message: expect.stringContaining('24 MB') });
});

test('a column that computes for ever ends with whoever looks at it', { timeout: 60_000 }, async () => {
  // Added behind the rows: they would be computed here otherwise.
  const endless = `instr(hex(zeroblob(3000000)), hex(zeroblob(1500000)) || '1')`;
  const file = `CREATE TABLE t (a); INSERT INTO t VALUES (1); ALTER TABLE t ADD COLUMN g AS (${endless})`;
  const context = uploaded(file, { signal: AbortSignal.timeout(2_000) });
  await expect(sql.tables!.read(context, 'x.sqlite', { maxRows: 200 })).rejects.toMatchObject({ kind: 'timeout' });
});

test('a trigger that never comes back ends with its step, and leaves nothing behind', { timeout: 60_000 }, async () => {
  const stopped = new AbortController();
  const trigger = `CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO u ${rounds('')} SELECT i FROM n WHERE i < 0; END`;
  const context = uploaded(`CREATE TABLE t (a); CREATE TABLE u (n); ${trigger}`, { signal: stopped.signal });
  let turns = 0;
  const awake = setInterval(() => (turns += 1) === 100 && stopped.abort(), 10);
  await expect(insert(context, { a: 1 })).rejects.toMatchObject({ kind: 'timeout' });
  clearInterval(awake);
  expect(turns).toBeGreaterThanOrEqual(100);
  await expect(query({ ...context, signal: new AbortController().signal }, 'SELECT count(*) AS n FROM t')).resolves.toMatchObject({ rows: [{ n: 0 }] });
});

test('a file that somebody else writes to keeps nobody but its step waiting', { timeout: 60_000 }, async () => {
  const context = uploaded('CREATE TABLE t (a)');
  const writer = new Database(context.path);
  writer.exec('BEGIN EXCLUSIVE');
  let turns = 0;
  const awake = setInterval(() => (turns += 1), 10);
  await expect(insert(context, { a: 1 })).rejects.toMatchObject({ retryable: true, message: expect.stringContaining('busy') });
  clearInterval(awake);
  expect(turns).toBeGreaterThan(20);
  writer.close();
  await expect(insert(context, { a: 1 })).resolves.toEqual({ inserted: 1 });
});

test('one row that becomes a hundred megabytes gets no more than the workspace has left', { timeout: 60_000 }, async () => {
  const trigger = `CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO u ${rounds('LIMIT 100')} SELECT randomblob(1000000) FROM n; END`;
  const context = uploaded(`CREATE TABLE t (a); CREATE TABLE u (b); ${trigger}`);
  const maxBytes = 5_000_000;
  const limited = { ...context, files: { ...context.files, database: async () => ({ path: context.path, maxBytes }) } };
  await expect(insert(limited, { a: 1 })).rejects.toMatchObject({ name: 'TerminalError', message: expect.stringContaining('not enough space') });
  expect(statSync(context.path).size).toBeLessThanOrEqual(maxBytes);
  await expect(query(limited, 'SELECT count(*) AS n FROM u')).resolves.toMatchObject({ rows: [{ n: 0 }] });
});

test('a gigabyte is not sorted into files beside the quota', { timeout: 120_000 }, async () => {
  const context = uploaded('CREATE TABLE t (a)');
  const sorted = query(context, `${rounds('LIMIT 300000')} SELECT i, hex(randomblob(2000)) AS x FROM n ORDER BY x`);
  const failure: unknown = await sorted.catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ConnectorError);
  expect((failure as ConnectorError).message).toMatch(/needs more memory|24 MB/);
});

test('a view does not tell where the file is', async () => {
  const view = 'CREATE VIEW v AS SELECT file FROM pragma_database_list';
  const trigger = 'CREATE TRIGGER r AFTER INSERT ON t BEGIN UPDATE t SET a = (SELECT file FROM pragma_database_list); END';
  const context = uploaded(`${view}; CREATE TABLE t (a); ${trigger}`);
  const failure: unknown = await query(context, 'SELECT * FROM v').catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ConnectorError);
  expect((failure as ConnectorError).message).not.toContain(dirname(context.path));
  await expect(insert(context, { a: 1 })).rejects.toThrow(/unsafe use of virtual table/);
  expect(existsSync(context.path)).toBe(true);
});
