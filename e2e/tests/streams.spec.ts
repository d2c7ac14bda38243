import { test as undisturbed, type Locator } from '@playwright/test';
import { flowOf, fixed, manual, mapping, path, post, type Expression, type Flow } from '../fixtures/flows.ts';
import { claim, expect, expectAccessible, signIn, startWeft, test, type Api } from '../fixtures/weft.ts';
import { editorOf } from '../pages/editor.ts';

const row = (column: string): Expression => path('row', column);
const number = (of: Expression): Expression => ({ fn: 'toNumber', args: [of] });

/** Every fourth order is from Switzerland, every thousandth has no amount. */
const csvOf = (rows: number): string =>
  [
    'order_id,country,amount',
    ...Array.from({ length: rows }, (_, at) => `SO-${at},${at % 4 === 3 ? 'CH' : 'DE'},${at % 1000 === 0 ? 'n/a' : (at / 100).toFixed(2)}`),
    '',
  ].join('\n');

const loop = {
  kind: 'forEach',
  title: 'For each order',
  as: 'row',
  onItemError: 'collect',
  source: { use: { connector: 'csv', version: '1.0.0', operation: 'records' }, config: { file: 'orders.csv' } },
};
const write = {
  kind: 'action',
  title: 'Add to the clean orders',
  in: 'each',
  use: { connector: 'json-lines', version: '1.0.0', operation: 'add-record' },
  config: { file: 'clean.ndjson' },
};

/** CSV → map → filter → NDJSON. */
const cleaning = (amount: Expression): Flow => ({
  ...flowOf(
    'Clean orders',
    {
      start: manual(),
      each: loop,
      shape: {
        kind: 'transform',
        title: 'Tidy up',
        in: 'each',
        input: mapping({ id: row('order_id'), country: row('country'), amount }),
        schemas: { input: { type: 'object', properties: { id: { type: 'string' }, country: { type: 'string' }, amount: { type: ['number', 'string'] } } } },
      },
      eu: { kind: 'filter', title: 'Only the EU', in: 'each', condition: { fn: 'notEquals', args: [path('shape', 'country'), fixed('CH')] } },
      write: { ...write, input: mapping({ record: path('shape') }) },
    },
    ['start → each', 'shape → eu', 'eu → write'],
  ),
  layout: { start: [0, 0], each: [320, 0], shape: [40, 100], eu: [320, 100], write: [600, 100] },
});

interface Detail {
  id: string;
  revision: number;
  draft: Flow;
}

async function publish(api: Api, workspace: string, document: Flow): Promise<string> {
  const { id, revision } = await api.send<Detail>('POST', `/w/${workspace}/flows`, { document });
  await api.send('POST', `/w/${workspace}/flows/${id}/publish`, { revision });
  return id;
}

async function publishAgain(api: Api, workspace: string, flow: string, document: Flow): Promise<void> {
  const before = await api.get<Detail>(`/w/${workspace}/flows/${flow}`);
  const { revision } = await api.send<{ revision: number }>(
    'PUT',
    `/w/${workspace}/flows/${flow}/draft`,
    { ...document, layout: before.draft.layout },
    { 'if-match': `"${before.revision}"` },
  );
  await api.send('POST', `/w/${workspace}/flows/${flow}/publish`, { revision });
}

test('what is found out about a CSV file is shown in its step and kept with the flow', async ({ page, api, workspace }) => {
  // Windows-1250, with letters that only it has.
  const content = Buffer.from('id;miasto\r\n1;\xa3\xf3d\x9f\r\n2;Gda\xf1sk\r\n', 'latin1');
  await page.request.put(`/api/v1/w/${workspace.id}/files/miasta.csv`, { data: content, headers: { 'content-type': 'application/octet-stream' } });
  const read = { kind: 'action', title: 'Read', use: { connector: 'csv', version: '1.0.0', operation: 'read' } };
  const { id } = await api.send<Detail>('POST', `/w/${workspace.id}/flows`, { document: flowOf('Cities', { start: manual(), read }, ['start → read']) });
  await page.goto(`/w/${workspace.id}/flows/${id}`);
  const editor = editorOf(page);
  await editor.open('Read');
  await editor.inspector.getByRole('combobox', { name: 'File' }).fill('miasta.csv');
  for (const found of ['The names of the columns', 'Semicolon ( ; )', 'Central European (Windows-1250)']) {
    await expect(editor.inspector.getByText(`Found: ${found}`)).toBeVisible();
  }
  await expectAccessible(page, 'section[aria-label^="Step "]');
  await editor.expectSaved();
  const { draft } = await api.get<Detail>(`/w/${workspace.id}/flows/${id}`);
  expect(draft.steps['read']).toMatchObject({
    config: { file: 'miasta.csv', found: { file: 'miasta.csv', header: 'yes', delimiter: 'semicolon', encoding: 'windows-1250' } },
  });

  await editor.inspector.getByRole('combobox', { name: 'Between the fields' }).selectOption('Comma ( , )');
  await expect(editor.inspector.getByText('Found: Semicolon ( ; )')).toBeHidden();
});

