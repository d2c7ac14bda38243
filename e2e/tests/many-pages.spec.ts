import { flowOf, respond, webhook } from '../fixtures/flows.ts';
import { expect, test } from '../fixtures/weft.ts';

const document = (title: string) => flowOf(title, { trigger: webhook({ path: 'told' }), answer: respond('Answer', {}) }, ['trigger → answer']);

test('eight pages of one browser share one stream of events, and when the page that has it goes the others hear on', async ({ page, context, api, workspace }) => {
  const streams: string[] = [];
  context.on('request', (request) => {
    if (request.url().endsWith('/events')) streams.push(request.url());
  });
  const create = (title: string) => api.send('POST', `/w/${workspace.id}/flows`, { document: document(title) });
  const pages = [page];
  while (pages.length < 8) pages.push(await context.newPage());
  for (const each of pages) {
    await each.goto(`/w/${workspace.id}/flows`);
    await expect(each.getByRole('heading', { level: 1 })).toBeVisible();
  }
  expect(streams).toHaveLength(1);

  await create('Heard by all');
  for (const each of pages) await expect(each.getByText('Heard by all')).toBeVisible();

  await page.close();
  await expect.poll(() => streams.length).toBe(2);
  await create('Heard by the rest');
  for (const each of pages.slice(1)) await expect(each.getByText('Heard by the rest')).toBeVisible();
  expect(streams).toHaveLength(2);
});

test('a page that has the stream and is asleep keeps nobody from hearing', async ({ page, context, api, workspace }) => {
  const asleep = await context.newPage();
  await asleep.goto('/api/health');
  // It has the stream, and neither reads it nor answers.
  await asleep.evaluate(
    (name) => void navigator.locks.request(name, () => new Promise(() => undefined)).catch(() => undefined),
    `/api/v1/w/${workspace.id}/events`,
  );
  const opened = page.waitForRequest((request) => request.url().endsWith('/events'));
  await page.goto(`/w/${workspace.id}/flows`);
  await opened;
  await api.send('POST', `/w/${workspace.id}/flows`, { document: document('Heard all the same') });
  await expect(page.getByText('Heard all the same')).toBeVisible();
});
