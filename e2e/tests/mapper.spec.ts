import type { Locator, Page } from '@playwright/test';
import { flowOf, mapping, path, webhook, type Flow } from '../fixtures/flows.ts';
import { expect, expectAccessible, test, type Api } from '../fixtures/weft.ts';
import { editorOf, type Editor } from '../pages/editor.ts';

const order = {
  id: 'A-1001',
  email: 'ada@example.com',
  customer: { first: 'Ada', last: 'Lovelace' },
  lines: [
    { sku: 'TEA-01', quantity: 2, price: '4.50' },
    { sku: 'CUP-02', quantity: 1, price: '9.00' },
  ],
};

const text = { type: 'string' };
const invoice = {
  type: 'object',
  required: ['number'],
  properties: {
    number: text,
    contact: { type: 'object', properties: { name: text, address: text } },
    raw: {},
    lines: { type: 'array', items: { type: 'object', properties: { code: text, amount: { type: 'number' } } } },
  },
};

/** A call whose order becomes an invoice. */
const invoiceFlow = (rules: Parameters<typeof mapping>[0] = {}, body: unknown = order): Flow =>
  flowOf(
    'Invoices',
    { trigger: webhook({ path: 'invoices' }, body), shape: { kind: 'transform', title: 'Invoice', schemas: { input: invoice }, input: mapping(rules) } },
    ['trigger → shape'],
  );

interface Mapper {
  dialog: Locator;
  from(name: string): Locator;
  to(name: string): Locator;
  value: Locator;
}

const mapperOf = (page: Page): Mapper => {
  const dialog = page.getByRole('dialog', { name: /^Map: / });
  const row = (tree: string, name: string): Locator => dialog.getByRole('tree', { name: tree }).getByRole('treeitem', { name }).first();
  return { dialog, from: (name) => row('From', name), to: (name) => row('To', name), value: dialog.getByRole('region', { name: /^Value of / }) };
};

async function openFlow(page: Page, api: Api, workspace: string, document: Flow): Promise<Editor> {
  const { id } = await api.send<{ id: string }>('POST', `/w/${workspace}/flows`, { document });
  await page.goto(`/w/${workspace}/flows/${id}`);
  return editorOf(page);
}

async function openMapper(page: Page, api: Api, workspace: string, document: Flow): Promise<Mapper> {
  const editor = await openFlow(page, api, workspace, document);
  await editor.open('Invoice');
  await editor.openTab('Map');
  await editor.inspector.getByRole('button', { name: 'Open the mapper' }).click();
  return mapperOf(page);
}

/** What has the focus, by its role and name; a part of the page that nobody sees has none. */
const focused = (page: Page): Locator => page.locator(':focus:not(body)');

test('the whole of what a step gave is taken by mouse, by dragging and by keyboard, and its row still opens and closes', async ({ page, api, workspace }) => {
  const { dialog, from, to } = await openMapper(page, api, workspace.id, invoiceFlow());
  await from('Call arrives').click();
  await to('raw').click();
  await expect(to('raw')).toContainText('Call arrives');
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await expect(to('raw')).not.toContainText('Call arrives');
  await from('Call arrives').dragTo(to('raw'));
  await expect(to('raw')).toContainText('Call arrives');
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await from('Call arrives').dblclick();
  await expect(from('Call arrives')).toHaveAttribute('aria-expanded', 'false');
  await dialog.getByRole('tree', { name: 'From' }).press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(from('Call arrives')).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('tree', { name: 'To' })).toBeFocused();
  await to('raw').click();
  await expect(to('raw')).toContainText('Call arrives');
});

test('the focus stays with what one does, and a text with fields stays one while it is written', async ({ page, api, workspace }) => {
  const { dialog, to, value } = await openMapper(page, api, workspace.id, invoiceFlow());
  await to('number').click();
  await value.getByRole('button', { name: 'Type a fixed value' }).press('Enter');
  await page.keyboard.type('INV');
  await expect(to('number')).toContainText('INV');
  await value.getByRole('button', { name: 'Take this value away' }).press('Enter');
  await expect(focused(page)).toHaveCount(1);

  await value.getByRole('button', { name: 'Write a text with fields' }).press('Enter');
  await expect(focused(page)).toHaveAccessibleName('number, text 1');
  await value.getByRole('button', { name: 'Insert a field' }).press('Enter');
  await page.keyboard.type('first');
  await page.keyboard.press('Enter');
  await expect(focused(page)).toHaveAccessibleName('number, text 2');
  await page.keyboard.type(' and ');
  await value.getByRole('button', { name: 'Insert a field' }).press('Enter');
  await page.keyboard.type('last');
  await page.keyboard.press('Enter');
  await page.keyboard.type('!');
  await expect(value.getByText('Ada and Lovelace!')).toBeVisible();
  await page.keyboard.press('Home');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('you');
  await expect(value.getByText('Ada and you!')).toBeVisible();
  await value.getByRole('button', { name: /^Remove Call arrives.*first$/ }).press('Enter');
  await expect(focused(page)).toHaveAccessibleName('number, text 1');

  await to('address').click();
  await value.getByRole('button', { name: 'Take a field' }).press('Enter');
  await page.keyboard.type('email');
  await page.keyboard.press('Enter');
  await expect(to('address')).toContainText('ada@example.com');
  await expect(focused(page)).toHaveCount(1);
  await expect(value.locator(':focus')).toHaveCount(1);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Done' }).click();
});

test('a row of a step’s mapping opens the mapper with its value, whichever step was mapped before', async ({ page, api, workspace }) => {
  const document = invoiceFlow({ number: path('trigger', 'body', 'id'), 'contact.name': path('trigger', 'body', 'customer', 'last') });
  document.steps['second'] = { kind: 'transform', title: 'Second', input: mapping({ a: path('shape', 'number'), b: path('trigger', 'body', 'email') }) };
  document.edges.push({ from: ['shape', 'next'], to: 'second' });
  document.layout['second'] = [640, 80];
  const editor = await openFlow(page, api, workspace.id, document);
  const { dialog, value } = mapperOf(page);
  for (const [step, row, name] of [
    ['Invoice', /^contact › name/, 'Value of contact › name'],
    ['Second', /^b/, 'Value of b'],
    ['Invoice', /^number/, 'Value of number'],
  ] as const) {
    await editor.open(step);
    await editor.openTab('Map');
    await editor.inspector.getByRole('button', { name: row }).click();
    await expect(value).toHaveAccessibleName(name);
    await dialog.getByRole('button', { name: 'Done' }).click();
  }
});
