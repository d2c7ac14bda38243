import { expect, expectAccessible, test } from '../fixtures/weft.ts';

test('runs, files and connections can be read and used by everybody while they are still empty', async ({ page, workspace }) => {
  for (const [name, title] of [
    ['runs', 'No runs yet'],
    ['files', 'No files yet'],
    ['connections', 'No connections yet'],
  ]) {
    await page.goto(`/w/${workspace.id}/${name}`);
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
    await expectAccessible(page);
  }
  await page.getByRole('button', { name: 'New connection' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New connection' });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
});
