import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConnectionSummary, FileSummary } from '@weft/api';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { endedRun } from '../../../test/ended-run.ts';
import { flowOf, mapping, publishFlow, text, webhook } from '../../../test/flow-parts.ts';
import { startWeft } from '../../../test/weft.ts';

const quotaBytes = 1_000_000;

test('a database whose trigger writes more than there is space for stays within the quota, and the step says so', async () => {
  const weft = await startWeft({ quotaBytes });
  onTestFinished(() => weft.stop());
  const ada = await weft.claim();
  const made = join(weft.folder, 'made.sqlite');
  const database = new Database(made);
  database.exec(`CREATE TABLE t (x); CREATE TABLE more (x); CREATE TRIGGER grow AFTER INSERT ON t BEGIN
    INSERT INTO more WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT hex(zeroblob(500)) FROM n; END`);
  database.close();
  await fetch(`${weft.url}/api/v1/w/${ada.workspace}/files/grow.sqlite`, {
    method: 'PUT',
    body: readFileSync(made),
    headers: { cookie: ada.cookies, origin: weft.url, 'content-type': 'application/octet-stream' },
  });
  const { body: connection } = await ada.send<ConnectionSummary>('POST', `/w/${ada.workspace}/connections`, {
    title: 'Growing', connector: 'sql', scheme: 'sqlite', config: { file: 'grow.sqlite' }, credentials: {},
  });
  const { url } = await publishFlow(ada, flowOf({
    trigger: webhook({ path: 'grow', respond: 'immediately' }),
    row: {
      kind: 'action',
      title: 'Add a row',
      use: { connector: 'sql', version: '1.0.0', operation: 'insert' },
      config: { table: 't' },
      connection: connection.id,
      input: mapping({ 'row.x': text(1) }),
    },
  }, ['trigger → row']));
  const { runId } = (await (await fetch(url, { method: 'POST' })).json()) as { runId: string };
  const run = await endedRun(ada, runId);
  expect(run).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('not enough space') as string } });
  const { body } = await ada.send<{ files: FileSummary[]; usedBytes: number }>('GET', `/w/${ada.workspace}/files`);
  expect(body.usedBytes).toBeLessThanOrEqual(quotaBytes);
});
