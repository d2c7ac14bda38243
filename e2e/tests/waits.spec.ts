import { flowOf, mapping, path, webhook, type Step } from '../fixtures/flows.ts';
import { addColleague, pageOf } from '../fixtures/people.ts';
import { claim, expect, expectAccessible, signIn, startWeft, test, type Api } from '../fixtures/weft.ts';
import { editorOf } from '../pages/editor.ts';

interface Published {
  flow: string;
  hook: string;
}

const order = { id: 'SO-7', total: 1250, customer: 'Fjord Kaffe', lines: [{ sku: 'TEA', quantity: 2 }, { sku: 'MUG', quantity: 12 }] };
const shown = mapping({ total: path('call', 'body', 'total'), lines: path('call', 'body', 'lines') });
const ask: Step = {
  kind: 'approval',
  title: 'Ask the sales lead',
  question: 'May the order of {total} be shipped?',
  assignees: { users: [], roles: ['owner'] },
  input: shown,
};
const hold: Step = { kind: 'wait', title: 'Wait for the payment', mode: 'signal', key: path('call', 'body', 'id') };
const done: Step = { kind: 'transform', title: 'Shipped', input: mapping({ by: path('ask', 'decidedBy', 'name'), note: path('ask', 'comment') }) };
const paid: Step = { kind: 'transform', title: 'Paid', input: mapping({ amount: path('hold', 'payload', 'amount') }) };

async function publish(api: Api, workspace: string, title: string, steps: Record<string, Step>, arrows: string[]): Promise<Published> {
  const name = title.toLowerCase().replaceAll(/\W+/g, '-');
  const document = flowOf(title, { call: webhook({ path: name, respond: 'immediately' }, order), ...steps }, arrows);
  const { id, revision } = await api.send<{ id: string; revision: number }>('POST', `/w/${workspace}/flows`, { document });
  const { webhookUrl } = await api.send<{ webhookUrl: string }>('POST', `/w/${workspace}/flows/${id}/publish`, { revision });
  return { flow: id, hook: webhookUrl };
}

const post = async <T>(url: string, body: unknown): Promise<T> => {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  expect(response.status).toBe(202);
  return (await response.json()) as T;
};
const start = async (hook: string, body: unknown): Promise<string> => (await post<{ runId: string }>(hook, body)).runId;
const statusOf = async (api: Api, workspace: string, run: string): Promise<string> => (await api.get<{ status: string }>(`/w/${workspace}/runs/${run}`)).status;

test('a run asks people: who is not asked cannot decide, who is decides with a comment, and the run goes on', async (
  { page, browser, server, api, workspace },
) => {
  const { hook } = await publish(api, workspace.id, 'Large orders', { ask, done }, ['call → ask', 'ask.approved → done']);
  const email = `bob-${workspace.id}@example.com`;
  addColleague(server, workspace.id, { name: 'Bob Berg', email });
  await page.goto(`/w/${workspace.id}/approvals`);
  await expect(page.getByRole('heading', { name: 'Nothing waits for a decision' })).toBeVisible();
  await expectAccessible(page);

  const run = await start(hook, order);
  const other = await start(hook, { ...order, total: 9 });
  // The page that was open hears of both, and the navigation counts them.
  await expect(page.getByRole('link', { name: /^Approvals.*2 waiting for you$/ })).toBeVisible();
  const list = page.getByRole('list', { name: 'Approvals' });
  await expect(list.getByRole('button')).toHaveCount(2);
  await list.getByRole('button', { name: /1250/ }).click();
  const question = page.getByRole('region', { name: 'May the order of 1250 be shipped?' });
  await expect(question.getByRole('definition').first()).toHaveText('1250');
  await expectAccessible(page);
  await expect(question.getByRole('cell', { name: 'MUG' })).toBeVisible();

  const bob = await pageOf(browser, server, email);
  await bob.goto(`/w/${workspace.id}/approvals`);
  await expect(bob.getByText('Only owners of the workspace may decide this.')).toBeVisible();
  await expect(bob.getByRole('button', { name: 'Approve' })).toBeHidden();
  const [open] = (await api.get<{ items: { id: string }[] }>(`/w/${workspace.id}/approvals?run=${run}`)).items;
  const refused = await bob.context().request
    .post(`${server.url}/api/v1/w/${workspace.id}/approvals/${open?.id}/decide`, { data: { approved: true }, headers: { origin: server.url } });
  expect(refused.status()).toBe(403);
  expect(await statusOf(api, workspace.id, run)).toBe('waiting');

  await question.getByRole('textbox', { name: 'Comment' }).fill('A good customer.');
  await question.getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByText('Approved. The run goes on.')).toBeVisible();
  await expect(list.getByRole('button')).toHaveCount(1);
  await expect.poll(() => statusOf(api, workspace.id, run)).toBe('succeeded');
  const { entries } = await api.get<{ entries: { stepKey: string; output?: unknown }[] }>(`/w/${workspace.id}/runs/${run}`);
  expect(entries.find(({ stepKey }) => stepKey === 'done')?.output).toEqual({ by: 'Ada Owner', note: 'A good customer.' });

  // The other one is rejected where the run itself is looked at.
  await page.goto(`/w/${workspace.id}/runs/${other}`);
  await expect(page.getByText('May the order of 9 be shipped?')).toBeVisible();
  await expect(page.getByRole('definition').first()).toHaveText('9');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Reject' }).click();
  await expect.poll(() => statusOf(api, workspace.id, other)).toBe('succeeded');
  await page.goto(`/w/${workspace.id}/approvals?show=decided`);
  await list.getByRole('button', { name: /Approved/ }).click();
  await expect(question.getByText('By Ada Owner')).toBeVisible();
  await expect(question.getByText('A good customer.')).toBeVisible();
  await expectAccessible(page);
  await bob.context().close();
});

