import type { Page } from '@playwright/test';
import { flowOf, path, respond, webhook } from '../fixtures/flows.ts';
import { expect, test } from '../fixtures/weft.ts';
import { editorOf } from '../pages/editor.ts';

const script = `<img src=x onerror="globalThis.taken = true"><svg onload="globalThis.taken = true"></svg><script>globalThis.taken = true</script>`;
const css = `</style><style>body { display: none }</style>`;
const link = '[click](javascript:globalThis.taken=true)';

const expectUntouched = async (page: Page) => {
  expect(await page.evaluate(() => 'taken' in globalThis)).toBe(false);
  await expect(page.locator('body')).toBeVisible();
  expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
};

test('script in titles, notes, samples and answers stays text, wherever it is shown', async ({ page, api, workspace }) => {
  const document = {
    ...flowOf(
      `${script} flow`,
      {
        trigger: { ...webhook({ path: 'inert' }, { text: script, style: css, markdown: link }), title: `${script} trigger`, note: link },
        answer: { ...respond('Answer', { 'body.text': path('trigger', 'body', 'text'), 'body.style': path('trigger', 'body', 'style') }), note: script },
      },
      ['trigger → answer'],
    ),
    notes: [{ id: 'n1', text: `${script}${css}${link}`, at: [0, 260] }],
  };
  const { id } = await api.send<{ id: string }>('POST', `/w/${workspace.id}/flows`, { document });
  const { id: other } = await api.send<{ id: string }>('POST', '/workspaces', { name: `${script}`.slice(0, 60) });

  await page.goto(`/w/${workspace.id}/flows`);
  await expect(page.getByText('onerror=', { exact: false }).first()).toBeVisible();
  await expectUntouched(page);

  await page.goto(`/w/${workspace.id}/flows/${id}`);
  const editor = editorOf(page);
  await expect(editor.step('Answer')).toBeVisible();
  await editor.testRun();
  await expect(editor.step('Answer')).toHaveAttribute('data-status', 'succeeded');
  await expect(editor.runPanel.getByText('onerror=', { exact: false }).first()).toBeVisible();
  await editor.step('Answer').dblclick();
  await expect(editor.inspector).toBeVisible();
  await expectUntouched(page);

  await page.goto(`/w/${workspace.id}/runs`);
  await expect(page.getByText('onerror=', { exact: false }).first()).toBeVisible();
  await expectUntouched(page);

  await page.goto(`/w/${other}/flows`);
  await expect(page.getByRole('heading', { name: 'Flows', exact: true })).toBeVisible();
  await expectUntouched(page);
});
