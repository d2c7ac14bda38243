import { fixed, flowOf, manual, post } from '../fixtures/flows.ts';
import { expect, expectAccessible, test } from '../fixtures/weft.ts';
import { editorOf } from '../pages/editor.ts';

test('an app tells what it does, how far it can be trusted and who uses it; it is found in the navigation and from a step', async ({ page, api, workspace }) => {
  for (let index = 1; index <= 7; index += 1) {
    const send = post(`Send ${index}`, { url: fixed('https://example.com') });
    await api.send('POST', `/w/${workspace.id}/flows`, { document: flowOf(`Orders ${index}`, { start: manual(), send }, ['start → send']) });
  }
  await page.goto(`/w/${workspace.id}/flows`);
  await page.getByRole('link', { name: 'Apps' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Apps' })).toBeVisible();
  await expectAccessible(page);

  const search = page.getByRole('searchbox', { name: 'Search apps and what they do' });
  await search.fill('banana');
  await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible();
  await search.fill('graphql');
  await page.getByRole('list', { name: 'Apps' }).getByRole('link', { name: 'HTTP' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'HTTP' })).toBeVisible();

  // What it is, and how far it can be trusted.
  await expect(page.getByText('Any public address that a flow names')).toBeVisible();
  await expect(page.getByText(/^[0-9a-f]{12}…[0-9a-f]{6}$/)).toBeVisible();
  await expect(page.getByRole('button', { name: /New items of a list/ })).toHaveAttribute('aria-expanded', 'false');

  // One of the things it does.
  await page.getByRole('button', { name: /^Send an HTTP request/ }).press('Enter');
  await expect(page.getByRole('table', { name: 'Input' }).getByText('The complete address.')).toBeVisible();
  const failures = page.getByRole('table', { name: 'When it fails' });
  await expect(failures.getByRole('row', { name: /Too many calls Status 429 .* Yes, when the service says/ })).toBeVisible();
  await page.getByText('Create an order', { exact: true }).click();
  await expect(page.getByRole('region', { name: 'Samples' }).getByText('1002').first()).toBeVisible();

  // Tried: nothing goes out.
  const tried = page.getByRole('region', { name: 'Try it' });
  await tried.getByRole('textbox', { name: 'Input' }).fill('{"url": "https://api.example.com/orders", ');
  await expect(tried.getByText('Write an object in JSON')).toBeVisible();
  await tried.getByRole('textbox', { name: 'Settings' }).fill('{"method": "POST"}');
  await tried.getByRole('textbox', { name: 'Input' }).fill('{"url": "https://api.example.com/orders", "body": {"id": 7}}');
  await tried.getByRole('button', { name: 'Try it' }).press('Enter');
  await expect(tried.getByRole('region', { name: 'What would be sent first' })).toContainText('POST https://api.example.com/orders');
  await expect(tried.getByRole('region', { name: 'What would be sent first' })).toContainText('{"id":7}');
  await tried.getByRole('textbox', { name: 'Input' }).fill('{}');
  await tried.getByRole('button', { name: 'Try it' }).press('Enter');
  await expect(tried.getByText(/“input.*url”/)).toBeVisible();
  await expectAccessible(page);

  // Who uses it.
  const flows = page.getByRole('list', { name: 'Flows that use it' });
  await expect(flows.getByRole('link')).toHaveCount(7);
  await page.getByRole('searchbox', { name: 'Search flows' }).fill('orders 3');
  await expect(flows.getByRole('link')).toHaveText(['Orders 3Not published']);
  await flows.getByRole('link').click();

  // And back from a step, to what it does.
  await editorOf(page).step('Send 3').click();
  await page.getByRole('link', { name: 'About HTTP' }).click();
  await expect(page.getByRole('button', { name: /^Send an HTTP request/ })).toHaveAttribute('aria-expanded', 'true');
});

test('an app that is not installed says so', async ({ page, workspace }) => {
  await page.goto(`/w/${workspace.id}/apps/no-such-app`);
  await expect(page.getByRole('heading', { name: 'This app is not installed' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Show all apps' }).click();
  await expect(page.getByRole('list', { name: 'Apps' }).getByRole('link').first()).toBeVisible();
});
