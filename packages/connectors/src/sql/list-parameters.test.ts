import type { ConnectionValues, Json, JsonObject } from '@weft/connector-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestContext } from '../../test/context.ts';
import { postgresqlBinaries, startPostgresql, type PostgresqlServer } from '../../test/postgresql-server.ts';
import { withDatabase } from './connections.ts';
import sql from './index.ts';

/** What every make of database does with lists in queries; each make joins it. */
function describeLists(name: string, connect: () => ConnectionValues): void {
  describe(`a list as a parameter of ${name}`, () => {
    let context: ReturnType<typeof createTestContext>;
    beforeAll(async () => {
      context = createTestContext({ connection: connect() });
      await withDatabase(context, async (database) => {
        await database.change('CREATE TABLE it (id bigint PRIMARY KEY, code text)');
        await database.change(`INSERT INTO it VALUES (1, '007'), (2, '7'), (3, 'a,"b\\'), (9007199254740993, NULL)`);
      });
    });
    const found = async (condition: string, values: Json | Record<string, Json>) => {
      const parameters = typeof values === 'object' && values !== null && !Array.isArray(values) ? values : { of: values };
      const { rows } = (await sql.operations['query']!.run!(context, { parameters }, {
        sql: `SELECT id FROM it WHERE ${condition} ORDER BY id`,
        limit: 10,
      })) as { rows: JsonObject[] };
      return rows.map(({ id }) => id);
    };

    it.each(['id IN (:of)', 'id = ANY(:of)', 'id in ( :of )', 'id=some (:of)'])('%s finds what is in the list', async (condition) => {
      expect(await found(condition, [1, '3', 4])).toEqual([1, 3]);
      expect(await found(condition, ['9007199254740993'])).toEqual(['9007199254740993']);
      expect(await found(condition, [])).toEqual([]);
      expect(await found(condition, [1, null])).toEqual([1]);
    });

    it.each(['id NOT IN (:of)', 'id <> ALL(:of)', 'id != all (:of)'])('%s finds what is not in it, and all where it is empty', async (condition) => {
      expect(await found(condition, [1, '3'])).toEqual([2, '9007199254740993']);
      expect(await found(condition, [])).toHaveLength(4);
      expect(await found(condition, [1, null])).toEqual([]);
    });

    it('one value is a list of one', async () => {
      for (const condition of ['id IN (:of)', 'id = ANY(:of)']) expect(await found(condition, 2)).toEqual([2]);
      for (const condition of ['id NOT IN (:of)', 'id <> ALL(:of)']) expect(await found(condition, 2)).toEqual([1, 3, '9007199254740993']);
    });

    it('texts of any characters are compared as texts', async () => {
      expect(await found('code IN (:of)', ['007', 'a,"b\\'])).toEqual([1, 3]);
      expect(await found('code IN (:of)', ['7', '{}', 'NULL'])).toEqual([2]);
    });

    it('ten thousand values are one parameter, beside others', async () => {
      const all = Array.from({ length: 10_000 }, (_, at) => at + 2);
      expect(await found('id IN (:all) AND code <> :not', { all, not: 'x' })).toEqual([2, 3]);
    });

    it('streams of rows take them, also behind a cursor', async () => {
      const config = { sql: 'SELECT id FROM it WHERE id IN (:of)', goOn: 'key', key: 'id' };
      const batches = sql.operations['records']!.read!(context, { parameters: { of: [1, 2, 3] } }, config, { batchSize: 2 });
      const all = [];
      let cursor: Json | undefined;
      for await (const batch of batches) {
        all.push(...batch.records);
        cursor ??= batch.cursor;
      }
      expect(all).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
      for await (const { records } of sql.operations['records']!.read!(context, { parameters: { of: [1, 2, 3] } }, config, { batchSize: 2, cursor: cursor! })) {
        expect(records).toEqual([{ id: 3 }]);
      }
    });

    it('the form says where a list may go', async () => {
      const query = `SELECT 'IN (:no)' WHERE a IN (:one) AND b = ANY(:two) AND c = :three AND d IN (:four, 1)`;
      const schema = await sql.operations['query']!.schemas!['parameters']!(context, { config: { sql: query } });
      const fields = schema.properties?.['parameters']?.properties ?? {};
      expect(Object.entries(fields).map(([field, { type }]) => [field, [type].flat().includes('array')])).toEqual([
        ['one', true],
        ['two', true],
        ['three', false],
        ['four', false],
      ]);
    });
  });
}

describeLists('SQLite', () => ({ scheme: 'sqlite', config: { file: 'lists.sqlite' }, credentials: {} }));

describe.runIf(postgresqlBinaries)('with a PostgreSQL server', () => {
  let server: PostgresqlServer;
  beforeAll(async () => {
    server = await startPostgresql();
  }, 60_000);
  afterAll(() => server.stop());
  const connect = (): ConnectionValues => ({
    scheme: 'postgresql',
    config: { host: '127.0.0.1', port: server.port, database: server.database, tls: 'off' },
    credentials: { user: server.user, password: server.password },
  });

  describeLists('PostgreSQL', connect);

  const run = (text: string, parameters: JsonObject, more: object = {}) =>
    sql.operations['query']!.run!({ ...createTestContext({ connection: connect() }), ...more }, { parameters }, { sql: text, limit: 10 });

  it('a list is what its place wants: numbers, times, texts, or JSON', async () => {
    const rows = async (text: string, parameters: JsonObject) => ((await run(text, parameters)) as { rows: JsonObject[] }).rows;
    expect(await rows('SELECT unnest(:of::int[]) AS n', { of: [1, 2] })).toEqual([{ n: 1 }, { n: 2 }]);
    expect(await rows(`SELECT 1 AS n WHERE '2026-01-01'::date = ANY(:of)`, { of: ['2026-01-01'] })).toEqual([{ n: 1 }]);
    expect(await rows(`SELECT 1 AS n WHERE ARRAY['a','b'] && :of`, { of: ['b'] })).toEqual([{ n: 1 }]);
    expect(await rows(`SELECT 1 AS n WHERE '["a",{"b":1}]'::jsonb @> :of`, { of: ['a'] })).toEqual([{ n: 1 }]);
    expect(await rows('SELECT :of::jsonb AS j', { of: [1, { a: 'x' }] })).toEqual([{ j: [1, { a: 'x' }] }]);
    await expect(run('SELECT 1 WHERE 1 = ANY(:of)', { of: ['x'] })).rejects.toMatchObject({ path: ['config', 'sql'], message: expect.stringContaining('"x"') });
  });

  it('the server itself ends a statement soon after the limit of its step', async () => {
    const timeout = async (more: object) => ((await run('SHOW statement_timeout', {}, more)) as { rows: JsonObject[] }).rows[0]?.['statement_timeout'];
    expect(await timeout({ timeoutMs: 28_000 })).toBe('30s');
    expect(await timeout({})).toBe('3602s');
  });
});
