import type { Locator, Page } from '@playwright/test';
import { fixed, flowOf, manual, post, respond, webhook, type Flow } from '../fixtures/flows.ts';
import { expect, test, type Api } from '../fixtures/weft.ts';
import { editorOf } from '../pages/editor.ts';

interface Draft {
  steps: Record<string, { title: string; input?: { rules: { to: string[]; value?: unknown }[] } }>;
  edges: { from: [string, string]; to: string }[];
}

/** Opens a new flow and gives a way to read its draft as the server has it. */
async function open(page: Page, api: Api, workspace: string, document: Flow): Promise<() => Promise<Draft>> {
  const { id } = await api.send<{ id: string }>('POST', `/w/${workspace}/flows`, { document });
  await page.goto(`/w/${workspace}/flows/${id}`);
  await expect(page.getByRole('textbox', { name: 'Title of the flow' })).toHaveValue(document.title);
  return async () => (await api.get<{ draft: Draft }>(`/w/${workspace}/flows/${id}`)).draft;
}

const middleOf = async (place: Locator): Promise<{ x: number; y: number }> => {
  const box = await place.boundingBox();
  if (!box) throw new Error('This is not on the page.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

test('two steps are connected by dragging from port to port, and a connection let go over nothing offers steps', async ({ page, api, workspace }) => {
  const draft = await open(
    page,
    api,
    workspace.id,
    flowOf('Ports', {
      start: manual(),
      send: post('Send it', { url: fixed('https://example.com') }, { onError: 'port' }),
      end: { kind: 'stop', title: 'Give up' },
    }, ['start → send']),
  );
  const editor = editorOf(page);
  const port = (step: string, side: 'source' | 'target', name: string) =>
    page.locator(`.react-flow__handle.${side}[data-nodeid="${step}"][data-handleid="${name}"]`);
  const way = async (from: Locator, to: { x: number; y: number }) => {
    const start = await middleOf(from);
    await page.mouse.move(start.x, start.y);
    await page.mouse.down();
    await page.mouse.move((start.x + to.x) / 2, (start.y + to.y) / 2, { steps: 5 });
    await page.mouse.move(to.x, to.y, { steps: 5 });
    await page.mouse.up();
  };
  await page.getByRole('button', { name: 'Fit the flow into view' }).click();
  await way(port('send', 'source', 'error'), await middleOf(page.locator('.react-flow__handle.target[data-nodeid="end"]')));
  await editor.expectSaved();
  await expect.poll(async () => (await draft()).edges).toContainEqual({ from: ['send', 'error'], to: 'end' });

  const at = await middleOf(port('send', 'source', 'next'));
  await way(port('send', 'source', 'next'), { x: at.x + 30, y: at.y - 130 });
  const quickAdd = page.getByRole('dialog', { name: 'Add a step' });
  await quickAdd.getByRole('combobox').fill('map fields');
  await quickAdd.getByRole('combobox').press('Enter');
  await expect(editor.step('Map fields')).toBeVisible();
  await expect.poll(async () => (await draft()).edges.map(({ from }) => from.join('.')).sort()).toEqual(['send.error', 'send.next', 'start.next']);
});

test('a step is added with the “+” of another one, at each of its ports', async ({ page, api, workspace }) => {
  const draft = await open(
    page,
    api,
    workspace.id,
    flowOf('Plus', {
      start: manual(),
      kind: {
        kind: 'branch',
        title: 'Which kind',
        cases: [{ id: 'a', title: 'Paid', condition: fixed(true) }, { id: 'b', title: 'Open', condition: fixed(false) }],
      },
    }, ['start → kind']),
  );
  const editor = editorOf(page);
  const quickAdd = page.getByRole('dialog', { name: 'Add a step' });
  for (const [port, step] of [['Paid', 'Stop'], ['Open', 'Filter']] as const) {
    await page.getByRole('button', { name: 'Fit the flow into view' }).click();
    await editor.step('Which kind').hover({ position: { x: 20, y: 20 } });
    await page.getByRole('button', { name: `Add a step at “${port}” of “Which kind”` }).click();
    await quickAdd.getByRole('combobox').fill(step.toLowerCase());
    await quickAdd.getByRole('combobox').press('Enter');
    await expect(editor.step(step)).toBeVisible();
  }
  const titles = async () => {
    const { steps, edges } = await draft();
    return edges.map(({ from, to }) => `${steps[from[0]]?.title} ${from[1]} → ${steps[to]?.title}`).sort();
  };
  await expect.poll(titles).toEqual(['By hand next → Which kind', 'Which kind a → Stop', 'Which kind b → Filter']);
});

test('fields are mapped with nothing but the keyboard, from the step on the canvas to the value', async ({ page, api, workspace }) => {
  const order = { id: 'SO-1', customer: { name: 'Fjord Kaffe' }, lines: [{ sku: 'TEA' }] };
  const answer = {
    ...respond('Say so', {}),
    schemas: {
      input: {
        type: 'object',
        properties: {
          body: {
            type: 'object',
            properties: {
              number: { type: 'string' },
              buyer: { type: 'string' },
              lines: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' } } } },
            },
          },
        },
      },
    },
  };
  const draft = await open(page, api, workspace.id, flowOf('Keys', { call: webhook({ path: 'keys' }, order), answer }, ['call → answer']));
  const editor = editorOf(page);
  await editor.step('Say so').focus();
  await page.keyboard.press('Enter');
  await editor.inspector.getByRole('button', { name: 'Open the mapper' }).press('Enter');
  const mapper = page.getByRole('dialog', { name: /^Map: / });
  const [from, to] = [mapper.getByRole('tree', { name: 'From' }), mapper.getByRole('tree', { name: 'To' })];
  /** Walks to a row with the arrow keys, opening what is closed on the way, and takes it. */
  const take = async (tree: Locator, row: RegExp) => {
    await tree.press('Home');
    for (let steps = 0; steps < 30; steps += 1) {
      const current = tree.locator(`#${await tree.getAttribute('aria-activedescendant')}`);
      if ((await current.and(tree.getByRole('treeitem', { name: row })).count()) === 1) return tree.press('Enter');
      await tree.press('ArrowRight');
    }
    throw new Error(`No row ${row.source} was reached.`);
  };
  for (const [source, target, value] of [
    [/^Text id\b/, /^Text number\b/, 'SO-1'],
    [/^Text name\b/, /^Text buyer\b/, 'Fjord Kaffe'],
    [/^List lines\b/, /^List lines\b/, '1 item'],
    [/^Text sku\b/, /^Text sku\b/, 'TEA'],
  ] as const) {
    await from.focus();
    await take(from, source);
    // The chosen source waits for its target, and the keyboard is there already.
    await expect(to).toBeFocused();
    await take(to, target);
    await expect(to.getByRole('treeitem', { name: target })).toContainText(value);
  }
  // One step back at a time: the value, then the mapper.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(mapper).toBeHidden();
  await editor.expectSaved();
  await expect
    .poll(async () => (await draft()).steps['answer']?.input?.rules.map(({ to: place }) => place.join('.')))
    .toEqual(['body.number', 'body.buyer', 'body.lines']);
});
