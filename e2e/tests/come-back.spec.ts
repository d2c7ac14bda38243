import type { Page } from '@playwright/test';
import { flowOf, fixed, path, respond, webhook, type Flow } from '../fixtures/flows.ts';
import { expect, expectAccessible, test, type Api } from '../fixtures/weft.ts';
import { editorOf } from '../pages/editor.ts';

const secret = 'only-in-the-sample';

/** Trigger → answer, with a sample. */
const greeting = (): Flow =>
  flowOf('Greeting', {
    trigger: webhook({ path: 'greet' }, { name: secret }),
    answer: respond('Greet back', { 'body.name': path('trigger', 'body', 'name'), 'body.ok': fixed(true) }),
  }, ['trigger → answer']);

async function open(page: Page, api: Api, workspace: string, document: Flow = greeting()): Promise<string> {
  const { id } = await api.send<{ id: string }>('POST', `/w/${workspace}/flows`, { document });
  await page.goto(`/w/${workspace}/flows/${id}`);
  await expect(page.getByRole('textbox', { name: 'Title of the flow' })).toHaveValue(document.title);
  return id;
}

test('a page that is reloaded in the middle of an edit has lost nothing', async ({ page, api, workspace }) => {
  await open(page, api, workspace.id);
  const editor = editorOf(page);
  await editor.step('Greet back').click();
  await editor.inspector.getByRole('textbox', { name: 'Title of the step' }).fill('Wave');
  await page.reload();
  await expect(editor.step('Wave')).toBeVisible();
  await editor.expectSaved();
  await page.reload();
  await expect(editor.step('Wave')).toBeVisible();
});

