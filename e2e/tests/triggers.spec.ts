import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, expectAccessible, test, type Api } from '../fixtures/weft.ts';
import { flowOf, path, respond, webhook, type Step } from '../fixtures/flows.ts';
import { editorOf } from '../pages/editor.ts';

const create = (api: Api, workspace: string, document: unknown) => api.send<{ id: string }>('POST', `/w/${workspace}/flows`, { document });

test('a signed webhook: the secret is entered once, a good call is answered, a forged one is turned away and shown', async ({ page, api, workspace }) => {
  const { id } = await create(
    api,
    workspace.id,
    flowOf('Signed orders', {
      trigger: webhook({ path: 'signed' }, { order: 'A-1' }),
      answer: respond('Answer', { 'body.order': path('trigger', 'body', 'order') }),
    }, ['trigger → answer']),
  );
  await page.goto(`/w/${workspace.id}/flows/${id}`);
  const editor = editorOf(page);
  await editor.open('Call arrives');
  await editor.inspector.getByLabel('Kind of Who may call').selectOption({ label: 'GitHub' });
  await editor.inspector.getByRole('button', { name: 'New' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Shop');
  await dialog.getByLabel('Secret', { exact: true }).fill('what both sides know');
  await dialog.getByRole('button', { name: /^Save/ }).click();
  await expect(dialog).toBeHidden();
  await expectAccessible(page, '[aria-label="Step"]');
  const url = await editor.publish();

  const body = '{"order":"A-1"}';
  const send = (key: string) =>
    fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${createHmac('sha256', key).update(body).digest('hex')}` },
    });
  const good = await send('what both sides know');
  expect([good.status, await good.json()]).toEqual([200, { order: 'A-1' }]);
  expect((await send('a guess')).status).toBe(401);
  expect((await fetch(url, { method: 'POST', body })).status).toBe(401);

  await expect(editor.step('Answer')).toHaveAttribute('data-status', 'succeeded');
  await editor.testRun();
  await editor.runPanel.getByRole('tab', { name: /Rejected calls/ }).click();
  await expect(editor.runPanel.getByRole('button', { name: /Wrong signature/ })).toBeVisible();
  await expect(editor.runPanel.getByRole('button', { name: /Not signed/ })).toBeVisible();
  await expect(page.getByText('what both sides know')).toHaveCount(0);
});

test('a polling flow: real items as samples, a look by hand, an error that is shown, and the past made up for', async ({ page, api, workspace }) => {
  let status = 200;
  const orders = [{ id: 1, at: '2026-03-01' }];
  const shop = createServer((_request, response) => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ orders })));
  await new Promise<void>((listening) => void shop.listen(0, '127.0.0.1', listening));
  const { port } = shop.address() as AddressInfo;
  await api.send('PATCH', '/settings', { privateNetworks: [`127.0.0.1:${port}`] });
  try {
    const trigger: Step = {
      kind: 'trigger',
      title: 'New orders',
      use: { connector: 'http', version: '1.0.0', operation: 'new-items' },
      config: { url: `http://127.0.0.1:${port}/orders`, list: 'orders', order: 'oldest', sinceField: 'at', every: '1d' },
    };
    const { id } = await create(api, workspace.id, flowOf('Orders of the shop', { trigger }));
    await page.goto(`/w/${workspace.id}/flows/${id}`);
    const editor = editorOf(page);
    await editor.open('New orders');
    await editor.inspector.getByRole('button', { name: 'Fetch real items' }).click();
    await expect(editor.inspector.getByRole('textbox', { name: 'Name of sample 1' })).toHaveValue('Found item 1');
    await editor.publish();

    const panel = editor.inspector.getByRole('region', { name: 'Looking for something new' });
    await expect(panel.getByText('Last look')).toBeVisible();
    await expect(panel).not.toContainText('Not yet');
    orders.push({ id: 2, at: '2026-03-02' });
    await panel.getByRole('button', { name: 'Look now' }).click();
    await expect(panel).toContainText('1 new item');
    await expect(editor.step('New orders')).toHaveAttribute('data-status', 'succeeded');

    status = 503;
    await panel.getByRole('button', { name: 'Look now' }).click();
    await expect(panel).toContainText('The last look failed.');
    await expect(editor.step('New orders').getByText('Failing')).toHaveAttribute('title', /503/);
    await expectAccessible(page, '[aria-label="Step"]');
    status = 200;

    await panel.getByRole('button', { name: 'Make up for the past' }).click();
    const dialog = page.getByRole('dialog', { name: 'Make up for the past' });
    await dialog.getByLabel('From this value on').fill('2026-03-01');
    await dialog.getByRole('button', { name: 'Start', exact: true }).click();
    await expect(panel.getByRole('list', { name: 'Made up for' })).toContainText('2 items');
    const runs = await api.get<{ items: unknown[] }>(`/w/${workspace.id}/runs?flow=${id}`);
    expect(runs.items).toHaveLength(3);
  } finally {
    shop.close();
    await api.send('PATCH', '/settings', { privateNetworks: [] });
  }
});
