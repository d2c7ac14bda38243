import { fixed, flowOf, mapping, path, post, webhook } from '../fixtures/flows.ts';
import { expect, expectAccessible, test } from '../fixtures/weft.ts';
import { editorOf } from '../pages/editor.ts';

test('a test says which steps would send, gives their samples instead where that is wanted, and asks once', async ({ page, api, workspace }) => {
  const { workspaces } = await api.get<{ workspaces: { id: string; practiceUrl: string }[] }>('/me');
  const practice = workspaces.find(({ id }) => id === workspace.id)?.practiceUrl ?? '';
  const document = flowOf('Careful', {
    trigger: webhook({ path: 'careful' }, { id: 'A-1' }),
    send: post('Send the order', { url: fixed(`${practice}/orders`), 'body.id': fixed('never-sent') }),
  }, ['trigger → send']);
  const { id } = await api.send<{ id: string }>('POST', `/w/${workspace.id}/flows`, { document });
  await page.goto(`/w/${workspace.id}/flows/${id}`);
  const editor = editorOf(page);
  const start = () => page.getByRole('banner').getByRole('button', { name: 'Test run' }).click();
  const question = page.getByRole('dialog', { name: 'This test would act outside' });
  await start();
  await expect(question.getByText('Send the order')).toBeVisible();
  await expectAccessible(page);
  await question.getByRole('button', { name: 'Answer from samples' }).click();
  await expect(editor.step('Send the order')).toHaveAttribute('data-status', 'succeeded');
  await expect(page.getByText('“Send the order” gave its sample: nothing was sent.')).toBeVisible();
  expect(await (await fetch(practice)).text()).not.toContain('never-sent');
  await start();
  await expect(page.getByText('nothing was sent.').first()).toBeVisible();
  await expect(question).toBeHidden();
});

