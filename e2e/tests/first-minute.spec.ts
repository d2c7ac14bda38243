import { expect, expectAccessible, owner, startWeft, test } from '../fixtures/weft.ts';
import { test as bare } from '@playwright/test';

bare('a fresh installation is claimed with the link from the console, once', async ({ page }) => {
  const server = await startWeft();
  try {
    await page.goto(server.setupLink);
    await expect(page.getByRole('heading', { name: 'Set up Weft' })).toBeVisible();
    await expectAccessible(page);

    await page.getByLabel('Your name').fill(owner.name);
    await page.getByLabel('E-mail').fill(owner.email);
    await page.getByLabel('Password').fill('short');
    await page.getByRole('textbox', { name: 'Workspace' }).fill('Acme');
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByText(/Use at least \d+ characters/)).toBeVisible();

    await page.getByLabel('Password').fill(owner.password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByRole('heading', { name: 'Start with a flow that works' })).toBeVisible();
    await expect(page.getByText('Order to ERP')).toBeVisible();
    await expect(page.getByText('GitHub issue to ticket list')).toBeVisible();
    await expect(page.getByText('Lead list clean-up')).toBeVisible();
    await expectAccessible(page);

    await page.context().clearCookies();
    await page.goto(server.setupLink);
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  } finally {
    await server.dispose();
  }
});

test('signing out and in again, with a wrong password in between', async ({ page, workspace }) => {
  await page.goto(`/w/${workspace.id}/flows`);
  await page.getByRole('button', { name: `Account of ${owner.name}` }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in to Weft' })).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toBeVisible();

  await page.getByLabel('Password').fill(owner.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Flows', exact: true })).toBeVisible();
});

test('a workspace is created and switched to, and sees nothing of another', async ({ page, api, workspace }) => {
  await api.send('POST', `/w/${workspace.id}/flows`, { title: 'Only here' });
  await page.goto(`/w/${workspace.id}/flows`);
  await expect(page.getByText('Only here')).toBeVisible();

  await page.getByRole('button', { name: /Switch workspace/ }).click();
  await page.getByRole('menuitem', { name: 'Create a workspace' }).click();
  await page.getByLabel('Name').fill('Second team');
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await expect(page.getByRole('button', { name: 'Workspace Second team. Switch workspace' })).toBeVisible();
  await expect(page.getByText('Only here')).toBeHidden();

  await page.goto(`/w/${workspace.id}/flows`);
  await expect(page.getByText('Only here')).toBeVisible();
});

test('all other sessions are ended', async ({ page, server, workspace, playwright }) => {
  const elsewhere = await playwright.request.newContext();
  const signIn = (password: string) =>
    elsewhere.post(`${server.url}/api/v1/session`, { data: { email: owner.email, password }, headers: { origin: server.url } });
  expect((await signIn(owner.password)).ok()).toBe(true);

  await page.goto(`/w/${workspace.id}/flows`);
  await page.goto('/settings');
  await expect(page.getByRole('heading', { name: 'Where you are signed in' })).toBeVisible();
  await page.getByRole('button', { name: 'End all other sessions' }).click();
  await expect(page.getByText('All other sessions are ended.')).toBeVisible();
  expect((await elsewhere.get(`${server.url}/api/v1/me`)).status()).toBe(401);
  await expectAccessible(page);
  await elsewhere.dispose();
});
