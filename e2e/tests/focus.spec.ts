import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures/weft.ts';
import { editorOf } from '../pages/editor.ts';

/** What has the focus; nothing where it was lost. */
const focused = (page: Page): Locator => page.locator(':focus:not(body)');

test('with nothing but the keyboard a flow is begun, given a sample and an example, and no text that was typed is lost', async ({ page, workspace }) => {
  const editor = editorOf(page);
  await page.goto(`/w/${workspace.id}/flows`);
  await page.getByRole('button', { name: 'New flow' }).first().press('Enter');
  await expect(focused(page)).toContainText(/webhook/i);
  await page.keyboard.press('Enter');
  await editor.openTab('Samples');
  await editor.inspector.getByRole('button', { name: 'Use the example “A new order”' }).press('Enter');
  await expect(editor.inspector.locator(':focus')).toHaveCount(1);

  const paste = editor.inspector.getByRole('button', { name: 'Paste a sample' });
  await paste.press('Enter');
  await expect(focused(page)).toHaveAccessibleName('Example (JSON)');
  await page.keyboard.type('{ "number": "A-1"');
  await page.keyboard.press('Escape');
  await expect(focused(page)).toHaveText('Paste a sample');
  await page.keyboard.press('Enter');
  await expect(page.locator('textarea:focus')).toHaveValue('{ "number": "A-1"');
  await page.keyboard.press('End');
  await page.keyboard.type(' }');
  await page.getByRole('button', { name: 'Use this example' }).press('Enter');
  await expect(focused(page)).toHaveText('Paste a sample');
  await page.keyboard.press('Enter');
  await expect(page.locator('textarea:focus')).toHaveValue('');
});
