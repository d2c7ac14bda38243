/** What tests and benches of others may use: real databases on the loopback, and the connectors as the server has them. */
import sqlInProcess from '../src/sql/index.ts';

export { createTestContext } from './context.ts';
export { isolated } from './isolated.ts';
export { malformed, startMalformed, type Malformed } from './malformed-postgresql.ts';
export { postgresqlBinaries, startPostgresql, type PostgresqlServer } from './postgresql-server.ts';
export { sqlInProcess };