test('a wait for a signal is built on the canvas, and its address and how to call it can be copied', async ({ page, api, workspace, server }) => {
  const document = flowOf('Paid orders', {
    call: webhook({ path: 'paid-orders', respond: 'immediately' }, order),
    hold: { kind: 'wait', title: 'Wait for the payment', mode: 'duration' },
  }, ['call → hold']);
  const { id } = await api.send<{ id: string }>('POST', `/w/${workspace.id}/flows`, { document });
  await page.goto(`/w/${workspace.id}/flows/${id}`);
  const editor = editorOf(page);
  await editor.open('Wait for the payment');
  await expect(editor.inspector.getByText('does not know how long to wait')).toBeVisible();
  await editor.inspector.getByRole('spinbutton', { name: 'How long' }).fill('90');
  await expect(page.getByRole('group', { name: /Wait for the payment\. Waits 90 minutes/ })).toBeVisible();
  await expectAccessible(page, 'section[aria-label^="Step "]');
  await editor.inspector.getByText('For a signal', { exact: true }).click();
  await expectAccessible(page, 'section[aria-label^="Step "]');
  await api.send(
    'PUT',
    `/w/${workspace.id}/flows/${id}/draft`,
    { ...document, steps: { ...document.steps, hold } },
    { 'if-match': `"${await revisionOf(api, workspace.id, id)}"` },
  );
  await page.reload();
  await editor.open('Wait for the payment');
  await expect(editor.inspector.getByText('On the sample: SO-7')).toBeVisible();
  await expect(editor.inspector.getByText(`${server.url}/hooks/${workspace.id}/signals/${id}/hold?key=SO-7`, { exact: true })).toBeVisible();
  await expect(editor.inspector.getByText(/^curl -X POST/)).toBeVisible();
});

const revisionOf = async (api: Api, workspace: string, flow: string): Promise<number> => {
  let before = -1;
  let revision = 0;
  // Until the editor has saved what was typed.
  await expect
    .poll(async () => {
      before = revision;
      ({ revision } = await api.get<{ revision: number }>(`/w/${workspace}/flows/${flow}`));
      return revision === before;
    }, { intervals: [1_500] })
    .toBe(true);
  return revision;
};

