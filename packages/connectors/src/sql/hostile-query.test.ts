import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestContext } from '../../test/context.ts';
import { isolated } from '../../test/isolated.ts';
import { postgresqlBinaries, startPostgresql, type PostgresqlServer } from '../../test/postgresql-server.ts';
import inProcess from './index.ts';

const sql = isolated(inProcess);

describe.runIf(postgresqlBinaries)('a query on PostgreSQL', () => {
  let server: PostgresqlServer;
  beforeAll(async () => {
    server = await startPostgresql();
  }, 60_000);
  afterAll(() => server.stop());

  const context = (signal?: AbortSignal) =>
    createTestContext({
      connection: {
        scheme: 'postgresql',
        config: { host: '127.0.0.1', port: server.port, database: server.database, tls: 'off' },
        credentials: { user: server.user, password: server.password },
      },
      ...(signal && { signal }),
    });
  const query = async (text: string, { limit = 100, signal }: { limit?: number; signal?: AbortSignal } = {}) =>
    ((await sql.operations['query']!.run!(context(signal), {}, { sql: text, limit })) as { rows: Record<string, unknown>[] }).rows;

  const tooMuch = [`SELECT repeat('x', 600000000) AS x`, `SELECT repeat('x', 5000000) AS x FROM generate_series(1, 400)`];
  it.each(tooMuch)('that gives more than fits ends with a sentence: %s', { timeout: 60_000 }, async (text) => {
    await expect(query(text, { limit: 1_000 })).rejects.toMatchObject({ kind: 'unsupported', message: expect.stringContaining('24 MB') });
    expect(await query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('gives rows of a megabyte in batches that fit, the same ones from each cursor on', { timeout: 60_000 }, async () => {
    const read = async (cursor?: number) => {
      const batches: { ids: number[]; cursor: unknown }[] = [];
      const config = { sql: `SELECT i AS id, repeat('x', 1000000) AS x FROM generate_series(1, 40) i`, goOn: 'key', key: 'id' };
      const options = { batchSize: 1_000, cursor: cursor === undefined ? undefined : { done: cursor, key: String(cursor) } };
      for await (const batch of sql.operations['records']!.read!(context(), {}, config, options)) {
        batches.push({ ids: batch.records.map((record) => (record as { id: number }).id), cursor: batch.cursor });
      }
      return batches;
    };
    const batches = await read();
    expect(batches.flatMap(({ ids }) => ids)).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
    expect(Math.max(...batches.map(({ ids }) => ids.length))).toBeLessThanOrEqual(4);
    const [first] = batches;
    expect(await read(first?.ids.at(-1))).toEqual(batches.slice(1));
  });

  it.each(['program', 'file'])('does not copy to a %s, whatever the user may do', async (kind) => {
    const target = join(mkdtempSync(join(tmpdir(), 'weft-copy-')), 'out');
    const copy = kind === 'program' ? `COPY (SELECT 1) TO PROGRAM 'cat > ${target}'` : `COPY (SELECT 1) TO '${target}'`;
    for (const text of [copy, `/* SELECT */ ${copy}`, `-- SELECT\n${copy}`, `SELECT 1; ${copy}`]) {
      await expect(query(text)).rejects.toMatchObject({ path: ['config', 'sql'] });
      const config = { sql: text, goOn: 'none', key: 'id' };
      const reading = sql.operations['records']!.read!(context(), {}, config, { batchSize: 10 })[Symbol.asyncIterator]();
      await expect(reading.next()).rejects.toMatchObject({ path: ['config', 'sql'] });
    }
    expect(existsSync(target)).toBe(false);
  });

  const others = ['CHECKPOINT', 'LOCK TABLE pg_class', 'DO $$ BEGIN END $$', 'SET ROLE postgres', 'VACUUM', 'LISTEN x', 'CALL x()', 'PREPARE x AS SELECT 1'];
  it.each([...others, 'BEGIN', ''])('has to begin as one: %s', async (text) => {
    await expect(query(text)).rejects.toMatchObject({ path: ['config', 'sql'], message: expect.stringContaining('may only read') });
  });

  it('ends at the server when its step has ended', { timeout: 60_000 }, async () => {
    const asleep = () => query(`SELECT pid FROM pg_stat_activity WHERE query LIKE '%pg_sleep(601)%' AND pid <> pg_backend_pid() AND state = 'active'`);
    const stopped = new AbortController();
    const sleeping = query('SELECT pg_sleep(601)', { signal: stopped.signal });
    sleeping.catch(() => undefined);
    await vi.waitFor(async () => expect(await asleep()).toHaveLength(1), { timeout: 20_000, interval: 100 });
    stopped.abort();
    await expect(sleeping).rejects.toMatchObject({ retryable: true });
    await vi.waitFor(async () => expect(await asleep()).toHaveLength(0), { timeout: 20_000, interval: 100 });
  });

  it('shares its session with the one before it, and nothing of what that left there', async () => {
    const [first] = await query(`SELECT pg_backend_pid() AS pid, pg_advisory_lock(42) AS lock, set_config('datestyle', 'German', false) AS style`);
    const [second] = await query(`SELECT pg_backend_pid() AS pid, (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory') AS locks,
      current_setting('datestyle') AS style, '2026-03-01'::date AS day`);
    expect(second).toEqual({ pid: first?.['pid'], locks: 0, style: 'ISO, MDY', day: '2026-03-01' });
  });

  it('gets a new session where the server has ended the kept one', async () => {
    const [first] = await query('SELECT pg_backend_pid() AS pid');
    // Of another workspace: its own session would end with it.
    const ends = `SELECT pg_terminate_backend(${String(first?.['pid'])})`;
    await sql.operations['query']!.run!({ ...context(), workspaceId: 'ws_other' }, {}, { sql: ends, limit: 1 });
    const [second] = await query('SELECT pg_backend_pid() AS pid');
    expect(second?.['pid']).not.toBe(first?.['pid']);
  });
});
