import type { Page } from '@playwright/test';
import { fixed, flowOf, manual, path, post, respond, webhook, type Flow, type Step } from '../fixtures/flows.ts';
import { expect, expectAccessible, test, type Api } from '../fixtures/weft.ts';
import { editorOf, type Editor } from '../pages/editor.ts';
import { runDetailsIn } from '../pages/run-details.ts';

interface Opened {
  id: string;
  editor: Editor;
}

async function open(page: Page, api: Api, workspace: string, document: Flow): Promise<Opened> {
  const { id } = await api.send<{ id: string }>('POST', `/w/${workspace}/flows`, { document });
  await page.goto(`/w/${workspace}/flows/${id}`);
  await expect(page.getByRole('textbox', { name: 'Title of the flow' })).toHaveValue(document.title);
  return { id, editor: editorOf(page) };
}

async function practiceOf(api: Api, workspace: string): Promise<string> {
  const { workspaces } = await api.get<{ workspaces: { id: string; practiceUrl: string }[] }>('/me');
  return workspaces.find(({ id }) => id === workspace)?.practiceUrl ?? '';
}

/** By hand → one call → done. */
const calling = (step: Step): Flow => flowOf('Call', { trigger: manual(), call: step }, ['trigger → call']);

for (const [what, url, sentence] of [
  ['an address that does not exist', 'http://no-such-host.invalid/orders', /no-such-host\.invalid/],
  ['a private address', 'http://10.1.2.3/orders', /private network.*administrator can allow it in the settings/i],
  ['a 500 from the other side', '/erp/orders?fail=500', /500/],
] as const) {
  test(`${what} is explained where it happened`, async ({ page, api, workspace }) => {
    const practice = await practiceOf(api, workspace.id);
    const { editor } = await open(
      page,
      api,
      workspace.id,
      calling(post('Send it', { url: fixed(url.startsWith('/') ? practice + url : url), 'body.a': fixed(1) })),
    );
    await editor.testRun();
    await expect(editor.step('Send it')).toHaveAttribute('data-status', 'failed');
    const run = runDetailsIn(editor.runPanel);
    await run.row('Send it').click();
    await expect(editor.runPanel.getByText(sentence).first()).toBeVisible();
  });
}

test('what is missing or does not fit is said at its place, and keeps the flow from being published', async ({ page, api, workspace }) => {
  const order = { name: 'Ada', amount: 'twelve' };
  const document = flowOf(
    'Not ready',
    {
      trigger: { ...webhook({}, order), config: { method: 'POST' } },
      call: post('Send it', {
        'body.amount': path('trigger', 'body', 'name'),
      }, { schemas: { input: { type: 'object', properties: { body: { type: 'object', properties: { amount: { type: 'boolean' } } } } } } }),
    },
    ['trigger → call'],
  );
  const { editor } = await open(page, api, workspace.id, document);
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Publish “Not ready”' });
  await expect(dialog.getByText(/problems? must be solved first/)).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Publish', exact: true })).toBeDisabled();
  await expect(dialog.getByRole('button', { name: /“Path”: fill it in/ })).toBeVisible();
  await expect(dialog.getByRole('button', { name: /amount/i }).first()).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: /“Path”: fill it in/ }).click();
  await expect(editor.inspector.getByLabel('Path')).toBeVisible();
});

test('a flow without a trigger and a flow in a circle cannot be published, and say why', async ({ page, api, workspace }) => {
  const problems = async (document: Flow) => {
    await open(page, api, workspace.id, document);
    await page.getByRole('button', { name: /^\d+ problems?$/ }).click();
    return page.getByRole('dialog', { name: 'Problems' });
  };
  const step = (title: string) => post(title, { url: fixed('https://example.com') });
  const none = await problems(flowOf('No trigger', { a: step('A') }));
  await expect(none.getByText('Nothing starts this flow yet: add a trigger.')).toBeVisible();
  const circle = await problems(flowOf('Circle', { trigger: manual(), a: step('A'), b: step('B') }, ['trigger → a', 'a → b', 'b → a']));
  await expect(circle.getByText(/“A”, “B” lead in a circle/)).toBeVisible();
});

