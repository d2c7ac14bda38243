import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileSummary, FlowDetail, Me } from '@weft/api';
import { expect, onTestFinished, test } from 'vitest';
import { flowOf, mapping, path, webhook } from '../test/flow-parts.ts';
import { owner } from '../test/weft.ts';
import { startWeftProcess } from '../test/weft-process.ts';

test('runs that write files go on while strangers hold all the connections they can get', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weft-few-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { url, setupToken, end } = await startWeftProcess(folder, { openFiles: 256 });
  onTestFinished(() => end('SIGKILL').then(() => undefined));
  let cookie = '';
  const send = async <T>(method: string, to: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${url}/api/v1${to}`, {
      method,
      headers: { origin: url, cookie, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    if (!response.ok) throw new Error(`${method} ${to}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const me = await send<Me>('POST', '/setup', { ...owner, workspace: 'Acme', token: setupToken });
  const workspace = me.workspaces[0]?.id ?? '';
  const document = flowOf({
    trigger: webhook({ path: 'write' }),
    row: {
      kind: 'action',
      title: 'Add a row',
      use: { connector: 'csv', version: '1.0.0', operation: 'add-row' },
      config: { file: 'out.csv', columns: ['n'] },
      input: mapping({ 'row.n': path('trigger', 'query', 'n') }),
    },
  }, ['trigger → row']);
  const flow = await send<FlowDetail>('POST', `/w/${workspace}/flows`, { document });
  const { webhookUrl = '' } = await send<FlowDetail>('POST', `/w/${workspace}/flows/${flow.id}/publish`, { revision: flow.revision });

  const strangers: Socket[] = [];
  onTestFinished(() => strangers.forEach((socket) => socket.destroy()));
  for (let count = 0; count < 400; count += 1) {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    strangers.push(socket);
  }
  const calls = Array.from({ length: 40 }, (_, n) => fetch(`${webhookUrl}?n=${n}`, { method: 'POST' }));
  expect((await Promise.all(calls)).map(({ status }) => status)).toEqual(Array(40).fill(204));
  const { items } = await send<{ items: { status: string }[] }>('GET', `/w/${workspace}/runs?flow=${flow.id}`);
  expect(items.map(({ status }) => status)).toEqual(Array(40).fill('succeeded'));
  const { files } = await send<{ files: FileSummary[] }>('GET', `/w/${workspace}/files`);
  expect(files.map(({ name }) => name)).toEqual(['out.csv']);
});
