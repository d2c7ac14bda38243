import { TerminalError, type OperationContext } from '@weft/connector-sdk';
import { choice, customAuth, noAuth, secret } from '@weft/connector-sdk/author';
import { z } from 'zod';
import type { SqlDatabase } from './database.ts';
import { openPostgresql, postgresqlSettings } from './postgresql.ts';
import { openSqlite } from './sqlite.ts';

/**
 * A name inside the workspace's folder, told at the field while it is typed: no `..`, no hidden, absolute or foreign path. What
 * opens the file checks its name again.
 */
const databaseFile = /^(?:[^\s./\\:*?"<>|](?:[^/\\:*?"<>|]*[^\s./\\:*?"<>|])?\/)*[^\s./\\:*?"<>|][^/\\:*?"<>|]*\.(?:sqlite|db)$/;

/** The two makes of database; each scheme of the connection is one. */
export const schemes = [
  noAuth({
    id: 'sqlite',
    title: 'SQLite file',
    help: 'A database in one file of this workspace. It is made when it does not exist yet.',
    config: z.object({
      file: z.string()
        .max(200)
        .regex(databaseFile)
        .meta({ title: 'File', description: 'A file of this workspace. Its name ends in .sqlite or .db.', examples: ['tickets.sqlite', 'shop/tickets.db'] }),
    }),
  }),
  customAuth({
    id: 'postgresql',
    title: 'PostgreSQL',
    help: 'Use a database user that may do no more than your flows need.',
    hostSetting: 'host',
    config: z.object({
      host: z.string().min(1).meta({ title: 'Host', examples: ['db.example.com'] }),
      port: z.int().min(1).max(65_535).default(5432).meta({ title: 'Port' }),
      database: z.string().min(1).meta({ title: 'Database' }),
      tls: choice({ verify: 'Encrypted, certificate checked', off: 'Not encrypted' }, { title: 'Encryption' }).default('verify'),
    }),
    fields: z.object({ user: z.string().min(1).meta({ title: 'User' }), password: secret({ title: 'Password' }) }),
  }),
];

/** Opens the database of the step's connection, lends it, and closes it whatever happens. */
export async function withDatabase<T>(context: OperationContext, work: (database: SqlDatabase) => Promise<T>): Promise<T> {
  const database = await openDatabase(context);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Opens the database of the connection; the caller closes it. */
export async function openDatabase({ connection, files, net, signal, timeoutMs, kept }: OperationContext): Promise<SqlDatabase> {
  if (!connection) throw new TerminalError('Choose a database connection first.', { kind: 'invalid_input' });
  if (connection.scheme === 'sqlite') return openSqlite(await files.database(String(connection.config['file'])));
  return openPostgresql(postgresqlSettings(connection.config, connection.credentials), { net, signal, timeoutMs, kept });
}

/** The tables of the connection, for the form. */
export async function tableOptions(context: OperationContext) {
  return withDatabase(context, async (database) => (await database.tables()).map((name) => ({ value: name, title: name })));
}
