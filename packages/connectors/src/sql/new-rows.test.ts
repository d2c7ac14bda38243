import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionValues, JsonObject, PollRequest, PollResult } from '@weft/connector-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestContext } from '../../test/context.ts';
import { inZone, zones } from '../../test/in-zone.ts';
import { postgresqlBinaries, startPostgresql, type PostgresqlServer } from '../../test/postgresql-server.ts';
import { withDatabase } from './connections.ts';
import sql from './index.ts';

/** What every make of database must do; each make joins it. */
function describeNewRows(name: string, connect: () => ConnectionValues): void {
  describe(`new rows of ${name}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'weft-rows-'));
    const context = () => createTestContext({ connection: connect(), folder });
    const run = (statement: string) => withDatabase(context(), (database) => database.change(statement));
    const poll = (request: Partial<PollRequest>, config: JsonObject = { table: 'orders', column: 'id' }): Promise<PollResult> =>
      sql.operations['new-rows']?.poll?.(context(), config, { cursor: null, baseline: false, limit: 100, ...request }) ?? Promise.reject(new Error('no poll'));
    const titles = ({ items }: PollResult) => items.map(({ value }) => (value as JsonObject)['title']);

    beforeAll(async () => {
      await run('CREATE TABLE orders (id integer PRIMARY KEY, title text, day text)');
      await run(`INSERT INTO orders VALUES (1, 'a', '2026-03-01'), (2, 'b', '2026-03-01'), (3, 'c', '2026-03-02')`);
    });

    it('come in pages, oldest first, each row once', async () => {
      const first = await poll({ limit: 2 });
      expect([titles(first), first.more]).toEqual([['a', 'b'], true]);
      const second = await poll({ limit: 2, cursor: first.cursor });
      expect([titles(second), second.more]).toEqual([['c'], false]);
      expect((await poll({ cursor: second.cursor })).items).toEqual([]);
    });

    it('begin behind what is there when only a cursor is asked for', async () => {
      const { items, cursor } = await poll({ baseline: true });
      expect(items).toEqual([]);
      await run(`INSERT INTO orders VALUES (4, 'd', '2026-03-02')`);
      expect(titles(await poll({ cursor }))).toEqual(['d']);
      await run('DELETE FROM orders WHERE id = 4');
    });

    it('are found by a value that several rows share, also when one comes late', async () => {
      const byDay = { table: 'orders', column: 'day' };
      const first = await poll({ limit: 1 }, byDay);
      const second = await poll({ limit: 10, cursor: first.cursor }, byDay);
      expect([...titles(first), ...titles(second)].toSorted()).toEqual(['a', 'b', 'c']);
      await run(`INSERT INTO orders VALUES (5, 'late', '2026-03-02')`);
      expect(titles(await poll({ cursor: second.cursor }, byDay))).toEqual(['late']);
      await run('DELETE FROM orders WHERE id = 5');
    });

    it('can be read again from a value on', async () => {
      expect(titles(await poll({ since: '2' }))).toEqual(['b', 'c']);
      expect(titles(await poll({ since: '2026-03-02' }, { table: 'orders', column: 'day' }))).toEqual(['c']);
    });

    it('name their item by its key, so that a changed row is not a new one', async () => {
      const [before] = (await poll({})).items;
      await run(`UPDATE orders SET title = 'changed' WHERE id = 1`);
      const [after] = (await poll({})).items;
      expect([before?.id, after?.id]).toEqual(['[1]', '[1]']);
      await run(`UPDATE orders SET title = 'a' WHERE id = 1`);
    });

    it('of an empty table are the first that come', async () => {
      await run('CREATE TABLE empty (id integer PRIMARY KEY, title text)');
      const config = { table: 'empty', column: 'id' };
      const { cursor } = await poll({ baseline: true }, config);
      await run(`INSERT INTO empty VALUES (1, 'first')`);
      expect(titles(await poll({ cursor }, config))).toEqual(['first']);
    });

    it.each(Object.keys(zones))('by time are the same on a machine in %s, and go on behind what an earlier build had read', async (zone) => {
      const found = await inZone<Record<string, object>>(zone, './poll-by-time.ts', { connection: connect(), folder });
      const six = [1, 2, 3, 4, 5, 6].map((n) => `new ${n}`);
      expect(Object.keys(found)).toHaveLength(3);
      for (const [type, polled] of Object.entries(found)) {
        // A cursor without microseconds lies before its row: that comes again under the id it had, and starts nothing.
        const old = name === 'PostgreSQL' && type !== 'date' ? ['old', ...six] : six;
        expect({ type, ...polled }).toEqual({ type, behindBaseline: six, again: [], behindOldCursor: old });
      }
    });

    it('keep the ids that they had, whatever is read of their key', async () => {
      await run('CREATE TABLE large (id bigint PRIMARY KEY, title text)');
      await run(`INSERT INTO large VALUES (7, 'a')`);
      const { items } = await poll({}, { table: 'large', column: 'id' });
      expect(items).toEqual([{ id: name === 'PostgreSQL' ? '["7"]' : '[7]', value: { id: 7, title: 'a' } }]);
    });

    it('are refused with a sentence where table or column is missing', async () => {
      await expect(poll({}, { table: 'nothing', column: 'id' })).rejects.toThrow(/no table "nothing"/);
      await expect(poll({}, { table: 'orders', column: 'id" OR 1=1 --' })).rejects.toThrow(/has no column/);
    });
  });
}

describeNewRows('a SQLite file', () => ({ scheme: 'sqlite', config: { file: 'orders.sqlite' }, credentials: {} }));

if (postgresqlBinaries) {
  let server: PostgresqlServer;
  beforeAll(async () => {
    server = await startPostgresql();
  }, 60_000);
  afterAll(() => server.stop());
  describeNewRows('PostgreSQL', () => ({
    scheme: 'postgresql',
    config: { host: '127.0.0.1', port: server.port, database: server.database, tls: 'off' },
    credentials: { user: server.user, password: server.password },
  }));
}
