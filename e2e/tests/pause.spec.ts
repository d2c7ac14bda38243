import { flowOf, mapping, path, webhook, type Step } from '../fixtures/flows.ts';
import { claim, expect, expectAccessible, signIn, startWeft, test, type Api } from '../fixtures/weft.ts';

const work: Step = { kind: 'transform', title: 'Note the order', input: mapping({ id: path('call', 'body', 'id') }) };

async function publish(api: Api, workspace: string, title: string): Promise<{ flow: string; hook: string }> {
  const name = title.toLowerCase().replaceAll(/\W+/g, '-');
  const document = flowOf(title, { call: webhook({ path: name, respond: 'immediately' }, { id: 'SO-1', customer: { id: 'C-7' } }), work }, ['call → work']);
  const { id, revision } = await api.send<{ id: string; revision: number }>('POST', `/w/${workspace}/flows`, { document });
  const { webhookUrl } = await api.send<{ webhookUrl: string }>('POST', `/w/${workspace}/flows/${id}/publish`, { revision });
  return { flow: id, hook: webhookUrl };
}

async function send(hook: string, body: unknown): Promise<string> {
  const response = await fetch(hook, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  expect(response.status).toBe(202);
  return ((await response.json()) as { runId: string }).runId;
}

test('a flow is paused, what comes meanwhile waits and says so, and resuming runs all of it in order', async ({ page, api, workspace }) => {
  const { flow, hook } = await publish(api, workspace.id, 'Orders at night');
  await page.goto(`/w/${workspace.id}/flows/${flow}`);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Resume', exact: true })).toBeVisible();
  await expect(page.getByText('Paused', { exact: true })).toBeVisible();
  await expectAccessible(page);

  await page.goto(`/w/${workspace.id}/runs`);
  const runs = [await send(hook, { id: 1 }), await send(hook, { id: 2 }), await send(hook, { id: 3 })];
  // The open page hears of each.
  await expect(page.getByText('Waits: the flow is paused. It runs when somebody resumes it.')).toHaveCount(3);
  await expectAccessible(page);
  await page.goto(`/w/${workspace.id}/runs/${runs[0]}`);
  await expect(page.getByText('Waits: the flow is paused. It runs when somebody resumes it.')).toBeVisible();
  await expectAccessible(page);

  await page.goto(`/w/${workspace.id}/flows`);
  await expect(page.getByText('Paused', { exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Actions for Orders at night' }).click();
  await page.getByRole('menuitem', { name: 'Resume' }).click();
  await expect(page.getByText('Paused', { exact: true })).toBeHidden();
  const ended = async () => {
    const { items } = await api.get<{ items: { id: string; status: string; finishedAt: string | null }[] }>(`/w/${workspace.id}/runs?flow=${flow}`);
    return items.map(({ id, status }) => `${id} ${status}`).toReversed();
  };
  await expect.poll(ended).toEqual(runs.map((run) => `${run} succeeded`));

  // Paused from the list, and what waits is given up.
  await page.getByRole('button', { name: 'Actions for Orders at night' }).click();
  await page.getByRole('menuitem', { name: 'Pause' }).click();
  await expect(page.getByText('Paused', { exact: true })).toBeVisible();
  await send(hook, { id: 4 });
  await page.getByRole('button', { name: 'Actions for Orders at night' }).click();
  await page.getByRole('menuitem', { name: 'Cancel what waits' }).click();
  await page.getByRole('button', { name: 'Cancel waiting runs' }).click();
  await expect(page.getByText('Cancelled 1 run.')).toBeVisible();
});

test('limits, order and history of a flow are set in its settings and are part of what is published', async ({ page, api, workspace }) => {
  const { flow } = await publish(api, workspace.id, 'One order after another');
  await page.goto(`/w/${workspace.id}/flows/${flow}`);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Flow settings' });
  await dialog.getByRole('textbox', { name: 'Runs at once' }).fill('0');
  await expect(dialog.getByText('Type a whole number from 1 to 1,000.')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Runs at once' }).fill('5');
  await dialog.getByRole('combobox', { name: 'Keep in order' }).click();
  await page.getByRole('option', { name: 'body › customer › id' }).click();
  await dialog.getByRole('textbox', { name: 'Days' }).fill('30');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Done' }).click();
  const settings = async () => (await api.get<{ draft: { settings?: unknown } }>(`/w/${workspace.id}/flows/${flow}`)).draft.settings;
  await expect.poll(settings).toEqual({ concurrency: { limit: 5, key: ['call', 'body', 'customer', 'id'] }, retention: { days: 30 } });
});

test('an administrator takes a connector version out of service and prepares maintenance; people see why their runs wait', async ({ browser }) => {
  // An installation of its own: what is held here would hold up the other journeys.
  const server = await startWeft();
  try {
    await claim(server);
    const context = await browser.newContext();
    const api = await signIn(context.request, server.url);
    const { workspaces } = await api.get<{ workspaces: { id: string }[] }>('/me');
    const workspace = workspaces[0]?.id ?? '';
    const { hook } = await publish(api, workspace, 'Orders');
    const page = await context.newPage();
    await page.goto(`${server.url}/settings`);
    const section = page.getByRole('region', { name: 'Maintenance' });

    await section.getByRole('combobox', { name: 'Connector' }).click();
    await page.getByRole('option', { name: /^HTTP/ }).click();
    await section.getByRole('textbox', { name: 'Why' }).fill('It sends twice.');
    await section.getByRole('button', { name: 'Switch off everywhere' }).click();
    await expect(section.getByText('It sends twice.')).toBeVisible();
    await section.getByRole('button', { name: /^Switch HTTP/ }).click();
    await expect(section.getByText('It sends twice.')).toBeHidden();

    await section.getByRole('switch', { name: 'Take no new work' }).click();
    await expect(section.getByText('Nothing is in progress any more.')).toBeVisible();
    const run = await send(hook, { id: 1 });
    await expect(section.getByText('1 run waits.')).toBeVisible();
    await expectAccessible(page);
    await page.goto(`${server.url}/w/${workspace}/runs/${run}`);
    await expect(page.getByText('Waits: an administrator prepares maintenance. It runs afterwards.')).toBeVisible();
    await page.goto(`${server.url}/settings`);
    await section.getByRole('switch', { name: 'Take no new work' }).click();
    await expect.poll(async () => (await api.get<{ status: string }>(`/w/${workspace}/runs/${run}`)).status).toBe('succeeded');
    await context.close();
  } finally {
    await server.dispose();
  }
});
