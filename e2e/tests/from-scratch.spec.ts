import type { Locator, Page } from '@playwright/test';
import { fixed, flowOf, path, post, respond, webhook, type Flow, type Step } from '../fixtures/flows.ts';
import { type Api, expect, expectAccessible, test } from '../fixtures/weft.ts';
import { editorOf } from '../pages/editor.ts';
import { payloadIn, runDetailsIn } from '../pages/run-details.ts';

const order = {
  order_id: 'SO-1001',
  placed_at: '2026-03-14T09:26:53Z',
  currency: 'NOK',
  customer: { id: 'C-7', name: 'Fjord Kaffe', email: 'kaffe@example.com', city: 'Bergen' },
  line_items: [
    { sku: 'TEA', title: 'Green tea', quantity: 2, unit_price: 10.5 },
    { sku: 'CUP', title: 'Cup', quantity: 1, unit_price: 99 },
  ],
  note: 'Quick, please',
};
/** What the ERP wants: twelve fields, four of them in a list. */
const erpOrder = {
  order_id: 'A',
  currency: 'EUR',
  name: 'Somebody',
  city: 'Somewhere',
  ordered_at: '2026-01-01T00:00:00Z',
  customer_number: 'C-1',
  mail: 'somebody@example.com',
  remark: 'None',
  line_items: [{ sku: 'A', title: 'Thing', quantity: 1, price: 1.5 }],
};

/** The shape of an example, as pasting it gives it. */
function shapeOf(example: unknown): Record<string, unknown> {
  if (Array.isArray(example)) return { type: 'array', items: shapeOf(example[0]) };
  if (typeof example !== 'object' || example === null) return { type: typeof example };
  return { type: 'object', properties: Object.fromEntries(Object.entries(example).map(([name, value]) => [name, shapeOf(value)])) };
}

/** What the whole page looks like, and the mapper, is checked with the screens. */
const inspector = 'section[aria-label^="Step "]';

async function begin(page: Page, workspace: string): Promise<void> {
  await page.goto(`/w/${workspace}/flows`);
  await page.getByRole('button', { name: 'New flow' }).click();
  await page.getByRole('region', { name: 'How does this flow begin?' }).getByRole('button', { name: /Receive a webhook/ }).click();
}

/** Types into the search of the steps and presses Enter: the step comes after the selected one. */
async function addByKeyboard(page: Page, text: string): Promise<void> {
  const search = await editorOf(page).stepSearch();
  await search.fill(text);
  await search.press('Enter');
  await search.fill('');
}

