import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { postgresqlBinaries, startPostgresql, type PostgresqlServer } from '../../test/postgresql-server.ts';
import type { Row, SqlDatabase } from './database.ts';
import { openPostgresql } from './postgresql.ts';
import { rowInput, rowReader, targetOf, writeRows } from './write-rows.ts';
import { shapeTable } from './shape-table.ts';
import { openSqlite } from './sqlite.ts';

async function writeRow(database: SqlDatabase, table: string, row: Row, keys: string[]): Promise<number> {
  const target = await targetOf(database, table, keys);
  return writeRows(database, target, [rowReader(target)(row)]);
}

/** What every make of database must do; each make joins it. */
function describeDatabase(name: string, open: () => Promise<SqlDatabase>): void {
  describe(`${name} as a database`, () => {
    let database: SqlDatabase;
    beforeEach(async () => {
      database = await open();
      await database.change('DROP TABLE IF EXISTS tickets', []);
      await database.change('CREATE TABLE tickets (number integer PRIMARY KEY, title text NOT NULL, label text, price numeric)', []);
    });
    afterEach(() => database.close());

    const all = async () => (await database.read('SELECT number, title FROM tickets ORDER BY number', {}, 100)).rows;

    it('lists its tables and their columns', async () => {
      expect(await database.tables()).toContain('tickets');
      expect((await database.table('tickets'))?.columns.map(({ name: column }) => column)).toEqual(['number', 'title', 'label', 'price']);
      expect(await database.table('nothing')).toBeUndefined();
    });

    it('describes a row so that what must be mapped is required', async () => {
      const { properties } = await rowInput(database, 'tickets');
      expect(properties?.['row']?.required).toContain('title');
      expect(properties?.['row']?.required).not.toContain('label');
    });

    it('inserts values as parameters, whatever they contain', async () => {
      const title = `Robert'); DROP TABLE tickets;--`;
      await writeRow(database, 'tickets', { number: 1, title }, []);
      expect(await all()).toEqual([{ number: 1, title }]);
    });

    it('refuses a column that does not exist, before any SQL is built from its name', async () => {
      await expect(writeRow(database, 'tickets', { number: 1, title: 'x', 'label") VALUES (1)--': 'y' }, [])).rejects.toThrow(/has no column/);
    });

    it('updates the row with the same key instead of adding another', async () => {
      await writeRow(database, 'tickets', { number: 1, title: 'before' }, ['number']);
      await writeRow(database, 'tickets', { number: 1, title: 'after' }, ['number']);
      expect(await all()).toEqual([{ number: 1, title: 'after' }]);
    });

    it('calls a second row with the same key a conflict', async () => {
      await writeRow(database, 'tickets', { number: 1, title: 'first' }, []);
      await expect(writeRow(database, 'tickets', { number: 1, title: 'second' }, [])).rejects.toMatchObject({ kind: 'conflict', retryable: false });
    });

    it('makes a missing table from the first row', async () => {
      await database.change('DROP TABLE IF EXISTS "new ""one"""', []);
      const row = { id: 7, 'a "name"': 'x', ok: true, score: 1.5 };
      await shapeTable(database, 'new "one"', [row], ['id']);
      await writeRow(database, 'new "one"', row, ['id']);
      const { rows } = await database.read('SELECT * FROM "new ""one"""', {}, 10);
      expect(rows).toHaveLength(1);
      expect(Number(rows[0]?.['id'])).toBe(7);
      await database.change('DROP TABLE "new ""one"""', []);
    });

    it('reads with named parameters', async () => {
      for (const number of [1, 2, 3]) await writeRow(database, 'tickets', { number, title: `t${number}`, label: number > 1 ? 'bug' : null }, []);
      const { rows } = await database.read('SELECT number FROM tickets WHERE label = :label AND number < :most', { label: 'bug', most: 3 }, 10);
      expect(rows).toEqual([{ number: 2 }]);
    });

    it('reads at most so many rows and says that there are more', async () => {
      for (const number of [1, 2, 3]) await writeRow(database, 'tickets', { number, title: 'x' }, []);
      expect(await database.read('SELECT number FROM tickets ORDER BY number', {}, 2)).toEqual({ rows: [{ number: 1 }, { number: 2 }], truncated: true });
    });

    it.each([
      'DELETE FROM tickets', "INSERT INTO tickets (number, title) VALUES (9, 'x')", 'DROP TABLE tickets', 'SELECT 1; DELETE FROM tickets',
      // These begin as a query does, and the last one even gives rows.
      "WITH n AS (SELECT 9 AS number) INSERT INTO tickets (number, title) SELECT number, 'x' FROM n",
      'WITH n AS (SELECT 1 AS number) DELETE FROM tickets WHERE number IN (SELECT number FROM n) RETURNING number',
    ])(
      'refuses a query that is more than one reading: %s',
      async (sql) => {
        await writeRow(database, 'tickets', { number: 1, title: 'x' }, []);
        await expect(database.read(sql, {}, 10)).rejects.toMatchObject({ kind: 'invalid_input', retryable: false });
        expect(await all()).toHaveLength(1);
      },
    );

    it('explains a statement it cannot run', async () => {
      await expect(database.read('SELECT nothing FROM nowhere', {}, 10)).rejects.toMatchObject({ kind: 'invalid_input', retryable: false });
    });
  });
}

