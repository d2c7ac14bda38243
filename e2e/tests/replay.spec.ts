import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fixed, flowOf, manual, mapping, path, post, respond, type Flow, type Step } from '../fixtures/flows.ts';
import { expect, expectAccessible, test as base, type Api } from '../fixtures/weft.ts';
import { editorOf } from '../pages/editor.ts';

interface Sink {
  url: string;
  /** What it answers from now on. */
  answer: number;
  calls: { path: string; headers: IncomingHttpHeaders }[];
}

/** Somebody else's service, which the administrator has allowed flows to call. */
const test = base.extend<{ sink: Sink }>({
  sink: async ({ api }, use) => {
    const sink: Sink = { url: '', answer: 200, calls: [] };
    const server = createServer((request, response) => {
      request.resume();
      sink.calls.push({ path: request.url ?? '', headers: request.headers });
      response.writeHead(request.url === '/erp' ? sink.answer : 200, { 'content-type': 'application/json' }).end('{"score":7}');
    });
    await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
    // A listening TCP server has an address with a port.
    const { port } = server.address() as AddressInfo;
    sink.url = `http://127.0.0.1:${port}`;
    await api.send('PATCH', '/settings', { privateNetworks: [`127.0.0.1:${port}`] });
    await use(sink);
    server.closeAllConnections();
    server.close();
  },
});

interface Published {
  id: string;
  revision: number;
}

async function publish(api: Api, workspace: string, document: Flow): Promise<Published> {
  const { id, revision } = await api.send<Published>('POST', `/w/${workspace}/flows`, { document });
  await api.send('POST', `/w/${workspace}/flows/${id}/publish`, { revision });
  return { id, revision };
}

interface Run {
  id: string;
  status: string;
  parent: { id: string } | null;
}

async function run(api: Api, workspace: string, flow: string, payload: unknown): Promise<string> {
  const { runId } = await api.send<{ runId: string }>('POST', `/w/${workspace}/flows/${flow}/runs`, { payload });
  await expect.poll(async () => (await api.get<Run>(`/w/${workspace}/runs/${runId}`)).status).toMatch(/succeeded|failed/);
  return runId;
}

const orders = (sink: Sink, body: unknown): Flow =>
  flowOf(
    'Orders to the ERP',
    {
      trigger: manual(),
      note: post('Note the order', { url: fixed(`${sink.url}/note`) }),
      erp: post('Send to the ERP', { url: fixed(`${sink.url}/erp`), body: fixed(body) }),
      tell: post('Tell the customer', { url: fixed(`${sink.url}/tell`) }),
    },
    ['trigger → note', 'note → erp', 'erp → tell'],
  );