async function pasteExample(page: Page, within: Locator, button: string, example: unknown): Promise<void> {
  await within.getByRole('button', { name: button }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Example (JSON)' }).fill('{ "half":');
  await expect(dialog.getByText(/This is not valid JSON yet/)).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Example (JSON)' }).fill(JSON.stringify(example));
  await dialog.getByRole('button', { name: 'Use this example' }).click();
  await expect(dialog).toBeHidden();
}

test('a flow is drawn by keyboard, by “+”, by dragging, and by dropping on a connection', async ({ page, workspace }) => {
  await begin(page, workspace.id);
  const editor = editorOf(page);
  await expect(editor.step('Receive a webhook')).toBeVisible();
  await expectAccessible(page);
  await addByKeyboard(page, 'answer');
  await expect(editor.step('Answer the caller')).toBeVisible();

  // “+” on the connection.
  await editor.step('Answer the caller').focus();
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('button', { name: 'Add a step between “Receive a webhook” and “Answer the caller”' }).click();
  const quickAdd = page.getByRole('dialog', { name: 'Add a step' });
  await quickAdd.getByRole('combobox').fill('http');
  await quickAdd.getByRole('combobox').press('Enter');
  await expect(editor.step('Send an HTTP request')).toBeVisible();

  // Dropping on the connection puts the step in between.
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Fit the flow into view' }).click();
  const [from, to] = [editor.step('Receive a webhook'), editor.step('Send an HTTP request')];
  const middle = async () => {
    const [a, b, canvas] = await Promise.all([from.boundingBox(), to.boundingBox(), editor.canvas.boundingBox()]);
    if (!a || !b || !canvas) throw new Error('The steps are not in view.');
    return { x: (a.x + a.width + b.x) / 2 - canvas.x, y: a.y + a.height / 2 - canvas.y };
  };
  await page.getByRole('search', { name: 'Steps' }).getByRole('button', { name: /^Filter/ }).dragTo(editor.canvas, { targetPosition: await middle() });
  await expect(editor.step('Filter')).toBeVisible();

  // Dropping on the empty canvas leaves it unconnected, and that is said.
  const canvas = await editor.canvas.boundingBox();
  await page.getByRole('search', { name: 'Steps' })
    .getByRole('button', { name: /^Stop/ })
    .dragTo(editor.canvas, { targetPosition: { x: 420, y: (canvas?.height ?? 0) - 120 } });
  await expect(editor.step('Stop')).toBeVisible();

  await page.getByText('Outline', { exact: true }).click();
  const outline = page.getByRole('tree', { name: 'Steps in the order they run' });
  await expect(outline.getByRole('treeitem').filter({ hasNotText: 'Stop' })).toHaveText([
    /Receive a webhook/,
    /Filter/,
    /Send an HTTP request/,
    /Answer the caller/,
  ]);
  await page.getByRole('button', { name: /problems?$/ }).first().click();
  await expect(page.getByRole('dialog').getByRole('button', { name: /Nothing leads to “Stop”/ })).toBeVisible();
  await expectAccessible(page);
});

/** Base address of the workspace's practice service. */
async function practiceOf(api: Api, workspace: string): Promise<string> {
  const { workspaces } = await api.get<{ workspaces: { id: string; practiceUrl: string }[] }>('/me');
  return workspaces.find(({ id }) => id === workspace)?.practiceUrl ?? '';
}

async function open(page: Page, api: Api, workspace: string, document: Flow): Promise<void> {
  const { id } = await api.send<{ id: string }>('POST', `/w/${workspace}/flows`, { document });
  await page.goto(`/w/${workspace}/flows/${id}`);
  await expect(page.getByRole('textbox', { name: 'Title of the flow' })).toHaveValue(document.title);
}

/** The mapper, and in it what the whole mapping gives. */
function mapperOf(page: Page) {
  const mapper = page.getByRole('dialog', { name: /^Map: / });
  const result = payloadIn(mapper.getByRole('region', { name: 'Result', exact: true }).filter({ has: page.getByRole('group', { name: 'View as' }) }).last());
  return { mapper, result };
}

test('from an empty canvas, a trigger and a request get their shape by examples and by a real call', async ({ page, api, workspace }) => {
  const practice = await practiceOf(api, workspace.id);
  await begin(page, workspace.id);
  const editor = editorOf(page);
  await addByKeyboard(page, 'http');
  await addByKeyboard(page, 'answer');

  await editor.open('Receive a webhook');
  const name = editor.inspector.getByLabel('Path');
  await name.fill('New Order!');
  await expect(editor.inspector.getByRole('alert')).toBeVisible();
  await name.fill('new-order');
  await expect(editor.inspector.getByRole('alert')).toBeHidden();
  await editor.inspector.getByLabel('Answer').selectOption({ label: 'When the flow has finished, with its answer' });
  await pasteExample(page, editor.inspector, 'Paste a sample', { ...order, note: null });
  await editor.inspector.getByRole('button', { name: 'Listen for a test call' }).click();
  await expect(editor.inspector.getByText(/Waiting for a call, until/)).toBeVisible();
  const address = await editor.inspector.getByText(/^http\S+\/hooks\/\S+$/).first().innerText();
  expect((await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(order) })).ok).toBe(true);
  await expect(editor.inspector.getByRole('textbox', { name: 'Name of sample 2' })).toHaveValue(/^Call at/);
  await editor.inspector.getByRole('button', { name: /^Use Call at .* for test runs$/ }).click();
  await expectAccessible(page, inspector);

  await editor.open('Send an HTTP request');
  await editor.inspector.getByLabel('Method').selectOption('POST');
  const url = editor.inspector.getByLabel('Address', { exact: true });
  await expect(editor.inspector.getByText('Fill this in, or map it to data of an earlier step.')).toBeVisible();
  await url.fill('no address');
  await expect(editor.inspector.getByRole('alert').first()).toBeVisible();
  await url.fill(`${practice}/erp/orders`);
  await expect(editor.inspector.getByRole('alert')).toHaveCount(0);
  await pasteExample(page, editor.inspector, 'Paste an example', erpOrder);
  await expect(editor.inspector.getByText('0 of 9 fields filled')).toBeVisible();
  await expectAccessible(page, inspector);
});

