import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { FlowDetail, Me } from '@weft/api';
import { flowOf, manual } from '../../test/flow-parts.ts';
import { owner } from '../../test/weft.ts';
import { startWeftProcess, type WeftProcess } from '../../test/weft-process.ts';
import { openDatabase } from '../db/open.ts';

test('a process that is killed as soon as the work is on the disk has it done once, and its first answer is given', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weft-killed-'));
  let weft: WeftProcess = await startWeftProcess(folder);
  onTestFinished(async () => {
    await weft.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  const db = openDatabase(join(folder, 'weft.sqlite'));
  onTestFinished(() => void db.$client.close());

  let cookie = '';
  const post = async <T>(path: string, body: unknown, key?: string) => {
    const headers = { origin: weft.url, cookie, 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }) };
    const response = await fetch(`${weft.url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    return { replayed: response.headers.get('idempotency-replayed'), body: (await response.json()) as T };
  };
  const me = (await post<Me>('/setup', { ...owner, workspace: 'Acme', token: weft.setupToken })).body;
  const base = `/w/${me.workspaces[0]?.id}`;
  const flow = (await post<FlowDetail>(`${base}/flows`, { document: flowOf({ trigger: manual() }) })).body;
  await post(`${base}/flows/${flow.id}/publish`, { revision: 1 });

  const works = [
    { path: `${base}/flows`, body: { title: 'Once' }, rows: 'select count(*) from flows' },
    { path: `${base}/flows/${flow.id}/runs`, body: { payload: {} }, rows: 'select count(*) from runs' },
    {
      path: `${base}/connections`,
      body: { title: 'Once', connector: 'sql', scheme: 'sqlite', config: { file: 'x.sqlite' }, credentials: {} },
      rows: 'select count(*) from connections',
    },
  ];
  for (const [at, { path, body, rows }] of works.entries()) {
    const count = db.$client.prepare<[], number>(rows).pluck();
    const before = count.get() ?? 0;
    // Nobody hears its answer.
    const lost = post(path, body, `work ${at}`).catch(() => undefined);
    await expect.poll(() => count.get(), { interval: 1, timeout: 10_000 }).toBe(before + 1);
    await weft.end('SIGKILL');
    await lost;
    weft = await startWeftProcess(folder);
    const again = await post<{ id?: string; runId?: string }>(path, body, `work ${at}`);
    expect([again.replayed, count.get()]).toEqual(['true', before + 1]);
    expect(again.body.id ?? again.body.runId).toMatch(/^(?:flow|run|conn)_/);
  }
}, 60_000);