test('steps are duplicated, deleted, undone and redone by keyboard and by mouse', async ({ page, api, workspace }) => {
  await open(page, api, workspace.id);
  const editor = editorOf(page);
  const steps = page.getByRole('group', { name: /^(Trigger|Answer): / });
  await expect(steps).toHaveCount(2);
  await editor.step('Greet back').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(editor.step('Call arrives')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(editor.step('Greet back')).toBeFocused();
  await page.keyboard.press('Control+d');
  await expect(steps).toHaveCount(3);
  await page.keyboard.press('Delete');
  await expect(steps).toHaveCount(2);
  await page.keyboard.press('Control+z');
  await expect(steps).toHaveCount(3);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(steps).toHaveCount(2);
  await page.getByRole('button', { name: /^Redo/ }).click();
  await expect(steps).toHaveCount(3);
  await page.keyboard.press('Control+z');
  await expect(steps).toHaveCount(2);
});

test('steps are copied as JSON and pasted into another flow', async ({ page, api, workspace, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, api, workspace.id);
  const editor = editorOf(page);
  await editor.step('Greet back').focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+c');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('weft.clipboard/');

  await open(page, api, workspace.id, flowOf('Other', { trigger: webhook({ path: 'other' }) }));
  await editor.step('Call arrives').focus();
  await page.keyboard.press('Control+v');
  await expect(editor.step('Greet back')).toBeVisible();
  await editor.expectSaved();
});

test('search and jump finds steps, pages and commands', async ({ page, api, workspace }) => {
  await open(page, api, workspace.id);
  const editor = editorOf(page);
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await palette.getByRole('combobox').fill('greet back');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(palette).toBeHidden();
  await expect(editor.inspector.getByRole('textbox', { name: 'Title of the step' })).toHaveValue('Greet back');
  await page.keyboard.press('Control+k');
  await palette.getByRole('combobox').fill('files');
  await page.getByRole('option', { name: 'Files' }).click();
  await expect(page.getByRole('heading', { name: 'Files', exact: true })).toBeVisible();
});

test('the canvas is tidied up by mouse and by keyboard', async ({ page, api, workspace }) => {
  const untidy = { ...greeting(), layout: { trigger: [900, 500], answer: [0, 0] } } as Flow;
  await open(page, api, workspace.id, untidy);
  const editor = editorOf(page);
  const isLeft = async () => {
    const [from, to] = await Promise.all([editor.step('Call arrives').boundingBox(), editor.step('Greet back').boundingBox()]);
    return (from?.x ?? 0) + (from?.width ?? 0) < (to?.x ?? 0);
  };
  expect(await isLeft()).toBe(false);
  await page.getByRole('button', { name: 'Tidy up' }).click();
  await expect.poll(isLeft).toBe(true);
  await page.getByRole('button', { name: /^Undo: Tidy up/ }).click();
  // The whole flow was in view, and still is.
  await expect.poll(isLeft).toBe(false);
  await expect(editor.step('Call arrives')).toBeInViewport({ ratio: 1 });
  await expect(editor.step('Greet back')).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox').fill('tidy');
  await page.keyboard.press('Enter');
  await expect.poll(isLeft).toBe(true);
});

test('a flow is exported with or without samples, and imported into another workspace', async ({ page, api, workspace }) => {
  await open(page, api, workspace.id);
  const exported = async (withSamples: boolean) => {
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Export…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export “Greeting”' });
    const choice = dialog.getByRole('checkbox', { name: 'Include sample data' });
    if ((await choice.isChecked()) !== withSamples) await choice.press('Space');
    if (withSamples) await expectAccessible(page);
    const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Export' }).click()]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString();
  };
  expect(await exported(true)).toContain(secret);
  const file = await exported(false);
  expect(file).not.toContain(secret);

  const other = await api.send<{ id: string }>('POST', '/workspaces', { name: 'Elsewhere' });
  await page.goto(`/w/${other.id}/flows`);
  const importing = async (text: string) => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Import' }).click()]);
    await chooser.setFiles({ name: 'flow.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  };
  await importing('no flow');
  await expect(page.getByText(/“flow.json” is not a flow/)).toBeVisible();
  const changed = JSON.parse(file) as Flow & { surprise?: unknown };
  changed.surprise = { run: 'me' };
  changed.title = 'From elsewhere';
  for (const step of Object.values(changed.steps)) step['unknown'] = '<script>alert(1)</script>';
  await importing(JSON.stringify(changed));
  const dropped = page.getByRole('dialog', { name: 'Imported, but not all of it' });
  await expect(dropped.getByRole('listitem')).toHaveText([/“unknown”/, /“Greet back”.*“unknown”/, /“surprise”/]);
  await expectAccessible(page);
  await dropped.getByRole('button', { name: 'Open the flow' }).click();
  await expect(page.getByRole('textbox', { name: 'Title of the flow' })).toHaveValue('From elsewhere');
  await expect(editorOf(page).step('Greet back')).toBeVisible();
  const [flow] = (await api.get<{ items: { id: string }[] }>(`/w/${other.id}/flows`)).items;
  const { draft } = await api.get<{ draft: Flow }>(`/w/${other.id}/flows/${flow?.id}`);
  expect(JSON.stringify(draft)).not.toMatch(/surprise|unknown|script/);
});

test('what happens while a page is opening, before it hears of anything, is shown as soon as it does', async ({ page, api, workspace }) => {
  let hear = () => {};
  const asked = new Promise<void>((resolve) => {
    void page.route('**/events', async (route) => {
      resolve();
      await new Promise<void>((released) => (hear = released));
      await route.continue();
    });
  });
  const read = page.waitForResponse((response) =>
    new URL(response.url()).pathname.endsWith(`/w/${workspace.id}/flows`) && response.request().resourceType() === 'fetch');
  await page.goto(`/w/${workspace.id}/flows`);
  await (await read).finished();
  await expect(page.getByRole('button', { name: /^Actions for / })).toHaveCount(0);
  await asked;
  await api.send('POST', `/w/${workspace.id}/flows`, { document: greeting() });
  hear();
  await expect(page.getByRole('button', { name: 'Actions for Greeting' })).toBeVisible();
});
