import type { Connector } from '@weft/connector-sdk';
import { createTestContext, describeConnector } from '@weft/connector-sdk/conformance';
import { describe, expect, it } from 'vitest';
import { isolated } from '../../test/isolated.ts';
import inProcess from './index.ts';

const ways: [string, Connector][] = [['in this process', inProcess], ['in a guest', isolated(inProcess)]];

describe.each(ways)('%s', (_way, sql) => {
  describeConnector(sql);

  const context = () =>
    createTestContext({ connection: { scheme: 'sqlite', config: { file: 'tickets.sqlite' }, credentials: {} } });
  const run = (operation: string, where: ReturnType<typeof context>, input: object, config: object) => {
    const handler = sql.operations[operation]?.run;
    if (!handler) throw new Error(`There is no operation ${operation}`);
    return handler(where, input as never, config as never);
  };

  /** What the form of a connection checks a file's name with. */
  function filePattern(): RegExp {
    const config = sql.descriptor.auth.find(({ id }) => id === 'sqlite')?.config;
    return new RegExp(config?.properties?.['file']?.pattern ?? 'the scheme has no pattern');
  }

  describe('SQL steps on a SQLite file', () => {
    it('make the table from the first row, update by key, and read it back', async () => {
      const where = context();
      const config = { table: 'tickets', keys: ['id'], makeMissing: true };
      await run('upsert', where, { row: { id: 1, title: 'before' } }, config);
      await run('upsert', where, { row: { id: 1, title: 'after' } }, config);
      await run('insert', where, { row: { id: 2, title: 'another' } }, { table: 'tickets', makeMissing: false });
      await expect(run(
        'query',
        where,
        { parameters: { least: 1 } },
        { sql: 'SELECT * FROM tickets WHERE id >= :least ORDER BY id', limit: 10 },
      )).resolves.toEqual({
        rows: [{ id: 1, title: 'after' }, { id: 2, title: 'another' }],
        count: 2,
        truncated: false,
      });
    });

    it('say that rows were left out where nobody has chosen how many', async () => {
      const where = context();
      const many = 'WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < 1001) SELECT id FROM n';
      await expect(run('query', where, {}, { sql: many, limit: 1_000 })).resolves.toMatchObject({ count: 1_000, truncated: true });
      expect(where.warned).toEqual([expect.stringContaining('more than 1,000 rows')]);
      await run('query', where, {}, { sql: many, limit: 1 });
      await run('query', where, {}, { sql: `${many} LIMIT 1000`, limit: 1_000 });
      expect(where.warned).toHaveLength(1);
    });

    it('offer the tables and their columns', async () => {
      const where = context();
      await run('insert', where, { row: { id: 1, title: 'x' } }, { table: 'tickets', makeMissing: true });
      const insert = sql.operations['insert'];
      await expect(insert?.options?.['tables']?.(where, { config: {} })).resolves.toEqual([{ value: 'tickets', title: 'tickets' }]);
      const schema = await insert?.schemas?.['columns']?.(where, { config: { table: 'tickets' } });
      expect(Object.keys(schema?.properties?.['row']?.properties ?? {})).toEqual(['id', 'title']);
    });

    it('turn the names in a query into fields to map', async () => {
      const schema = await sql.operations['query']?.schemas?.['parameters']?.(context(), { config: { sql: 'SELECT :from, :to' } });
      expect(schema?.properties?.['parameters']?.required).toEqual(['from', 'to']);
    });

    it('say which parameter has no value', async () => {
      await expect(run('query', context(), {}, { sql: 'SELECT :from', limit: 1 })).rejects.toMatchObject({ path: ['input', 'parameters', 'from'] });
    });

    it.each(['tickets.sqlite', 'shop/tickets.db', 'Årets billetter.sqlite', 'a.b.c.db', 'x.sqlite.db', 'a..b.db'])('may be for the file %s', (file) => {
      expect(file).toMatch(filePattern());
    });

    it.each([
      '../x.sqlite', 'a/../x.sqlite', '..', '.sqlite', '.x.sqlite', 'a/.x.db', '/etc/x.db', 'a//x.db', 'a\\x.db', '..\\x.db', 'C:x.db', ' x.db',
      'a /x.db', 'tickets', 'tickets.sqlite-wal', 'tickets.sqlite\n', '',
    ])(
      'may not be for %j, as their form says already',
      (file) => {
        expect(file).not.toMatch(filePattern());
      },
    );

    it('open no file outside the workspace', async () => {
      const outside = createTestContext({ connection: { scheme: 'sqlite', config: { file: '../weft.sqlite' }, credentials: {} } });
      await expect(run('query', outside, {}, { sql: 'SELECT 1', limit: 1 })).rejects.toThrow(/not a file name/);
    });

    it('test the connection', async () => {
      await expect(sql.testConnection?.(context())).resolves.toMatch(/Connected/);
    });
  });
});