test('a failed effect is replayed from its step once it is mended: what happens again is said before, and the sink sees the same key', async (
  { page, api, workspace, sink },
) => {
  const { id, revision } = await publish(api, workspace.id, orders(sink, { sku: null }));
  sink.answer = 422;
  const failed = await run(api, workspace.id, id, { order: 'A1' });
  await page.goto(`/w/${workspace.id}/runs/${failed}`);
  await expect(page.getByRole('button', { name: 'Replay from the failed step' })).toBeVisible();

  // From the beginning, more would happen again than from the step that failed.
  await page.getByRole('tree', { name: /Steps/ }).getByText('Note the order').click();
  await page.getByRole('button', { name: 'Replay from here' }).click();
  const dialog = page.getByRole('dialog', { name: 'Replay from “Note the order”' });
  const effects = dialog.getByRole('region', { name: 'What happens again outside' }).getByRole('listitem');
  await expect(effects).toHaveText([
    /Note the order.*Sent again with the same key/,
    /Send to the ERP.*Was tried once and failed/,
    /Tell the customer.*For the first time/,
  ]);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Close' }).click();

  // The flow is mended and published; the replay uses the newest version.
  const saved = await api.send<{ revision: number }>(
    'PUT',
    `/w/${workspace.id}/flows/${id}/draft`,
    orders(sink, { sku: 'TEA' }),
    { 'if-match': `"${revision}"` },
  );
  await api.send('POST', `/w/${workspace.id}/flows/${id}/publish`, { revision: saved.revision });
  sink.answer = 200;
  await page.getByRole('button', { name: 'Replay from the failed step' }).click();
  await expect(page.getByRole('dialog').getByRole('listitem')).toHaveText([/Send to the ERP/, /Tell the customer/]);
  await page.getByRole('dialog').getByRole('button', { name: 'Replay', exact: true }).click();

  const origin = page.getByRole('complementary', { name: 'Where this run comes from' });
  await expect(origin).toContainText('Replays an earlier run from “Send to the ERP”.');
  await expect(page.getByRole('banner').or(page.locator('header')).getByText('Succeeded').first()).toBeVisible();
  expect(sink.calls.map((call) => call.path)).toEqual(['/note', '/erp', '/erp', '/tell']);
  const keys = sink.calls.filter((call) => call.path === '/erp').map(({ headers }) => headers['idempotency-key']);
  expect(keys).toEqual([`${failed}:erp`, `${failed}:erp`]);

  await origin.getByRole('link', { name: 'an earlier run' }).click();
  await expect(origin).toContainText('Replayed once');
  await page.getByRole('button', { name: 'Name this run' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name of the run' }).fill('The order without a number');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'The order without a number' })).toBeVisible();
});

test('failed runs are retried together, and the ones that were retried before are left out', async ({ page, api, workspace, sink }) => {
  const { id } = await publish(api, workspace.id, orders(sink, { sku: 'TEA' }));
  sink.answer = 422;
  for (const order of ['A1', 'A2', 'A3']) await run(api, workspace.id, id, { order });
  sink.answer = 200;
  await page.goto(`/w/${workspace.id}/runs?status=failed`);
  await page.getByRole('checkbox', { name: /^Select the run of/ }).first().click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Retry 1 run' }).click();
  const dialog = page.getByRole('dialog', { name: 'Retry failed runs' });
  await dialog.getByRole('button', { name: 'Retry', exact: true }).click();
  await expect(dialog).toContainText('1 run was started.');
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();

  await page.getByRole('button', { name: 'Retry failed runs' }).click();
  await expect(dialog).toContainText('3 failed runs.');
  await expect(dialog).toContainText('1 of them has been retried before and is left out.');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Retry', exact: true }).click();
  await expect(dialog).toContainText('2 runs were started.');
  await expect(dialog).toContainText('Left out: 1 retried before.');
  await expect.poll(() => sink.calls.filter((call) => call.path === '/tell').length).toBe(3);
});

const scoring = (sink: Sink): Flow =>
  flowOf(
    'Score a customer',
    {
      trigger: {
        ...manual(),
        schemas: {
          output: {
            type: 'object',
            properties: { body: { type: 'object', properties: { customer: { type: 'string', title: 'Customer' } }, required: ['customer'] } },
          },
        },
      },
      ask: post('Ask the bureau', { url: fixed(`${sink.url}/score`), body: path('trigger', 'body', 'customer') }),
      answer: respond('Give the score', { 'body.score': path('ask', 'body', 'score') }),
    },
    ['trigger → ask', 'ask → answer'],
  );

test('a flow calls a flow: chosen on the canvas, published with its version, and both runs lead to each other', async ({ page, api, workspace, sink }) => {
  const called = await publish(api, workspace.id, scoring(sink));
  const after: Step = { kind: 'transform', title: 'Keep the score', input: mapping({ score: path('call', 'score') }) };
  const call: Step = { kind: 'subflow', title: 'Score', flow: '', input: mapping({ customer: path('trigger', 'body', 'name') }) };
  const { id } = await api.send<Published>('POST', `/w/${workspace.id}/flows`, {
    document: flowOf('New customers', { trigger: manual(), call, after }, ['trigger → call', 'call → after']),
  });

  await page.goto(`/w/${workspace.id}/flows/${id}`);
  const editor = editorOf(page);
  await editor.open('Score');
  await expect(editor.inspector.getByText('does not know which flow to call')).toBeVisible();
  await editor.inspector.getByRole('combobox', { name: 'Flow' }).click();
  await page.getByRole('option', { name: /Score a customer/ }).click();
  await expect(editor.step('Score')).toContainText('Score a customer');
  await expect(editor.inspector.getByText('does not know which flow to call')).toBeHidden();
  await expectAccessible(page);
  await editor.publish();

  const parent = await run(api, workspace.id, id, { name: 'Fjord Kaffe' });
  await page.goto(`/w/${workspace.id}/runs/${parent}`);
  await page.getByRole('tree', { name: /Steps/ }).getByText('Score', { exact: true }).click();
  await page.getByRole('link', { name: 'Open the called run' }).click();
  await expect(page.getByRole('heading', { name: 'Score a customer' })).toBeVisible();
  const origin = page.getByRole('complementary', { name: 'Where this run comes from' });
  await expect(origin).toContainText('Called by a run of “New customers” at “Score”.');
  await expectAccessible(page);
  await origin.getByRole('link').click();
  await expect(page.getByRole('heading', { name: 'New customers' })).toBeVisible();
  const { entries } = await api.get<{ entries: { stepKey: string; output?: unknown }[] }>(`/w/${workspace.id}/runs/${parent}`);
  expect(entries.findLast(({ stepKey }) => stepKey === 'after')?.output).toEqual({ score: 7 });

  // Whoever takes the called flow away is told who calls it.
  await page.goto(`/w/${workspace.id}/flows`);
  await page.getByRole('button', { name: 'Actions for Score a customer' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await expect(page.getByRole('dialog')).toContainText('“New customers” calls it and will fail.');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  expect(called.id).toMatch(/^flow_/);
});
