import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type APIRequestContext } from '@playwright/test';
import { flowOf, fixed, path, post, respond, webhook } from '../fixtures/flows.ts';
import { claim, expect, signIn, startWeft, weftCommand, type Api, type WeftServer } from '../fixtures/weft.ts';

interface Run {
  id: string;
  status: string;
  mode: string;
}

let weft: WeftServer;
test.beforeEach(async () => {
  weft = await startWeft();
  await claim(weft);
});
test.afterEach(() => weft.dispose());

/** A published flow: a call is acknowledged at once, reserved in the practice ERP, and then waits for a slow ticket list. */
async function publishSlowFlow(request: APIRequestContext) {
  const api = await signIn(request, weft.url);
  const me = await api.get<{ workspaces: [{ id: string; practiceUrl: string }] }>('/me');
  const { id: workspace, practiceUrl } = me.workspaces[0];
  const document = flowOf(
    'Slow orders',
    {
      trigger: webhook({ path: 'slow', respond: 'immediately' }, { order: 'A-1' }),
      reserve: post('Reserve', {
        url: fixed(`${practiceUrl}/erp/reservations`),
        'body.order': path('trigger', 'body', 'order'),
        'body.sku': fixed('MUG'),
        'body.quantity': fixed(1),
      }),
      ticket: post('Write a ticket', { url: fixed(`${practiceUrl}/tickets?delay=4000`), 'body.title': path('trigger', 'body', 'order') }),
    },
    ['trigger → reserve', 'reserve → ticket'],
  );
  const flow = await api.send<{ id: string; revision: number }>('POST', `/w/${workspace}/flows`, { document });
  const { webhookUrl } = await api.send<{ webhookUrl: string }>('POST', `/w/${workspace}/flows/${flow.id}/publish`, { revision: flow.revision });
  return { api, workspace, practiceUrl, webhookUrl, flow: flow.id };
}

const send = async (url: string, order: string): Promise<string> => {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ order }) });
  expect(response.status).toBe(202);
  return ((await response.json()) as { runId: string }).runId;
};

const reservedIn = async (api: Api, workspace: string, run: string): Promise<number> => {
  const { entries } = await api.get<{ entries: { stepKey: string; kind: string }[] }>(`/w/${workspace}/runs/${run}`);
  return entries.filter(({ stepKey, kind }) => stepKey === 'reserve' && kind === 'succeeded').length;
};

for (const [how, end] of [
  ['killed in the middle of its runs', () => weft.kill()],
  ['stopped with Ctrl-C', async () => void (await weft.stop())],
] as const) {
  test(`a server that is ${how} goes on where it was, and no acknowledged call is missing`, async ({ page, request }) => {
    const { api, workspace, practiceUrl, webhookUrl } = await publishSlowFlow(request);
    await signIn(page.context().request, weft.url);
    await page.goto(`${weft.url}/w/${workspace}/runs`);
    await expect(page.getByRole('heading', { name: 'No runs yet' })).toBeVisible();
    const orders = ['A-1', 'A-2', 'A-3', 'A-4', 'A-5', 'A-6'];
    const runs = await Promise.all(orders.map((order) => send(webhookUrl, order)));
    for (const run of runs) await expect.poll(() => reservedIn(api, workspace, run)).toBe(1);

    await end();
    await weft.restart();

    await expect
      .poll(async () => (await api.get<{ items: Run[] }>(`/w/${workspace}/runs`)).items.map(({ status }) => status))
      .toEqual(Array.from({ length: 6 }, () => 'succeeded'));
    const { items } = await api.get<{ items: Run[] }>(`/w/${workspace}/runs`);
    expect(new Set(items.map(({ id }) => id))).toEqual(new Set(runs));
    // What had been done was not done again.
    for (const run of runs) expect(await reservedIn(api, workspace, run)).toBe(1);
    const reservations = (await (await fetch(`${practiceUrl}/erp/reservations`)).json()) as { items: unknown[] };
    const tickets = (await (await fetch(`${practiceUrl}/tickets`)).json()) as { items: { title: string }[] };
    expect(reservations.items).toHaveLength(6);
    expect(tickets.items.map(({ title }) => title).toSorted()).toEqual(orders);
    // The page that was open all the time finds its way back by itself.
    await expect(page.getByRole('table', { name: 'Runs' }).getByRole('row', { name: /^Succeeded/ })).toHaveCount(6);
    await expect(page.getByText('The server cannot be reached')).toBeHidden();
  });
}

test('the whole installation is backed up while it runs, and restored by a command', async ({ page, request }) => {
  const folder = await mkdtemp(join(tmpdir(), 'weft-backup-'));
  try {
    const api = await signIn(request, weft.url);
    const { workspaces } = await api.get<{ workspaces: [{ id: string }] }>('/me');
    const workspace = workspaces[0].id;
    await api.send('POST', `/w/${workspace}/flows`, {
      document: flowOf('Kept for ever', { trigger: webhook({ path: 'kept' }), answer: respond('Answer', { 'body.ok': fixed(true) }) }, ['trigger → answer']),
    });
    expect(await weftCommand('backup', join(folder, 'copy'), weft.dataFolder)).toContain(join(folder, 'copy'));
    await api.send('POST', `/w/${workspace}/flows`, { title: 'Made after the backup' });
    await weft.dispose();

    await weftCommand('restore', join(folder, 'copy'), join(folder, 'restored'));
    weft = await startWeft({}, join(folder, 'restored'));
    await signIn(page.context().request, weft.url);
    await page.goto(`${weft.url}/w/${workspace}/flows`);
    await expect(page.getByRole('link', { name: 'Kept for ever' })).toBeVisible();
    await expect(page.getByText('Made after the backup')).toBeHidden();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
