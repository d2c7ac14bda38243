import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { flowOf } from '../../../test/flow-parts.ts';
import { startService } from '../../../test/local-service.ts';
import { startWeftProcess } from '../../../test/weft-process.ts';
import type { FlowDetail, Me } from '@weft/api';

const items = 1_000;
const kills = 2;

test('killed at any moment while it reads a source, every item starts one run', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weft-poll-kill-'));
  const list = JSON.stringify(Array.from({ length: items }, (_, id) => ({ id })));
  const source = await startService((_call, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(list));
  let weft = await startWeftProcess(folder);
  let cookie = '';
  const send = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${weft.url}/api/v1${path}`, {
      method,
      headers: { origin: weft.url, cookie, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    // What is asked for here answers JSON.
    return (await response.json()) as T;
  };
  try {
    const me = await send<Me>('POST', '/setup', {
      token: weft.setupToken,
      name: 'Ada',
      email: 'ada@example.com',
      password: 'correct horse battery',
      workspace: 'Acme',
    });
    await send('PATCH', '/settings', { privateNetworks: ['127.0.0.0/8'] });
    const flows = `/w/${me.workspaces[0]?.id}/flows`;
    const config = { url: source.url, idField: 'id', order: 'oldest', first: 'everything', every: '30s' };
    const use = { connector: 'http', version: '1.0.0', operation: 'new-items' };
    const document = flowOf({ trigger: { kind: 'trigger', title: 'New', use, config } });
    const { id, revision } = await send<FlowDetail>('POST', flows, { document });
    await send('POST', `${flows}/${id}/publish`, { revision });

    const database = new Database(join(folder, 'weft.sqlite'), { readonly: true });
    const started = database.prepare<[], number>('select count(*) from runs').pluck();
    for (let kill = 1; kill <= kills; kill += 1) {
      const before = started.get() ?? 0;
      await expect.poll(() => started.get(), { timeout: 20_000, interval: 5 }).toSatisfy((count: number) => count > before || count === items);
      await weft.end('SIGKILL');
      weft = await startWeftProcess(folder);
    }
    await expect.poll(() => started.get(), { timeout: 60_000, interval: 100 }).toBe(items);
    expect(database.prepare("select count(distinct payload ->> '$.item.id') from runs").pluck().get()).toBe(items);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    database.close();
  } finally {
    await weft.end('SIGKILL');
    await source.close();
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
