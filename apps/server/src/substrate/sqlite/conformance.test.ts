import { describeSubstrate } from '@weft/engine/conformance';
import type { RunStatus } from '@weft/engine';
import { temporaryStore } from '../../../test/temporary-store.ts';
import { statement } from '../../db/commit.ts';
import { Rows } from '../rows.ts';
import { createSqliteSubstrate } from './sqlite-substrate.ts';

describeSubstrate('in SQLite', async (rules) => {
  const { db, dispose } = temporaryStore();
  const status = db.$client.prepare<[string], RunStatus>('select status from runs where id = ?').pluck();
  db.$client.exec('create table test_rows (id integer primary key, name text unique)');
  const insert = db.$client.prepare<[string]>('insert into test_rows (name) values (?)');
  const names = db.$client.prepare<[], string>('select name from test_rows order by id').pluck();
  return {
    substrate: createSqliteSubstrate({ database: db.$client, rules }),
    reopen: async () => createSqliteSubstrate({ database: db.$client, rules }),
    statusOf: async (runId) => status.get(runId),
    alongside: (row) => new Rows([statement({ run: () => insert.run(row) })]),
    rows: async () => names.all(),
    dispose: async () => dispose(),
  };
});