test('twelve fields are mapped by equal names, by dragging, and by keyboard in the list; then the step is tested and pinned', async (
  { page, api, workspace },
) => {
  const practice = await practiceOf(api, workspace.id);
  const send: Step = {
    ...post('Send the order', { url: fixed(`${practice}/erp/orders`) }),
    schemas: { input: { type: 'object', properties: { body: shapeOf(erpOrder) }, required: ['body'] } },
  };
  const trigger = webhook({ path: 'new-order' });
  trigger['samples'] = [order, { ...order, note: null }].map((body, index) => ({
    title: `Order ${index + 1}`,
    output: { method: 'POST', headers: {}, query: {}, body },
  }));
  await open(page, api, workspace.id, flowOf('Orders', { trigger, send }, ['trigger → send']));
  const editor = editorOf(page);
  const { mapper, result } = mapperOf(page);
  await editor.open('Send the order');

  await editor.inspector.getByRole('button', { name: 'Open the mapper' }).click();
  // A row begins with the kind of its field.
  const named = (name: string) => new RegExp(`^(Text|Date|List|Number|Whole number) ${name}\\b`);
  const from = (name: string) => mapper.getByRole('tree', { name: 'From' }).getByRole('treeitem', { name: named(name) });
  const to = (name: string) => mapper.getByRole('tree', { name: 'To' }).getByRole('treeitem', { name: named(name) });
  await from('placed_at').dragTo(to('ordered_at'));
  await expect(to('ordered_at')).toContainText('2026-03-14T09:26:53Z');
  await from('line_items').dragTo(to('line_items'));
  await expect(to('line_items')).toContainText('2 items');

  await mapper.getByRole('button', { name: 'Map equal names' }).click();
  const proposals = page.getByRole('dialog', { name: 'Map fields with equal names' });
  for (const name of ['order_id', 'currency', 'city', 'sku', 'title', 'quantity']) {
    await expect(proposals.getByRole('checkbox', { name: new RegExp(name) }).first()).toBeVisible();
  }
  await expectAccessible(page);
  await proposals.getByRole('checkbox', { name: 'All' }).press('Space');
  if (!(await proposals.getByRole('checkbox', { name: 'All' }).isChecked())) await proposals.getByRole('checkbox', { name: 'All' }).press('Space');
  await proposals.getByRole('button', { name: /^Map \d+ fields$/ }).click();
  await expect(result.field('city Bergen')).toBeVisible();

  await mapper.getByRole('radio', { name: 'List' }).press('Space');
  const list = mapper.getByRole('table', { name: 'List' });
  for (const [field, source] of [
    ['customer_number', 'id'],
    ['mail', 'email'],
    ['remark', 'note'],
    ['price', 'unit_price'],
  ] as const) {
    await list.getByRole('button', { name: new RegExp(`^Edit .*\\b${field}$`) }).press('Enter');
    await mapper.getByRole('region', { name: new RegExp(`^Value of .*\\b${field}$`) }).getByRole('button', { name: 'Take a field' }).press('Enter');
    const search = page.getByRole('combobox', { name: 'Search fields' });
    await search.fill(source);
    await search.press('Enter');
    await expect(list.getByRole('row', { name: new RegExp(`\\b${field}\\b`) })).toContainText(source);
  }
  await expect(list.getByRole('row', { name: /› mail/ })).toContainText('kaffe@example.com');
  await expect(list.getByRole('row', { name: /› remark/ })).toContainText('Quick, please');
  // One sample has an empty note: that is said, and solved with one tick.
  await expect(mapper.getByText('1 hint')).toBeVisible();
  await list.getByRole('button', { name: 'Edit body › remark' }).press('Enter');
  await mapper.getByRole('checkbox', { name: 'Leave out when empty' }).press('Space');
  await expect(mapper.getByText('Fits')).toBeVisible();
  const json = await result.asJson();
  await expect(json.getByText('"price": 10.5')).toBeVisible();
  await mapper.getByRole('button', { name: 'Done' }).click();
  await expect(mapper).toBeHidden();
  await expect(editor.inspector.getByText('9 of 9 fields filled')).toBeVisible();

  await editor.openTab('Test');
  await editor.actForReal();
  await editor.inspector.getByRole('button', { name: 'Test this step' }).click();
  await expect(editor.inspector.getByText('Succeeded')).toBeVisible();
  await expect(payloadIn(editor.inspector).field('status accepted')).toBeVisible();
  await editor.inspector.getByRole('button', { name: 'Pin this output' }).click();
  await expect(editor.inspector.getByText(/This output is pinned/)).toBeVisible();
  await editor.inspector.getByRole('button', { name: 'Run to here' }).click();
  await expect(editor.step('Send the order')).toHaveAttribute('data-status', 'succeeded');
  await editor.inspector.getByRole('button', { name: 'Unpin' }).click();
  const sent = (await (await fetch(practice)).text()).replaceAll('&quot;', '"');
  expect(sent).toContain('"customer_number": "C-7"');
  expect(sent).toContain('"price": 10.5');
});