test('a large CSV file is uploaded, its loop is drawn, and its rows can be seen before anything runs', async ({ page, api, workspace }) => {
  await page.goto(`/w/${workspace.id}/files`);
  await page.locator('input[type=file]').first().setInputFiles({ name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from(csvOf(20_000)) });
  await expect(page.getByRole('table').getByText('orders.csv')).toBeVisible();

  const { id } = await api.send<Detail>('POST', `/w/${workspace.id}/flows`, { document: flowOf('Drawn', { start: manual() }) });
  await page.goto(`/w/${workspace.id}/flows/${id}`);
  const editor = editorOf(page);
  await editor.open('By hand');
  const search = await editor.stepSearch();
  await search.fill('large csv row by row');
  await search.press('Enter');
  await expect(editor.inspector.getByRole('textbox', { name: 'Title of the step' })).toHaveValue('Go through rows of a CSV file');
  await editor.inspector.getByRole('combobox', { name: 'File' }).fill('orders.csv');
  const first = editor.inspector.getByRole('region', { name: 'First records' });
  await expect(first.getByRole('treeitem', { name: /order_id.*SO-0/ })).toBeVisible();
  await expect(first.getByText('3 fields. Steps inside the loop map from “row”.')).toBeVisible();
  await expect(page.getByRole('group', { name: /Go through rows of a CSV file\. Rows of orders\.csv/ })).toBeVisible();
  await expectAccessible(page, 'section[aria-label^="Step "]');

  // What follows goes into the loop, and finds the row's fields.
  await search.fill('filter');
  await search.press('Enter');
  await editor.expectSaved();
  const { draft } = await api.get<Detail>(`/w/${workspace.id}/flows/${id}`);
  expect(Object.values(draft.steps).find(({ kind }) => kind === 'filter')).toMatchObject({ in: 'each' });

  // Another file let go over the loop becomes the loop's; what no loop can read is told, and the page stays.
  await dropFile(editor.step('Go through rows of a CSV file'), 'leads.csv', 'lead,country\nAda,DE\n');
  await expect(page.getByRole('group', { name: /Go through rows of a CSV file\. Rows of leads\.csv/ })).toBeVisible();

  // A file of that name is only replaced when the person says so.
  const content = async () => (await page.request.get(`/api/v1/w/${workspace.id}/files/leads.csv`)).text();
  await dropFile(editor.step('Go through rows of a CSV file'), 'leads.csv', 'lead\nGrace\n');
  const question = page.getByRole('dialog', { name: 'Replace “leads.csv”?' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toBeHidden();
  expect(await content()).toBe('lead,country\nAda,DE\n');
  await editor.inspector.locator('input[type=file]').setInputFiles({ name: 'leads.csv', mimeType: 'text/csv', buffer: Buffer.from('lead\nGrace\n') });
  await question.getByRole('button', { name: 'Replace' }).click();
  await expect.poll(content).toBe('lead\nGrace\n');

  await dropFile(editor.canvas, 'photo.png', 'no records');
  await expect(page.getByText('No step goes through a file like “photo.png”.')).toBeVisible();
});

/** As from the computer's desktop, near the upper left corner of an element. */
async function dropFile(onto: Locator, name: string, text: string): Promise<void> {
  await onto.evaluate(
    (element, file) => {
      const { left, top } = element.getBoundingClientRect();
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([file.text], file.name));
      for (const type of ['dragover', 'drop']) {
        const event = new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer, clientX: left + 16, clientY: top + 8 });
        element.dispatchEvent(event);
        if (!event.defaultPrevented) throw new Error(`The browser would open the file: nobody takes the ${type}.`);
      }
    },
    { name, text },
  );
}