const folder = mkdtempSync(join(tmpdir(), 'weft-sqlite-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeDatabase('a SQLite file', async () => openSqlite({ path: join(folder, 'test.sqlite'), maxBytes: 1e9 }));

describe('a SQLite file as a boundary', () => {
  it('says that a file is no database', async () => {
    writeFileSync(join(folder, 'text.sqlite'), 'These are words and no database, and enough of them to be read as a header of one. '.repeat(3));
    const database = openSqlite({ path: join(folder, 'text.sqlite'), maxBytes: 1e9 });
    for (const ask of [database.tables(), database.table('x'), database.read('SELECT 1 FROM sqlite_schema', {}, 1)]) {
      await expect(ask).rejects.toMatchObject({ kind: 'invalid_input', message: expect.stringContaining('not a database') });
    }
    await database.close();
  });

  it.each([
    `ATTACH DATABASE '${join(folder, 'other.sqlite')}' AS other`,
    `SELECT load_extension('x')`,
    `VACUUM INTO '${join(folder, 'copy.sqlite')}'`,
    'PRAGMA journal_mode = DELETE',
    'PRAGMA writable_schema',
    // Some pragmas act on the whole process, and as soon as they are prepared.
    'PRAGMA hard_heap_limit = 1000000000',
    '/* a look */ PRAGMA database_list',
    '-- a look\nPRAGMA hard_heap_limit = 1000000000',
    'EXPLAIN PRAGMA hard_heap_limit = 1000000000',
    'SELECT file FROM pragma_database_list',
    'SELECT file FROM "Pragma_Database_List"',
  ])('refuses %s', async (sql) => {
    const database = openSqlite({ path: join(folder, 'test.sqlite'), maxBytes: 1e9 });
    await expect(database.read(sql, {}, 10)).rejects.toMatchObject({ name: expect.stringMatching(/^(Input|Terminal)Error$/) });
    await database.close();
    const after = new Database(':memory:');
    expect(after.pragma('hard_heap_limit', { simple: true })).toBe(0);
    after.close();
  });

  it.each(['SELECT 1; SELECT 2', '', ' ; ', 'SELECT ?', 'SELECT $label, @label'])('says what a query has to look like instead of %j', async (sql) => {
    const database = openSqlite({ path: join(folder, 'test.sqlite'), maxBytes: 1e9 });
    await expect(database.read(sql, {}, 10)).rejects.toMatchObject({ kind: 'invalid_input', retryable: false });
    await database.close();
  });

  it('reads behind comments, with a common table expression, and plain values', async () => {
    const database = openSqlite({ path: join(folder, 'test.sqlite'), maxBytes: 1e9 });
    for (const sql of ['/* one */ -- two\n SELECT 1 AS n', 'WITH a AS (SELECT 1 AS n) SELECT n FROM a']) {
      expect((await database.read(sql, {}, 10)).rows).toEqual([{ n: 1 }]);
    }
    expect((await database.read('VALUES (1)', {}, 10)).rows).toEqual([{ column1: 1 }]);
    await database.close();
  });

  it('keeps every digit of a large whole number', async () => {
    const database = openSqlite({ path: join(folder, 'test.sqlite'), maxBytes: 1e9 });
    const { rows } = await database.read('SELECT 9223372036854775807 AS large, -9007199254740991 AS safe, 1.5 AS part', {}, 10);
    expect(rows).toEqual([{ large: '9223372036854775807', safe: -9007199254740991, part: 1.5 }]);
    await database.close();
  });
});

describe.runIf(postgresqlBinaries)('PostgreSQL', () => {
  let server: PostgresqlServer;
  beforeAll(async () => {
    server = await startPostgresql();
  }, 60_000);
  afterAll(() => server.stop());

  const loopback = { resolve: async () => ({ address: '127.0.0.1', family: 4 as const }) };
  const open = (changes: { password?: string; database?: string } = {}) =>
    openPostgresql({
      host: 'localhost',
      tls: 'off',
      port: server.port,
      user: server.user,
      password: server.password,
      database: server.database,
      ...changes,
    }, { net: loopback, signal: AbortSignal.timeout(30_000) });

  describeDatabase('a server', () => open());

  it('says that the password was refused', async () => {
    await expect(open({ password: 'wrong' })).rejects.toMatchObject({ name: 'AuthError' });
  });

  it('says that there is no such database', async () => {
    await expect(open({ database: 'nowhere' })).rejects.toThrow(/no database of that name/);
  });

  it('reads nothing through a function that writes', async () => {
    const database = await open();
    await database.change(
      'CREATE OR REPLACE FUNCTION sneak() RETURNS integer AS $$ CREATE TABLE IF NOT EXISTS stolen (x integer); SELECT 1 $$ LANGUAGE sql',
      [],
    );
    await expect(database.read('SELECT sneak()', {}, 10)).rejects.toThrow(/may only read/);
    await database.close();
  });

  it('tells a server that is gone from one that refuses', async () => {
    const gone = openPostgresql({
      host: 'localhost',
      tls: 'off',
      port: 1,
      user: 'x',
      password: 'x',
      database: 'x',
    }, { net: loopback, signal: AbortSignal.timeout(30_000) });
    await expect(gone).rejects.toMatchObject({ retryable: true });
  });
});
