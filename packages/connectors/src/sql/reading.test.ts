import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestContext } from '../../test/context.ts';
import { inZone } from '../../test/in-zone.ts';
import { postgresqlBinaries, startPostgresql, type PostgresqlServer } from '../../test/postgresql-server.ts';
import { withDatabase } from './connections.ts';
import sql from './index.ts';

describe.runIf(postgresqlBinaries)('reading from PostgreSQL', () => {
  let server: PostgresqlServer;
  beforeAll(async () => {
    server = await startPostgresql();
  }, 60_000);
  afterAll(() => server.stop());

  const connection = () => ({
    scheme: 'postgresql',
    config: { host: '127.0.0.1', port: server.port, database: server.database, tls: 'off' },
    credentials: { user: server.user, password: server.password },
  });
  const query = async (text: string, parameters = {}, context = createTestContext({ connection: connection() })) => {
    const { rows } = (await sql.operations['query']!.run!(context, { parameters }, { sql: text, limit: 100 })) as { rows: object[] };
    return rows;
  };

  it('takes no more memory for many rows than for few', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'weft-many-'));
    // What Node keeps for its own convenience would hide what is kept by mistake.
    const options = ['--max-semi-space-size=4', '--max-old-space-size=64'];
    const read = await inZone<{ records: number; rows: number; grownBytes: number }>('UTC', './read-many.ts', { connection: connection(), folder, options });
    expect(read).toMatchObject({ records: 900_000, rows: 10 });
    expect(read.grownBytes).toBeLessThan(40 << 20);
  }, 120_000);

  it('ends on the server when its step ends', async () => {
    const stopped = new AbortController();
    const sleeping = query('SELECT pg_sleep(600)', {}, Object.assign(createTestContext({ connection: connection() }), { signal: stopped.signal }));
    const asleep = () => query(`SELECT pid FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND pid <> pg_backend_pid() AND state = 'active'`);
    await vi.waitFor(async () => expect(await asleep()).toHaveLength(1));
    stopped.abort();
    await expect(sleeping).rejects.toMatchObject({ retryable: true });
    await vi.waitFor(async () => expect(await asleep()).toHaveLength(0), { timeout: 5_000 });
  });

  it('finds no parameter in a text with escapes, and none in what follows it', async () => {
    expect(await query(String.raw`SELECT E'it\'s :x' AS a, :y AS b, 'c:\' AS c`, { y: 'z' })).toEqual([{ a: `it's :x`, b: 'z', c: 'c:\\' }]);
  });

  it('takes what else only reads, and says what does not', async () => {
    expect(await query('/* both */ (SELECT 1 AS a) UNION ALL (VALUES (2)) ORDER BY a;')).toEqual([{ a: 1 }, { a: 2 }]);
    expect(await query('SHOW server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
    expect((await query('EXPLAIN SELECT 1')).length).toBeGreaterThan(0);
    for (const text of ['CREATE TABLE x (y integer)', 'WITH n AS (INSERT INTO pg_class DEFAULT VALUES RETURNING 1) SELECT 1', 'SELECT 1 AS a INTO x']) {
      await expect(query(text)).rejects.toMatchObject({ path: ['config', 'sql'], message: expect.stringMatching(/may only read/) });
    }
    await expect(query('SELECT nothing')).rejects.toMatchObject({
      path: ['config', 'sql'],
      message: expect.stringContaining('column "nothing" does not exist'),
    });
  });

  it('keeps the order of a query that has one', async () => {
    expect(await query('SELECT i FROM generate_series(1, 3) i ORDER BY i DESC; -- last first')).toEqual([{ i: 3 }, { i: 2 }, { i: 1 }]);
  });

  it('asks the server once for types of its own, in a query as in a stream', async () => {
    await withDatabase(createTestContext({ connection: connection() }), (database) => database.change(`CREATE TYPE tone AS ENUM ('high', 'low')`));
    expect(await query(`SELECT ARRAY['high', NULL]::tone[] AS tones, 'low'::tone AS tone, NULL::tone AS none`)).toEqual([
      { tones: ['high', null], tone: 'low', none: null },
    ]);
  });
});
