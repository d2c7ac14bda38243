import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FlowDetail, FlowSummary, Page } from '@weft/api';
import { createFlow, flowOf, manual, publishFlow, webhook } from '../../test/flow-parts.ts';
import { type Person, startWeft, type TestWeft } from '../../test/weft.ts';

let weft: TestWeft;
let ada: Person;

beforeAll(async () => {
  weft = await startWeft();
  ada = await weft.claim();
  for (let index = 0; index < 120; index += 1) await createFlow(ada, flowOf({ trigger: manual() }, [], `Flow ${index}${index % 60 === 0 ? ' Łódź' : ''}`));
});
afterAll(() => weft.stop());

const page = async (query: Record<string, string>) =>
  (await ada.send<Page<FlowSummary>>('GET', `/w/${ada.workspace}/flows?${new URLSearchParams(query)}`)).body;

async function all(query: Record<string, string>): Promise<string[]> {
  const titles: string[] = [];
  for (let next: string | null | undefined; next !== null; ) {
    const { items, next: after } = await page({ ...query, ...(next !== undefined && { cursor: next }) });
    expect(items.length).toBeLessThanOrEqual(50);
    titles.push(...items.map(({ title }) => title));
    next = after;
  }
  return titles;
}

test('flows come in pages, each once, the one that changed last first', async () => {
  const titles = await all({});
  expect(titles).toHaveLength(120);
  expect(new Set(titles).size).toBe(120);
  expect(titles[0]).toBe('Flow 119');
});

test('a search looks through all of them, in any alphabet and case', async () => {
  expect(await all({ search: 'łÓdŹ' })).toEqual(['Flow 60 Łódź', 'Flow 0 Łódź']);
  expect(await all({ search: ' flow ' })).toHaveLength(120);
  expect(await all({ search: 'no such' })).toEqual([]);
  expect(await all({ search: '%' })).toEqual([]);
});

test('a flow that changes while its list is read is not lost, and another cursor than one of a page is refused', async () => {
  const first = await page({});
  await createFlow(ada, flowOf({ trigger: manual() }, [], 'In between'));
  const second = await page({ cursor: first.next ?? '' });
  expect(second.items[0]?.title).toBe('Flow 69');
  for (const cursor of ['x', '1', "1.a' or 1=1"]) {
    expect((await ada.send('GET', `/w/${ada.workspace}/flows?${new URLSearchParams({ cursor })}`)).status).toBe(400);
  }
});

test('the flows of a connector are those whose draft or running version uses it', async () => {
  const { id } = await publishFlow(ada, flowOf({ trigger: webhook({ path: 'uses-webhook' }) }, [], 'Uses the webhook'));
  expect(await all({ connector: 'webhook' })).toEqual(['Uses the webhook']);
  const { revision } = (await ada.send<FlowDetail>('GET', `/w/${ada.workspace}/flows/${id}`)).body;
  const changed = flowOf({ trigger: manual() }, [], 'Uses it no more');
  expect((await ada.send('PUT', `/w/${ada.workspace}/flows/${id}/draft`, changed, { 'if-match': `"${revision}"` })).status).toBe(200);
  expect(await all({ connector: 'webhook' }), 'but its version does').toEqual(['Uses it no more']);
  expect(await all({ connector: 'manual', search: 'no more' })).toEqual(['Uses it no more']);
  expect(await all({ connector: 'email' })).toEqual([]);
  expect(await all({ connector: "' or 1=1 --" })).toEqual([]);
});