test('rows that fail are dead letters: the mapping is mended, only they are done again, and the result is whole', async ({ page, api, workspace, server }) => {
  await page.goto(`/w/${workspace.id}/files`);
  await page.locator('input[type=file]').first().setInputFiles({ name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from(csvOf(20_000)) });
  await expect(page.getByRole('table').getByText('orders.csv')).toBeVisible();
  const flow = await publish(api, workspace.id, cleaning(number(row('amount'))));
  await page.goto(`/w/${workspace.id}/flows/${flow}`);
  const editor = editorOf(page);

  // A test run takes the first hundred only, and says so.
  await editor.testRun();
  await expect(editor.runPanel.getByText('This test run took only the first records.')).toBeVisible();
  await editor.runPanel.getByRole('button', { name: 'Start for real' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click();
  const progress = editor.runPanel.getByRole('region', { name: 'Progress of “For each order”' });
  await expect(progress.getByText('Read to the end')).toBeVisible();
  await expect(progress).toContainText(/Done\s*14,980/);
  await expect(progress).toContainText(/Failed\s*20/);
  await expect(progress).toContainText(/Filtered out\s*5,000/);
  await expect(page.getByRole('group', { name: /For each order/ }).getByText('20,000 records')).toBeVisible();
  await expectAccessible(page, '[aria-label="Run"]');

  await progress.getByRole('link', { name: 'See the 20 records that failed' }).click();
  const letters = page.getByRole('region', { name: 'Dead letters' });
  await expect(letters.getByRole('table').getByRole('button', { name: '“n/a” is not a number.' })).toHaveCount(20);
  await expect(letters.getByRole('region', { name: 'Failed record' }).getByRole('treeitem', { name: /amount.*n\/a/ })).toBeVisible();
  await letters.getByRole('combobox', { name: 'Failed because of' }).click();
  await page.getByRole('option', { name: /^Tidy up › amount \(20\)/ }).click();
  await expectAccessible(page);
  await letters.getByRole('checkbox', { name: 'Select record 1 of batch 1', exact: true }).click();
  await expect(letters.getByRole('button', { name: 'Replay 1 selected' })).toBeVisible();
  await letters.getByRole('checkbox', { name: 'Select record 1 of batch 1', exact: true }).click();

  await publishAgain(api, workspace.id, flow, cleaning(row('amount')));
  await letters.getByRole('button', { name: 'Replay all 20' }).click();
  const dialog = page.getByRole('dialog', { name: 'Replay 20 records?' });
  await expect(dialog.getByText('The published version 2')).toBeVisible();
  await expect(dialog.getByText('Add to the clean orders')).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Replay' }).click();
  await expect(page.getByRole('region', { name: 'Progress of “For each order”' })).toContainText(/Done\s*20/);

  const clean = await page.context().request.get(`${server.url}/api/v1/w/${workspace.id}/files/clean.ndjson`);
  const ids = (await clean.text()).trim().split('\n').map((line) => (JSON.parse(line) as { id: string }).id);
  expect(ids).toHaveLength(15_000);
  expect(new Set(ids).size).toBe(15_000);

  // The flow's own page tells what became of them, and into which run they went.
  await page.goto(`/w/${workspace.id}/flows/${flow}`);
  await editor.testRun();
  await editor.runPanel.getByRole('tab', { name: /Dead letters/ }).click();
  await editor.runPanel.getByRole('combobox', { name: 'State' }).click();
  await page.getByRole('option', { name: 'Done again' }).click();
  await expect(editor.runPanel.getByRole('table').getByRole('link', { name: 'Done again in this run' })).toHaveCount(20);
});

// The page says in the console that the server went away.
undisturbed('a stream is watched, cancelled, and outlives a power cut', async ({ page, request }) => {
  const weft = await startWeft();
  try {
    await claim(weft);
    const api = await signIn(request, weft.url);
    const { workspaces } = await api.get<{ workspaces: [{ id: string; practiceUrl: string }] }>('/me');
    const [{ id: workspace, practiceUrl }] = workspaces;
    await request.put(`${weft.url}/api/v1/w/${workspace}/files/orders.csv`, { data: csvOf(250).replaceAll('n/a', '0.00'), headers: { origin: weft.url } });
    const slow = flowOf(
      'Slow orders',
      {
        start: manual(),
        each: { ...loop, batchSize: 20 },
        ask: post('Write to the desk', { url: fixed(`${practiceUrl}/tickets?delay=25`), 'body.title': row('order_id') }, { in: 'each' }),
        write: { ...write, input: mapping({ 'record.id': row('order_id') }) },
      },
      ['start → each', 'ask → write'],
    );
    const flow = await publish(api, workspace, slow);
    const start = async () => (await api.send<{ runId: string }>('POST', `/w/${workspace}/flows/${flow}/runs`, { payload: {} })).runId;
    await signIn(page.context().request, weft.url);

    const first = await start();
    await page.goto(`${weft.url}/w/${workspace}/runs/${first}`);
    const progress = page.getByRole('region', { name: 'Progress of “For each order”' });
    await expect(progress.getByText('Reading and writing')).toBeVisible();
    await expect(progress.getByRole('progressbar')).toBeVisible();
    await expect(progress.getByText(/^about \d+ s$/)).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Cancel run' }).click();
    await expect(progress.getByText('Ended before the end')).toBeVisible();

    const second = await start();
    await page.goto(`${weft.url}/w/${workspace}/runs/${second}`);
    await expect(progress.getByText('Reading and writing')).toBeVisible();
    const readOf = async () => (await api.get<{ progress: { read: number }[] }>(`/w/${workspace}/runs/${second}`)).progress[0]?.read ?? 0;
    await expect.poll(readOf).toBeGreaterThan(40);
    await weft.kill();
    await weft.restart();
    await expect(progress.getByText('Read to the end')).toBeVisible({ timeout: 30_000 });
    await expect(progress.getByText('It was interrupted once and went on behind the last batch that was saved.')).toBeVisible();
    await expect(progress).toContainText(/Done\s*250/);
    const written = await request.get(`${weft.url}/api/v1/w/${workspace}/files/clean.ndjson`);
    expect((await written.text())
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(Array.from({ length: 250 }, (_, at) => `SO-${at}`));
  } finally {
    await weft.dispose();
  }
});