test('calls that are no JSON or too large are refused, and stand under the flow’s rejected calls', async ({ page, api, workspace }) => {
  const { id, editor } = await open(
    page,
    api,
    workspace.id,
    flowOf('Hook', { trigger: webhook({ path: 'strict' }), answer: respond('Answer', { 'body.ok': fixed(true) }) }, ['trigger → answer']),
  );
  const url = await editor.publish();
  const send = (body: string) => fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  expect((await send('{"order": ')).status).toBe(400);
  const large = await send(JSON.stringify({ text: 'x'.repeat(5 * 1024 * 1024) })).then(({ status }) => status);
  expect(large).toBe(413);
  expect((await api.get<unknown[]>(`/w/${workspace.id}/flows/${id}/rejections`)).length).toBe(2);

  await editor.testRun();
  await expect(editor.step('Answer')).toHaveAttribute('data-status', 'succeeded');
  await editor.runPanel.getByRole('tab', { name: /Rejected calls/ }).click();
  const calls = editor.runPanel.getByRole('list', { name: 'Calls that were turned away' });
  await expect(calls.getByRole('button', { name: /Too large/ })).toBeVisible();
  await calls.getByRole('button', { name: /Broken JSON/ }).click();
  await expect(editor.runPanel.getByText('{"order": ', { exact: false }).first()).toBeVisible();
  await expectAccessible(page);
});

test('two people who save the same draft both see what differs, and nothing is lost', async ({ page, api, workspace, browser, server, context }) => {
  const { editor } = await open(page, api, workspace.id, flowOf('Shared', { trigger: manual(), end: { kind: 'stop', title: 'End' } }, ['trigger → end']));
  const other = await browser.newContext({ baseURL: server.url, storageState: await context.storageState() });
  try {
    const second = await other.newPage();
    await second.goto(page.url());
    const theirs = editorOf(second);
    await expect(theirs.step('End')).toBeVisible();
    await editor.open('End');
    await theirs.open('End');
    // Typed at the same time: the first to be saved wins, and the other is asked.
    await Promise.all([
      editor.inspector.getByRole('textbox', { name: 'Title of the step' }).fill('Mine'),
      theirs.inspector.getByRole('textbox', { name: 'Title of the step' }).fill('Theirs'),
    ]);
    const asked = { name: 'Somebody else saved this flow meanwhile' };
    const [here, there] = [
      page.getByRole('dialog', asked).or(page.getByRole('alertdialog', asked)),
      second.getByRole('dialog', asked).or(second.getByRole('alertdialog', asked)),
    ];
    await expect.poll(async () => (await here.count()) + (await there.count())).toBe(1);
    const [loser, dialog, kept] = (await here.count()) > 0 ? [page, here, 'Mine'] : [second, there, 'Theirs'];
    await expectAccessible(loser);
    await dialog.getByRole('button', { name: 'Take theirs' }).click();
    await expect(editorOf(loser).step(kept === 'Mine' ? 'Theirs' : 'Mine')).toBeVisible();
    // Their version is shown; one's own comes back with Undo.
    await loser.getByRole('button', { name: /^Undo/ }).click();
    await expect(editorOf(loser).step(kept)).toBeVisible();
  } finally {
    await other.close();
  }
});

test('a busy service is tried again after a wait, and a failure goes on at the error port', async ({ page, api, workspace }) => {
  const practice = await practiceOf(api, workspace.id);
  const document = flowOf(
    'Persistent',
    {
      trigger: manual(),
      busy: post('Busy service', {
        url: fixed(`${practice}/tickets?busy=2`),
        'body.title': fixed('Tea'),
      }, { retry: { attempts: 3, backoff: 'exponential', delayMs: 100 } }),
      broken: post('Broken service', { url: fixed(`${practice}/tickets?fail=500`), 'body.title': fixed('Tea') }, { onError: 'port' }),
      alert: post('Tell somebody', { url: fixed(`${practice}/tickets`), 'body.title': fixed('It failed') }),
    },
    ['trigger → busy', 'busy → broken', 'broken.error → alert'],
  );
  const { editor } = await open(page, api, workspace.id, document);
  await editor.testRun();
  await expect(editor.step('Tell somebody')).toHaveAttribute('data-status', 'succeeded');
  const run = runDetailsIn(editor.runPanel);
  await expect(run.row(/Busy service/)).toContainText('3 tries');
  await run.row(/Busy service/).click();
  await editor.runPanel.getByRole('radio', { name: 'Tries (3)' }).press('Space');
  const tries = editor.runPanel.getByRole('region', { name: 'Tries' }).last();
  await expect(tries.getByText(/^Waited/)).toHaveCount(2);
  await expect(tries.getByText('Try 3')).toBeVisible();
  await run.row(/Broken service/).click();
  await expect(editor.runPanel.getByText(/Went on at/)).toBeVisible();
});