test('an approval is built on the canvas: question, people, data and what happens when nobody decides', async ({ page, api, workspace }) => {
  const document = flowOf('Ask first', {
    call: webhook({ path: 'ask-first', respond: 'immediately' }, order),
    ask: { kind: 'approval', title: 'Ask', question: '', assignees: { users: [], roles: [] } },
    done,
  }, ['call → ask']);
  const { id } = await api.send<{ id: string }>('POST', `/w/${workspace.id}/flows`, { document });
  await page.goto(`/w/${workspace.id}/flows/${id}`);
  const editor = editorOf(page);
  await editor.open('Ask');
  await expect(editor.inspector.getByText('Nobody may decide')).toBeVisible();
  await editor.inspector.getByRole('textbox', { name: 'Question' }).fill('May this order be shipped?');
  await editor.inspector.getByRole('checkbox', { name: 'Owners of the workspace' }).check();
  await editor.inspector.getByRole('checkbox', { name: 'Ada Owner' }).check();
  await editor.inspector.getByRole('spinbutton', { name: 'Decide within' }).fill('30');
  await editor.inspector.getByRole('combobox', { name: 'If nobody decides in time' }).click();
  await page.getByRole('option', { name: 'Fail the run' }).click();
  await expect(page.getByRole('group', { name: /Ask\. May this order be shipped\?/ })).toBeVisible();
  await expectAccessible(page, 'section[aria-label^="Step "]');
  // Both ways out can be gone on from.
  await editor.step('Ask').focus();
  await expect(page.getByRole('button', { name: 'Add a step at “Approved” of “Ask”' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add a step at “Rejected” of “Ask”' })).toBeVisible();
  await editor.expectSaved();
  const { draft } = await api.get<{ draft: { steps: Record<string, unknown> } }>(`/w/${workspace.id}/flows/${id}`);
  expect(draft.steps['ask']).toMatchObject({
    question: 'May this order be shipped?',
    assignees: { users: [expect.any(String)], roles: ['owner'] },
    timeoutMs: 1_800_000,
    onTimeout: 'fail',
  });
});

test('a person ends a wait, and sends a signal by hand', async ({ page, api, workspace }) => {
  const pause: Step = { kind: 'wait', title: 'Cool off', mode: 'duration', durationMs: 7_200_000 };
  const { hook } = await publish(api, workspace.id, 'By hand', { hold, paid, pause }, ['call → hold', 'hold → paid', 'paid → pause']);
  const run = await start(hook, order);
  await page.goto(`/w/${workspace.id}/runs/${run}`);
  await expect(page.getByText('The run waits for a signal with the key “SO-7”.')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Send the signal' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send the signal by hand' });
  await dialog.getByRole('textbox').fill('{ "amount": 42 }');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Send' }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('treeitem', { name: /Cool off/ }).click();
  await expect(page.getByText(/^The run waits until .*, then it goes on by itself\.$/)).toBeVisible();
  await page.getByRole('button', { name: 'Go on now' }).click();
  await expect(page.getByText('Ada Owner ended this wait by hand.')).toBeVisible();
  await expect.poll(() => statusOf(api, workspace.id, run)).toBe('succeeded');
});

test('runs that wait outlive a power cut: signals, decisions and timers find them afterwards', async ({ page, request }) => {
  const weft = await startWeft();
  try {
    await claim(weft);
    const api = await signIn(request, weft.url);
    const { workspaces } = await api.get<{ workspaces: [{ id: string }] }>('/me');
    const workspace = workspaces[0].id;
    const pause: Step = { kind: 'wait', title: 'Cool off', mode: 'duration', durationMs: 2_000 };
    const signals = await publish(api, workspace, 'Signals', { hold, paid }, ['call → hold', 'hold → paid']);
    const questions = await publish(api, workspace, 'Questions', { ask, done }, ['call → ask', 'ask.approved → done']);
    const pauses = await publish(api, workspace, 'Pauses', { pause }, ['call → pause']);
    const early = `${weft.url}/hooks/${workspace}/signals/${signals.flow}/hold?key=SO-8`;
    await post(early, { amount: 8 });
    const waiting = [await start(signals.hook, order), await start(questions.hook, order), await start(pauses.hook, order)];
    for (const run of waiting) await expect.poll(() => statusOf(api, workspace, run)).toBe('waiting');

    await weft.kill();
    await weft.restart();

    expect(await post(`${weft.url}/hooks/${workspace}/signals/${signals.flow}/hold?key=SO-7`, { amount: 7 })).toEqual({ accepted: true });
    expect(await post(`${weft.url}/hooks/${workspace}/signals/${signals.flow}/hold?key=SO-7`, { amount: 7 })).toMatchObject({ accepted: true });
    const late = await start(signals.hook, { ...order, id: 'SO-8' });
    await signIn(page.context().request, weft.url);
    await page.goto(`${weft.url}/w/${workspace}/approvals`);
    await page.getByRole('button', { name: 'Approve' }).click();
    for (const run of [...waiting, late]) await expect.poll(() => statusOf(api, workspace, run)).toBe('succeeded');
    const outputOf = async (run: string) =>
      (await api.get<{ entries: { stepKey: string; output?: unknown }[] }>(`/w/${workspace}/runs/${run}`)).entries.find(({ stepKey }) =>
        stepKey === 'paid')?.output;
    expect([await outputOf(waiting[0] ?? ''), await outputOf(late)]).toEqual([{ amount: 7 }, { amount: 8 }]);
    // Its stream of events would otherwise be torn off with the server.
    await page.goto('about:blank');
  } finally {
    await weft.dispose();
  }
});