test('the answer gets its fields from a source and by hand; published and called, it is the mapped JSON, and the run appears by itself', async (
  { page, api, workspace },
) => {
  const practice = await practiceOf(api, workspace.id);
  const body = (...segments: string[]) => path('trigger', 'body', ...segments);
  const send = post('Send the order', {
    url: fixed(`${practice}/erp/orders`),
    'body.order_id': body('order_id'),
    'body.customer_number': body('customer', 'id'),
    'body.line_items': body('line_items'),
  });
  send['samples'] = [{ title: 'An answer', output: { status: 201, headers: {}, body: { id: 'ORD-1', status: 'accepted' } } }];
  await open(
    page,
    api,
    workspace.id,
    flowOf('Orders', { trigger: webhook({ path: 'new-order' }, order), send, answer: respond('Answer the caller', {}) }, ['trigger → send', 'send → answer']),
  );
  const editor = editorOf(page);
  const { mapper } = mapperOf(page);

  await editor.open('Answer the caller');
  await editor.openTab('Set up');
  await editor.inspector.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Same fields as a source…' }).click();
  const search = page.getByRole('combobox', { name: 'Search fields' });
  await search.fill('customer');
  await search.press('Enter');
  await expect(editor.inspector.getByRole('textbox', { name: 'Name of email' })).toBeVisible();
  await editor.inspector.getByRole('button', { name: 'Add a field', exact: true }).click();
  const name = editor.inspector.getByRole('textbox', { name: /^Name of/ }).last();
  await name.fill('erp_number');
  await name.press('Enter');
  await editor.inspector.getByRole('button', { name: 'Open the mapper' }).click();
  await mapper.getByRole('button', { name: 'Map equal names' }).click();
  const proposals = page.getByRole('dialog', { name: 'Map fields with equal names' });
  await proposals.getByRole('button', { name: /^(Map \d+ fields?|Cancel)$/ }).last().click();
  await mapper.getByRole('radio', { name: 'List' }).press('Space');
  const list = mapper.getByRole('table', { name: 'List' });
  for (const [field, source] of [
    ['body › id', 'customer.id'],
    ['body › erp_number', 'http.id'],
  ] as const) {
    const row = list.getByRole('row', { name: new RegExp(`^${field}`) });
    await list.getByRole('button', { name: `Edit ${field}` }).press('Enter');
    const value = mapper.getByRole('region', { name: `Value of ${field}` });
    await value.getByRole('button', { name: /^Take a field$|^body › id: body › id$/ }).first().click();
    const tree = page.getByRole('tree', { name: 'Fields' });
    await page.getByRole('combobox', { name: 'Search fields' }).fill('id');
    await tree.getByRole('treeitem', { name: source === 'customer.id' ? /^Text id C-7/ : /^Text id ORD-/ }).click();
    await expect(row).toContainText(source === 'customer.id' ? 'C-7' : 'ORD-');
  }
  await mapper.getByRole('button', { name: 'Done' }).click();

  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog', { name: 'This test would act outside' }).getByRole('button', { name: 'Run for real' }).click();
  await expect(editor.step('Answer the caller')).toHaveAttribute('data-status', 'succeeded');
  const answer = await runDetailsIn(editor.runPanel).look('The whole run', 'Answer');
  await expect(answer.field('email kaffe@example.com')).toBeVisible();
  await expect(answer.field(/^erp_number ORD-/)).toBeVisible();

  const url = await editor.publish();
  await editor.runPanel.getByRole('tab', { name: 'History' }).click();
  const history = editor.runPanel.getByRole('list', { name: 'Past runs of this flow' });
  await expect(history.getByText('Version 1')).toBeHidden();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...order, customer: { ...order.customer, name: 'Another' } }),
  });
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ id: 'C-7', name: 'Another', email: 'kaffe@example.com', city: 'Bergen', erp_number: expect.stringMatching(/^ORD-/) });
  await expect(history.getByText('Version 1')).toBeVisible();
});
