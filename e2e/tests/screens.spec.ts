import type { Locator, Page } from '@playwright/test';
import { fixed, flowOf, mapping, path, post, respond, webhook, type Flow } from '../fixtures/flows.ts';
import { expect, expectAccessible, test, type Api } from '../fixtures/weft.ts';
import { editorOf } from '../pages/editor.ts';

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

const order = { id: 'SO-1', paid: true, customer: { id: 'C-7', name: 'Fjord Kaffe' }, lines: [{ sku: 'TEA', quantity: 2 }], note: null };

/** Every kind of step, ways out that lead nowhere yet, and a few problems. */
const everyKind = (): Flow => ({
  ...flowOf(
    'Everything',
    {
      call: webhook({ path: 'everything' }, order),
      kind: {
        kind: 'branch',
        title: 'Which kind',
        cases: [
          { id: 'paid', title: 'Paid', condition: path('call', 'body', 'paid') },
          { id: 'open', title: 'Not paid yet', condition: { fn: 'not', args: [path('call', 'body', 'paid')] } },
        ],
      },
      only: { kind: 'filter', title: 'Only with lines', condition: { fn: 'exists', args: [path('call', 'body', 'lines')] } },
      lines: { kind: 'forEach', title: 'Each line', items: path('call', 'body', 'lines'), as: 'line' },
      shape: { kind: 'transform', title: 'Shape it', in: 'lines', input: mapping({ sku: path('line', 'sku') }) },
      send: post('Send it', {
        'body.id': path('call', 'body', 'customer', 'id'),
        'body.order': path('call', 'body', 'id'),
        'body.gone': path('call', 'body', 'custommer'),
      }, {
        onError: 'port',
        schemas: {
          input: {
            type: 'object',
            properties: { body: { type: 'object', properties: { id: { type: 'string' }, order: { type: 'string' }, gone: { type: 'string' } } } },
          },
        },
      }),
      answer: respond('Say so', { 'body.ok': fixed(true) }),
      read: { kind: 'action', title: 'Read a file', use: { connector: 'csv', version: '1.0.0', operation: 'read' }, config: {} },
      row: { kind: 'action', title: 'Add a row', use: { connector: 'sql', version: '1.0.0', operation: 'insert' }, config: {} },
      mail: {
        kind: 'action',
        title: 'Write a letter',
        use: { connector: 'email', version: '1.0.0', operation: 'send' },
        config: {},
        input: mapping({ subject: { fn: 'concat', args: [fixed('Order '), path('call', 'body', 'id')] } }),
      },
      end: { kind: 'stop', title: 'Give up', outcome: 'failed', message: 'Not this one' },
    },
    ['call → kind', 'kind.paid → only', 'only → lines', 'lines → send', 'send → answer', 'send.error → read', 'read → row', 'row → mail'],
  ),
  layout: {
    call: [0, 0],
    kind: [320, 0],
    only: [640, 0],
    lines: [960, 0],
    shape: [96, 88],
    send: [1440, 0],
    answer: [1760, 160],
    end: [640, 240],
    read: [1760, 320],
    row: [1760, 480],
    mail: [1760, 640],
  },
});

async function open(page: Page, api: Api, workspace: string, document: Flow = everyKind()): Promise<void> {
  const { id } = await api.send<{ id: string }>('POST', `/w/${workspace}/flows`, { document });
  await page.goto(`/w/${workspace}/flows/${id}`);
  await expect(page.getByRole('textbox', { name: 'Title of the flow' })).toHaveValue(document.title);
}

for (const titles of [
  ['Call arrives', 'Which kind', 'Only with lines', 'Each line', 'Shape it', 'Say so'],
  ['Read a file', 'Add a row', 'Write a letter', 'Give up', 'Send it'],
]) {
  test(`the inspector can be read and used by everybody: ${titles.join(', ')}`, async ({ page, api, workspace }) => {
    await open(page, api, workspace.id);
    const editor = editorOf(page);
    for (const title of titles) {
      await test.step(title, async () => {
        await editor.open(title);
        await expectAccessible(page, inspector);
      });
    }
  });
}

test('every side of a step can be read and used by everybody', async ({ page, api, workspace }) => {
  await open(page, api, workspace.id);
  const editor = editorOf(page);
  await expectAccessible(page);
  await editor.open('Send it');
  for (const tab of await editor.inspector.getByRole('tab').all()) {
    await tab.click();
    await expectAccessible(page, inspector);
  }
  await editor.openTab('Test');
  await editor.actForReal();
  await editor.inspector.getByRole('button', { name: 'Test this step' }).click();
  await expect(editor.inspector.getByText('Failed')).toBeVisible();
  await expectAccessible(page, inspector);
});

const inspector = 'section[aria-label^="Step "]';

test('the canvas can be used by everybody however far away it is', async ({ page, api, workspace }) => {
  await open(page, api, workspace.id);
  for (let out = 0; out < 4; out += 1) {
    await page.getByRole('button', { name: 'Zoom out' }).click();
    await expectAccessible(page);
  }
});

test('the dialogs of the editor can be read and used by everybody', async ({ page, api, workspace }) => {
  await open(page, api, workspace.id);
  const more = async (item: string) => {
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  const checked = async (name: string) => {
    const dialog = page.getByRole('dialog', { name }).or(page.getByRole('alertdialog', { name }));
    await expect(dialog).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  };
  await more('Delete…');
  await checked('Delete “Everything”?');
  await more('Settings');
  await checked('Flow settings');
  await more('Keyboard shortcuts');
  await checked('Keyboard shortcuts');
  await page.getByRole('button', { name: 'Versions' }).click();
  await checked('Versions');
  await page.getByRole('button', { name: /^\d+ problems?$/ }).click();
  await checked('Problems');
  await editorOf(page).step('Give up').focus();
  await page.getByRole('button', { name: 'Add a step at “Not paid yet” of “Which kind”' }).click();
  await checked('Add a step');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await expectAccessible(page);
});

async function openMapper(page: Page, api: Api, workspace: string): Promise<Locator> {
  await open(page, api, workspace);
  const editor = editorOf(page);
  await editor.open('Send it');
  await editor.inspector.getByRole('button', { name: 'Open the mapper' }).click();
  const mapper = page.getByRole('dialog', { name: /^Map: / });
  await expect(mapper.getByRole('tree', { name: 'To' })).toBeVisible();
  return mapper;
}

test('the mapper can be read and used by everybody, as lines and as a list', async ({ page, api, workspace }) => {
  const mapper = await openMapper(page, api, workspace.id);
  await expectAccessible(page);
  await mapper.getByRole('radio', { name: 'List' }).press('Space');
  await expect(mapper.getByRole('table', { name: 'List' })).toBeVisible();
  await expectAccessible(page);
});

test('the value of a field can be read and used by everybody', async ({ page, api, workspace }) => {
  const mapper = await openMapper(page, api, workspace.id);
  await mapper.getByRole('tree', { name: 'To' }).getByRole('treeitem', { name: /\border\b/ }).click();
  await expectAccessible(page);
  await mapper.getByRole('region', { name: 'Value of body › order' }).getByRole('button', { name: /body › id$/ }).first().click();
  await expect(page.getByRole('combobox', { name: 'Search fields' })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await mapper.getByRole('button', { name: 'Apply a function' }).click();
  await expectAccessible(page);
});
