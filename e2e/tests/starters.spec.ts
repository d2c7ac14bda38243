import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, test } from '../fixtures/weft.ts';
import { editorOf } from '../pages/editor.ts';
import { runDetailsIn } from '../pages/run-details.ts';

/** One click on the card of an empty workspace. */
async function start(page: Page, workspace: string, title: string): Promise<void> {
  await page.goto(`/w/${workspace}/flows`);
  await page.getByRole('button', { name: new RegExp(title) }).click();
  await expect(page.getByRole('textbox', { name: 'Title of the flow' })).toHaveValue(title);
}

/** From the list of runs to the run's own page with its timeline. */
async function openInHistory(page: Page, flow: string): Promise<Locator> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' }).click();
  await page.getByRole('table', { name: 'Runs' }).getByRole('link', { name: flow }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: flow })).toBeVisible();
  return page.getByRole('main');
}

test('an order goes to the practice ERP line by line, and the shop gets all reservations back', async ({ page, workspace }) => {
  await start(page, workspace.id, 'Order to ERP');
  const editor = editorOf(page);
  await editor.testRun();
  for (const title of ['Order received', 'For each line', 'Reserve in the ERP', 'Answer the shop']) {
    await expect(editor.step(title)).toHaveAttribute('data-status', 'succeeded');
  }
  const run = runDetailsIn(editor.runPanel);
  const order = await run.look('Order received', 'Output');
  await expect(order.field(/^order_id SO-20417$/)).toBeVisible();
  await expect((await order.asTable()).getByRole('cell', { name: 'MUG-STONE-03' })).toBeVisible();
  await expect((await order.asJson()).getByText('"order_id": "SO-20417"')).toBeVisible();
  const answer = await run.look('The whole run', 'Answer');
  await expect(answer.field('order SO-20417')).toBeVisible();
  await expect((await answer.asTable()).getByRole('cell', { name: 'BEAN-ETH-1KG' })).toBeVisible();
  await expectAccessible(page);

  const url = await editor.publish();
  const call = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      order_id: 'SO-1',
      currency: 'nok',
      customer: { id: 'C-1', name: 'By post' },
      line_items: [{ sku: 'TEA', title: 'Tea', quantity: 2, unit_price: 10 }],
    }),
  });
  expect(call.status).toBe(200);
  expect(await call.json()).toEqual({
    order: 'SO-1',
    customer: 'By post',
    reserved: 1,
    failed: 0,
    reservations: [{ id: expect.stringMatching(/^RES-/), sku: 'TEA', quantity: 2 }],
  });

  await editor.open('Reserve in the ERP');
  const opened = page.waitForEvent('popup');
  await editor.inspector.getByRole('link', { name: 'See what arrived' }).click();
  const practice = await opened;
  await expect(practice.getByRole('heading', { name: 'ERP: reservations' })).toBeVisible();
  await expect(practice.getByText('"sku": "TEA"')).toBeVisible();
  await expect(practice.getByText('"sku": "MUG-STONE-03"')).toBeVisible();
  await practice.close();

  const history = runDetailsIn(await openInHistory(page, 'Order to ERP'));
  await expect(history.row('For each line')).toBeVisible();
  await expect((await history.look('The whole run', 'Answer')).field('order SO-1')).toBeVisible();
  await expectAccessible(page);
});

test('a real GitHub issue becomes a row of the ticket list, and one without the label does not', async ({ page, workspace }) => {
  await start(page, workspace.id, 'GitHub issue to ticket list');
  const editor = editorOf(page);
  await editor.testRun();
  for (const title of ['Issue on GitHub', 'Is it a bug?', 'Add to the ticket list', 'Say that it was added']) {
    await expect(editor.step(title)).toHaveAttribute('data-status', 'succeeded');
  }
  await expect(editor.step('Say that it was left out')).toHaveAttribute('data-status', 'skipped');
  const run = runDetailsIn(editor.runPanel);
  const row = await run.look('Add to the ticket list', 'Input');
  await expect(row.field(/^repository Codertocat\/Hello-World$/)).toBeVisible();
  await expect((await row.asJson()).getByText('"author": "Codertocat"')).toBeVisible();

  const url = await editor.publish();
  const issue = {
    id: 77,
    number: 7,
    title: ' Help ',
    labels: [{ name: 'question' }],
    user: { login: 'ada' },
    html_url: 'https://example.com/7',
    created_at: '2026-01-01T00:00:00Z',
  };
  const send = (body: unknown) => fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const leftOut = await send({ action: 'opened', issue, repository: { full_name: 'ada/tea' } });
  expect([leftOut.status, await leftOut.json()]).toEqual([200, { result: 'left out' }]);
  const added = await send({ action: 'opened', issue: { ...issue, labels: [{ name: 'bug' }] }, repository: { full_name: 'ada/tea' } });
  expect([added.status, await added.json()]).toEqual([201, { ticket: 7, result: 'added' }]);

  const history = runDetailsIn(await openInHistory(page, 'GitHub issue to ticket list'));
  await expect(history.row('Add to the ticket list')).toBeVisible();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Files' }).click();
  await page.getByRole('button', { name: 'Look into tickets.sqlite' }).click();
  const preview = page.getByRole('table', { name: 'Beginning of the file' });
  await expect(preview.getByRole('cell', { name: 'Codertocat/Hello-World', exact: true })).toBeVisible();
  await expect(preview.getByRole('row')).toHaveCount(3);
  await expect(preview.getByRole('cell', { name: 'Help', exact: true })).toBeVisible();
  await expectAccessible(page);
});

test('six hundred messy leads become a tidy list to download', async ({ page, workspace }) => {
  await start(page, workspace.id, 'Lead list clean-up');
  const editor = editorOf(page);
  await editor.testRun();
  for (const title of ['Run by hand', 'Read the lead list', 'For each lead', 'Tidy up']) {
    await expect(editor.step(title)).toHaveAttribute('data-status', 'succeeded', { timeout: 30_000 });
  }
  const run = runDetailsIn(editor.runPanel);
  const read = await run.look('Read the lead list', 'Output');
  await expect(read.field('count 600')).toBeVisible();
  await expect((await read.asTable()).getByRole('columnheader', { name: 'Full name' })).toBeVisible();
  await expect((await read.asJson()).getByText('"Full name"').first()).toBeVisible();

  await run.row('The whole run').click();
  const [download] = await Promise.all([page.waitForEvent('download'), editor.runPanel.getByRole('link', { name: 'Download clean-leads.csv' }).click()]);
  expect(download.suggestedFilename()).toBe('clean-leads.csv');

  const history = runDetailsIn(await openInHistory(page, 'Lead list clean-up'));
  await expect(history.row('For each lead')).toBeVisible();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Files' }).click();
  await expect(page.getByRole('row', { name: /^leads\.csv/ })).toContainText('Uploaded');
  await page.getByRole('button', { name: 'Look into clean-leads.csv' }).click();
  const preview = page.getByRole('table', { name: 'Beginning of the file' });
  await expect(preview.getByRole('columnheader', { name: 'email' })).toBeVisible();
  const tidied = await preview.getByRole('row').filter({ hasText: '@' }).allTextContents();
  expect(tidied.length).toBeGreaterThan(20);
  for (const row of tidied) expect(row).toMatch(/[a-z]+\.[a-z]+\d*@[a-z]+\.example/);
  await expect(preview.getByRole('row')).toHaveCount(tidied.length + 1);
  await expect(page.getByRole('link', { name: 'Download', exact: true })).toBeVisible();
});
