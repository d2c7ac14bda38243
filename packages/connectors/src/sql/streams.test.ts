import { ConnectorError, type ConnectionValues, type Connector } from '@weft/connector-sdk';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestContext } from '../../test/context.ts';
import { isolated } from '../../test/isolated.ts';
import { postgresqlBinaries, startPostgresql, type PostgresqlServer } from '../../test/postgresql-server.ts';
import { everyCursorGoesOn, readAll, recordsOf } from '../../test/read-all.ts';
import { withDatabase } from './connections.ts';
import inProcess from './index.ts';

const options = { keyOf: String, adds: false };

const ways: [string, Connector][] = [['in this process', inProcess], ['in guests', isolated(inProcess)]];

/** What streams from and to every make of database must do. */
function describeStreams(name: string, connect: () => ConnectionValues): void {
  describe.each(ways)(`streams over ${name}, %s`, (_way, sql) => {
    let context: ReturnType<typeof createTestContext>;
    const change = (text: string) => withDatabase(context, (database) => database.change(text, []));
    const all = async () => withDatabase(context, async (database) => (await database.read('SELECT id, title FROM items ORDER BY id', {}, 1_000)).rows);
    const source = (config: object, batchSize = 3) => ({
      connector: sql,
      operation: 'records',
      context,
      config: { sql: 'SELECT id, title FROM items', goOn: 'key', key: 'id', ...config },
      batchSize,
    });
    const write = (operation: string, rows: object[], config: object = {}) =>
      sql.operations[operation]!.write!(
        context,
        rows.map((row) => ({ row }) as never),
        { table: 'items', makeMissing: false, keys: ['id'], ...config },
        options,
      );

    beforeEach(async () => {
      context = createTestContext({ connection: connect() });
      await change('DROP TABLE IF EXISTS items');
      await change('CREATE TABLE items (id integer PRIMARY KEY, title text NOT NULL)');
    });

    it('rows come in batches by their key, and every cursor goes on behind its batch', async () => {
      await write('insert', Array.from({ length: 10 }, (_, at) => ({ id: 10 - at, title: `t${10 - at}` })));
      const batches = await readAll(source({}));
      expect(batches.map(({ records }) => records.length)).toEqual([3, 3, 3, 1]);
      expect(recordsOf(batches)).toEqual(Array.from({ length: 10 }, (_, at) => ({ id: at + 1, title: `t${at + 1}` })));
      await everyCursorGoesOn(source({}));
    });

    it('rows with one key are never parted, so that none is lost behind a batch', async () => {
      await write('insert', Array.from({ length: 12 }, (_, at) => ({ id: at, title: 'x' })));
      for (const divisor of [2, 3, 4, 5]) {
        const rows = source({ sql: `SELECT id / ${divisor} AS id, id AS line FROM items` }, 5);
        const lines = recordsOf(await readAll(rows)).map((row) => (row as { line: number }).line);
        expect(lines.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, at) => at));
        await everyCursorGoesOn(rows);
      }
      await expect(readAll(source({ sql: 'SELECT id / 6 AS id, id AS line FROM items' }, 5))).rejects.toThrow(/More than 5 rows have the same value in "id"/);
      const capitals = source({ sql: `SELECT CASE WHEN id % 2 = 0 THEN 'a' ELSE 'A' END AS id, id AS line FROM items WHERE id < 4` });
      await expect(readAll(capitals)).rejects.toThrow(/the same value/);
    });

    it('a query without the key column is told at that setting', async () => {
      await write('insert', [{ id: 1, title: 'x' }]);
      await expect(readAll(source({ sql: 'SELECT title FROM items' }))).rejects.toMatchObject({
        path: ['config', 'key'],
        message: expect.stringContaining('The query has no column "id"'),
      });
      await expect(readAll(source({ sql: 'SELECT nothing FROM items' }))).rejects.toMatchObject({ path: ['config', 'sql'] });
    });

    it('rows come in the order of their query where they are counted, with parameters', async () => {
      await write('insert', Array.from({ length: 7 }, (_, at) => ({ id: at + 1, title: `t${at + 1}` })));
      const counted = {
        ...source({ sql: 'SELECT id FROM items WHERE id > :least ORDER BY id DESC; -- newest first', goOn: 'count' }),
        input: { parameters: { least: 2 } },
      };
      expect(recordsOf(await readAll(counted))).toEqual([7, 6, 5, 4, 3].map((id) => ({ id })));
      await everyCursorGoesOn(counted);
    });

    it('a query that cannot go on says so by giving no cursor', async () => {
      await write('insert', [{ id: 1, title: 'x' }]);
      expect((await readAll(source({ goOn: 'none' })))[0]).not.toHaveProperty('cursor');
    });

    it('a loop that leaves early frees what it holds', async () => {
      await write('insert', Array.from({ length: 9 }, (_, at) => ({ id: at, title: 'x' })));
      for await (const batch of sql.operations['records']!.read!(context, {}, source({}).config, { batchSize: 2 })) {
        expect(batch.records).toHaveLength(2);
        break;
      }
      await change('DROP TABLE items');
    });

    it('nothing but reading is let in', { timeout: 30_000 }, async () => {
      await expect(readAll(source({ sql: 'DELETE FROM items' }))).rejects.toBeInstanceOf(ConnectorError);
      await expect(readAll(source({ sql: 'SELECT 1 AS id) AS x; DROP TABLE items; --' }))).rejects.toBeInstanceOf(ConnectorError);
      expect(await all()).toEqual([]);
    });

    it('many rows are written at once, in one transaction', async () => {
      expect(await write('insert', Array.from({ length: 500 }, (_, at) => ({ id: at, title: `t${at}` })))).toEqual({ failures: [] });
      expect(await all()).toHaveLength(500);
    });

    it('a row that is refused is left out, and the others are written', async () => {
      const result = await write('insert', [
        { id: 1, title: 'a' },
        { id: 2, title: null },
        { id: 1, title: 'again' },
        { id: 3, title: 'c', colour: 'red' },
        { id: 4, title: 'd' },
      ]);
      expect(result.failures?.map(({ index }) => index).toSorted()).toEqual([1, 2, 3]);
      expect(result.failures?.find(({ index }) => index === 3)?.error.message).toMatch(/has no column "colour"/);
      expect(await all()).toEqual([{ id: 1, title: 'a' }, { id: 4, title: 'd' }]);
    });

    it('rows are updated by their key, the later one wins, and a repeat changes nothing', async () => {
      const rows = [{ id: 1, title: 'first' }, { id: 2, title: 'x' }, { id: 1, title: 'last' }];
      for (let time = 0; time < 2; time += 1) expect(await write('upsert', rows)).toEqual({ failures: [] });
      expect(await all()).toEqual([{ id: 1, title: 'last' }, { id: 2, title: 'x' }]);
    });

    it('a table that is missing is made from the first row, or refused', async () => {
      await change('DROP TABLE items');
      await expect(write('insert', [{ id: 1, title: 'x' }])).rejects.toThrow(/There is no table "items"/);
      await write('upsert', [{ id: 1, title: 'x' }], { makeMissing: true });
      expect(await all()).toEqual([{ id: 1, title: 'x' }].map((row) => expect.objectContaining({ title: row.title })));
    });
  });
}

describeStreams('a SQLite file', () => ({ scheme: 'sqlite', config: { file: 'items.sqlite' }, credentials: {} }));

describe.runIf(postgresqlBinaries)('with a PostgreSQL server', () => {
  let server: PostgresqlServer;
  beforeAll(async () => {
    server = await startPostgresql();
  }, 60_000);
  afterAll(() => server.stop());

  describeStreams('PostgreSQL', () => ({
    scheme: 'postgresql',
    config: { host: '127.0.0.1', port: server.port, database: server.database, tls: 'off' },
    credentials: { user: server.user, password: server.password },
  }));
});