test('runs are called by the number of their order, and a failed one leads to the field that failed, with its input', async ({ page, api, workspace }) => {
  const document = {
    ...flowOf('Orders', {
      trigger: webhook({ path: 'numbered' }, { number: '#2003', total: '12' }),
      shape: { kind: 'transform', title: 'Shape it', input: mapping({ total: { fn: 'toNumber', args: [path('trigger', 'body', 'total')] } }) },
    }, ['trigger → shape']),
    settings: { runTitle: ['trigger', 'body', 'number'] },
  };
  const { id } = await api.send<{ id: string }>('POST', `/w/${workspace.id}/flows`, { document });
  await page.goto(`/w/${workspace.id}/flows/${id}`);
  const editor = editorOf(page);
  const url = await editor.publish();
  await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ number: '#2004', total: 'twelve' }) });
  await page.goto(`/w/${workspace.id}/runs`);
  await expectAccessible(page);
  const toStep = page.getByRole('row', { name: /#2004/ }).getByRole('link', { name: 'Open the step' });
  await toStep.click();
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Close this value' })).toBeVisible();
  await page.goto(`/w/${workspace.id}/runs`);
  await page.getByRole('link', { name: /#2004/ }).click();
  await expect(page.getByRole('heading', { name: '#2004' })).toBeVisible();
  await expect(page.getByText('It is about the field “total”.')).toBeVisible();
  await expect(page.getByRole('treeitem', { name: /Call arrives › body › total.*twelve/ })).toBeVisible();
  await page.getByRole('link', { name: 'Open the step' }).click();
  const mapper = page.getByRole('dialog');
  await expect(mapper.getByRole('button', { name: 'Close this value' })).toBeVisible();
  await mapper.getByRole('button', { name: 'Done' }).click();
  await expect(editor.inspector.getByRole('textbox', { name: 'Title of the step' })).toHaveValue('Shape it');
  await expect(editor.runPanel.getByText(/twelve/).first()).toBeVisible();
});

test('opening a database step changes nothing; the columns of its table are fields to fill', async ({ page, api, workspace }) => {
  const connection = await api.send<{ id: string }>('POST', `/w/${workspace.id}/connections`, {
    title: 'Shop',
    connector: 'sql',
    scheme: 'sqlite',
    config: { file: 'shop.sqlite' },
    credentials: {},
  });
  const insert = {
    kind: 'action',
    title: 'Insert a row',
    use: { connector: 'sql', version: '1.0.0', operation: 'insert' },
    connection: connection.id,
    config: { table: 'orders', makeMissing: true },
  };
  const document = flowOf('Save orders', { trigger: webhook({ path: 'save-orders' }, { number: 'A-1' }), save: insert }, ['trigger → save']);
  const { id } = await api.send<{ id: string }>('POST', `/w/${workspace.id}/flows`, { document });
  const made = { ...document, steps: { ...document.steps, save: { ...insert, input: mapping({ 'row.number': fixed('A-0'), 'row.total': fixed(2.5) }) } } };
  await api.send('POST', `/w/${workspace.id}/flows/${id}/test-step`, { document: made, stepId: 'save', scope: {} });
  const draft = () => api.get<{ draft: unknown; revision: number }>(`/w/${workspace.id}/flows/${id}`);
  const before = await draft();
  await page.goto(`/w/${workspace.id}/flows/${id}`);
  const editor = editorOf(page);
  await editor.open('Insert a row');
  const { inspector } = editor;
  await expect(inspector.getByText('There are 2 fields that this step does not know yet: number and total.')).toBeVisible();
  await editor.expectSaved();
  expect(await draft()).toEqual(before);
  await inspector.getByRole('button', { name: 'Take them over' }).click();
  await inspector.getByRole('textbox', { name: 'total' }).fill('19.5');
  await expect(inspector.getByRole('button', { name: /^Map number/ })).toBeVisible();
  await expect(inspector.getByRole('textbox', { name: 'Name of number' })).toBeHidden();
  await editor.expectSaved();
  expect(JSON.stringify((await draft()).draft)).toContain('"to":["row","total"],"value":{"const":19.5}');
  await expectAccessible(page);
});

test('a schedule is put together from choices; a time zone or a network that does not exist is marked at its field', async ({ page, api, workspace }) => {
  const trigger = {
    kind: 'trigger',
    title: 'Every morning',
    use: { connector: 'schedule', version: '1.0.0', operation: 'cron' },
    config: { cron: '0 8 * * 1', timezone: 'Madr' },
  };
  const { id } = await api.send<{ id: string }>('POST', `/w/${workspace.id}/flows`, { document: { ...flowOf('Planned', { trigger }), settings: { timezone: 'Mars/Olympus' } } });
  await page.goto(`/w/${workspace.id}/flows/${id}`);
  const editor = editorOf(page);
  await editor.open('Every morning');
  const { inspector } = editor;
  const count = page.getByRole('banner').getByRole('button', { name: /problem/ });
  await expect(count).toHaveAccessibleName('2 problems');
  await count.click();
  await page.getByRole('button', { name: /“Mars\/Olympus” is not a time zone/ }).click();
  const settings = page.getByRole('dialog', { name: 'Flow settings' });
  await settings.getByRole('combobox', { name: 'Time zone' }).click();
  await page.getByPlaceholder('Search').last().fill('oslo');
  await page.getByRole('option', { name: /Europe\/Oslo/ }).click();
  await settings.getByRole('button', { name: 'Done' }).click();
  await expect(count).toHaveAccessibleName('1 problem');
  const zone = inspector.getByRole('combobox', { name: 'Time zone' });
  await expect(zone).toHaveAttribute('aria-invalid', 'true');
  await zone.click();
  await page.getByRole('combobox', { name: 'Search' }).or(page.getByPlaceholder('Search')).last().fill('new york');
  await page.getByRole('option', { name: /America\/New_York/ }).click();
  await expect(page.getByRole('banner').getByRole('button', { name: 'No problems' })).toBeVisible();
  await inspector.getByRole('button', { name: 'Thu' }).click();
  await inspector.getByLabel('Time', { exact: true }).fill('17:45');
  await expect(inspector.getByText('At 17:45, on Mondays and Thursdays')).toBeVisible();
  await editor.expectSaved();
  const { draft } = await api.get<{ draft: { steps: Record<string, unknown> } }>(`/w/${workspace.id}/flows/${id}`);
  expect(draft.steps['trigger']).toMatchObject({ config: { cron: '45 17 * * 1,4', timezone: 'America/New_York' } });
  await expectAccessible(page);

  await page.goto('/settings');
  const networks = page.getByRole('textbox', { name: 'Private networks Weft may call' });
  await networks.fill('localhost only');
  await page.locator('form', { has: networks }).getByRole('button', { name: 'Save' }).click();
  await expect(networks).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText('“localhost only” is not understood.')).toBeVisible();
});

test('by keyboard the focus is never lost: a new flow, its trigger, a sample, a mapped field', async ({ page, workspace }) => {
  const focused = page.locator(':focus');
  await page.goto(`/w/${workspace.id}/flows`);
  await page.getByRole('button', { name: 'New flow', exact: true }).first().press('Enter');
  await expect(focused).toHaveText(/^Receive a webhook/);
  await page.keyboard.press('Enter');
  const editor = editorOf(page);
  await expect(editor.step('Receive a webhook')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(editor.inspector.getByLabel('Path')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(editor.step('Receive a webhook')).toBeFocused();
  await editor.inspector.getByRole('button', { name: /^Use the example “A new order”/ }).press('Enter');
  await expect(editor.inspector.getByRole('button', { name: 'Paste a sample' })).toBeFocused();

  await page.keyboard.press('Control+k');
  const commands = page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox');
  await commands.fill('send an http');
  await commands.press('Enter');
  await expect(editor.step('Send an HTTP request')).toBeFocused();
  await editor.inspector.getByRole('button', { name: /^Map Address/ }).press('Enter');
  await page.getByRole('combobox', { name: 'Search fields' }).press('Enter');
  await expect(editor.inspector.getByRole('group', { name: 'Address' }).locator(':focus')).toHaveCount(1);
  await editor.inspector.getByRole('button', { name: 'Type a fixed value for Address' }).press('Enter');
  await expect(editor.inspector.getByRole('textbox', { name: 'Address' })).toBeFocused();

  await editor.expectSaved();
  await page.goto(page.url());
  await expect(editor.step('Receive a webhook')).toBeVisible();
  await page.getByRole('button', { name: 'Skip to the flow' }).press('Enter');
  await expect(editor.step('Receive a webhook')).toBeFocused();
});
