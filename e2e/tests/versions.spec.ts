import { flowOf, fixed, respond, webhook } from '../fixtures/flows.ts';
import { expect, expectAccessible, test } from '../fixtures/weft.ts';
import { editorOf } from '../pages/editor.ts';

test('a published flow is changed, compared, restored, and switched off and on', async ({ page, api, workspace }) => {
  const document = flowOf('Greeting', {
    trigger: webhook({ path: 'greet' }),
    answer: respond('Greet back', { 'body.text': fixed('Hello') }),
  }, ['trigger → answer']);
  const { id } = await api.send<{ id: string }>('POST', `/w/${workspace.id}/flows`, { document });
  await page.goto(`/w/${workspace.id}/flows/${id}`);
  const editor = editorOf(page);
  const url = await editor.publish();
  const call = () => fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  expect(await (await call()).json()).toEqual({ text: 'Hello' });

  await editor.open('Greet back');
  await editor.inspector.getByRole('textbox', { name: 'Title of the step' }).fill('Wave');
  await expect(page.getByText('Unpublished changes')).toBeVisible();
  await editor.publish();
  await expect(page.getByText('Unpublished changes')).toBeHidden();

  const search = await editor.stepSearch();
  await search.fill('stop');
  await search.press('Enter');
  await editor.expectSaved();
  await page.getByRole('button', { name: 'Versions' }).click();
  const versions = page.getByRole('dialog', { name: 'Versions' });
  const first = versions.getByRole('listitem').filter({ hasText: 'Version 1' });
  await expect(versions.getByRole('listitem').filter({ hasText: 'Version 2' })).toContainText('Runs now');
  await expectAccessible(page);
  await first.getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByText('Version 1 beside the draft')).toBeVisible();
  await expect(editor.step('Greet back').getByText('Changed', { exact: true })).toBeVisible();
  await expect(editor.step('Stop').getByText('Added', { exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Back to the draft' }).click();
  await expect(editor.step('Wave')).toBeVisible();
  await page.getByRole('button', { name: 'Versions' }).click();
  await first.getByRole('button', { name: 'Restore' }).click();
  await expect(editor.step('Greet back')).toBeVisible();
  await expect(page.getByText('Unpublished changes')).toBeVisible();

  const isOn = page.getByRole('switch', { name: 'Switched on' });
  await page.keyboard.press('Escape');
  await isOn.press('Space');
  await expect(isOn).not.toBeChecked();
  await expect.poll(async () => (await call()).ok).toBe(false);
  await isOn.press('Space');
  await expect(isOn).toBeChecked();
  await expect.poll(async () => (await call()).status).toBe(200);
});
