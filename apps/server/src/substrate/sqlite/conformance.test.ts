import { describeSubstrate } from '@weft/engine/conformance';
import type { RunStatus } from '@weft/engine';
import { temporaryStore } from '../../../test/temporary-store.ts';
import { createSqliteSubstrate } from './sqlite-substrate.ts';

describeSubstrate('in SQLite', async (rules) => {
  const { db, dispose } = temporaryStore();
  const status = db.$client.prepare<[string], RunStatus>('select status from runs where id = ?').pluck();
  return {
    substrate: createSqliteSubstrate({ database: db.$client, rules }),
    reopen: async () => createSqliteSubstrate({ database: db.$client, rules }),
    statusOf: async (runId) => status.get(runId),
    dispose: async () => dispose(),
  };
});
