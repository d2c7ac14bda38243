import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/weft.ts';

/** Kilobytes of scripts as they travel, headers included. What a page does not show at first is loaded later, so that it keeps to this. */
const maxKb = { editor: 450, list: 230 };

test('an opening editor loads no more code than it shows', async ({ page, api, workspace }) => {
  const flow = await api.send<{ id: string }>('POST', `/w/${workspace.id}/flows`, { starter: 'order-to-erp' });
  const load = await scriptsOf(page);
  await page.goto(`/w/${workspace.id}/flows/${flow.id}`);
  // The last of what comes unasked: the checks behind the list of problems.
  await expect(page.getByRole('button', { name: /^(No|\d+) problems?/ })).toBeVisible();
  await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('check-flow')));
  expect(load.kb(), load.list()).toBeLessThanOrEqual(maxKb.editor);
});

for (const list of ['flows', 'runs', 'connections', 'apps', 'apps/http']) {
  test(`the list of ${list} loads no more code than it shows`, async ({ page, workspace }) => {
    const load = await scriptsOf(page);
    await page.goto(`/w/${workspace.id}/${list}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(load.kb(), load.list()).toBeLessThanOrEqual(maxKb.list);
  });
}

/** Counts what a page that is about to be opened loads. */
async function scriptsOf(page: Page): Promise<{ kb(): number; list(): string }> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  const names = new Map<string, string>();
  const loaded: [name: string, bytes: number][] = [];
  devtools.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type === 'Script') names.set(requestId, new URL(response.url).pathname);
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const name = names.get(requestId);
    if (name !== undefined) loaded.push([name, encodedDataLength]);
  });
  return {
    kb: () => Math.round(loaded.reduce((sum, [, bytes]) => sum + bytes, 0) / 1_000),
    list: () => loaded.toSorted(([, one], [, other]) => other - one).map(([name, bytes]) => `${bytes} ${name}`).join('\n'),
  };
}
