import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionValues } from '@weft/connector-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CopiedValue } from '../../test/copy-sql-types.ts';
import { createTestContext } from '../../test/context.ts';
import { inZone, zones } from '../../test/in-zone.ts';
import { postgresqlBinaries, startPostgresql, type PostgresqlServer } from '../../test/postgresql-server.ts';
import { postgresqlTypes, sqliteTypes, type SqlType } from '../../test/sql-types.ts';
import { withDatabase } from './connections.ts';

const folder = mkdtempSync(join(tmpdir(), 'weft-types-'));

/** What every make of database must do with every type it has; each make joins it. */
function describeTypes(name: string, types: readonly SqlType[], connect: () => ConnectionValues): void {
  describe.each(Object.entries(zones))(`every type of ${name}, on a machine in %s`, (zone, offset) => {
    let copied: { offset: number; values: CopiedValue[] };
    beforeAll(async () => {
      copied = await inZone(zone, './copy-sql-types.ts', { connection: connect(), folder });
    }, 120_000);

    it('was read there', () => expect(copied.offset).toBe(offset));

    it.each(types.map(({ type }) => type))('%j is read as the database holds it, fits the schemas of its column, and is written as it was', (type) => {
      const own = copied.values.filter((value) => value.type === type);
      const values = types.find((candidate) => candidate.type === type)?.values ?? [];
      expect(own.map(({ read }) => read)).toEqual([...values.map(([, read]) => read), null]);
      expect(own.flatMap(({ refused }) => refused)).toEqual([]);
      expect(own.flatMap(({ publishes }) => publishes)).not.toContain('no');
      expect(own.map(({ copied: copy }) => copy)).toEqual(own.map(({ held }) => held));
    });
  });
}

describeTypes('SQLite', sqliteTypes, () => ({ scheme: 'sqlite', config: { file: 'types.sqlite' }, credentials: {} }));

describe.runIf(postgresqlBinaries)('with a PostgreSQL server', () => {
  let server: PostgresqlServer;
  const connection = (): ConnectionValues => ({
    scheme: 'postgresql',
    config: { host: '127.0.0.1', port: server.port, database: server.database, tls: 'off' },
    credentials: { user: server.user, password: server.password },
  });
  beforeAll(async () => {
    server = await startPostgresql();
    await withDatabase(createTestContext({ connection: connection() }), async (database) => {
      // A server that is set up in its own way: none of it may show.
      await database.change(
        `ALTER DATABASE postgres SET timezone = 'Asia/Kolkata'; ALTER DATABASE postgres SET datestyle = 'German'; ALTER DATABASE postgres SET bytea_output = 'escape'`,
      );
      await database.change(
        `CREATE TYPE mood AS ENUM ('happy', 'so, so'); CREATE DOMAIN amount AS numeric(10,3); CREATE DOMAIN days AS date[]; CREATE TYPE place AS (name text, size numeric)`,
      );
    });
  }, 60_000);
  afterAll(() => server.stop());

  describeTypes('PostgreSQL', postgresqlTypes, connection);
});
