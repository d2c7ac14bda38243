import { join } from 'node:path';
import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { webhookFlow } from '../../../test/flows.ts';
import { owner, type Person, startWeft, type TestWeft } from '../../../test/weft.ts';
import { openDatabase } from '../../db/open.ts';
import { auditEvents } from '../../db/schema/index.ts';
import type { ConnectionSummary, FlowDetail, Me } from '@weft/api';

let weft: TestWeft;
let ada: Person;
beforeAll(async () => {
  weft = await startWeft();
  ada = await weft.claim();
});
afterAll(() => weft.stop());

function events() {
  const db = openDatabase(join(weft.folder, 'weft.sqlite'));
  try {
    return db.select().from(auditEvents).orderBy(asc(auditEvents.id)).all();
  } finally {
    db.$client.close();
  }
}

test('whoever changes something leaves an event with who, what, before and after', async () => {
  const base = `/w/${ada.workspace}`;
  const flow = (await ada.send<FlowDetail>('POST', `${base}/flows`, { document: webhookFlow('audited') })).body;
  await ada.send('PUT', `${base}/flows/${flow.id}/draft`, { ...flow.draft, title: 'Saved' }, { 'if-match': '"1"' });
  await ada.send('POST', `${base}/flows/${flow.id}/publish`, { revision: 2, note: 'Why' });
  await ada.send('PATCH', `${base}/flows/${flow.id}`, { enabled: false });
  await ada.send('POST', `${base}/flows/${flow.id}/versions/1/restore`);
  await ada.send('DELETE', `${base}/flows/${flow.id}`);
  const connection = {
    title: 'Db',
    connector: 'sql',
    scheme: 'postgresql',
    config: { host: 'db.example', database: 'd' },
    credentials: { user: 'ada', password: 'hunter2hunter2' },
  };
  const made = (await ada.send<ConnectionSummary>('POST', `${base}/connections`, connection)).body;
  await ada.send('PATCH', `${base}/connections/${made.id}`, { credentials: { password: 'hunter3hunter3' } });
  await ada.send('DELETE', `${base}/connections/${made.id}`);
  await ada.send('PUT', `${base}/files/a.txt`, undefined);
  await ada.send('DELETE', `${base}/files/a.txt`);
  await ada.send('PATCH', '/settings', { webhookLimitBytes: 4096 });
  await ada.send('PATCH', `/workspaces/${ada.workspace}`, { name: 'Renamed' });
  await ada.send('PATCH', '/me', { name: 'Ada King' });
  await ada.send('POST', '/me/password', { current: owner.password, next: 'another long password' });

  const found = events();
  expect(found.map(({ action }) => action)).toEqual([
    'workspace.created', 'installation.claimed', 'session.started',
    'flow.created', 'flow.saved', 'flow.published', 'flow.switched_off', 'flow.restored', 'flow.deleted',
    'connection.created', 'connection.changed', 'connection.deleted', 'file.uploaded', 'file.deleted',
    'settings.changed', 'workspace.renamed', 'user.renamed', 'user.password_changed',
  ]);
  const { user } = (await ada.send<Me>('GET', '/me')).body;
  expect(new Set(found.map(({ actorId }) => actorId))).toEqual(new Set([user.id]));
  expect(found.find(({ action }) => action === 'workspace.renamed')).toMatchObject({ workspaceId: ada.workspace, before: 'Acme', after: 'Renamed' });
  expect(found.find(({ action }) => action === 'flow.published')).toMatchObject({
    subjectId: flow.id,
    before: { version: null },
    after: { version: 1, note: 'Why' },
  });
  expect(JSON.stringify(found)).not.toMatch(/hunter|another long password|correct horse/);
});

test('what was refused leaves no event', async () => {
  const before = events().length;
  await ada.send('PATCH', '/settings', { privateNetworks: ['nonsense/99'] });
  await ada.send('POST', `/w/${ada.workspace}/flows`, { document: [] });
  await ada.send('DELETE', `/w/${ada.workspace}/flows/flow_none`);
  expect(events()).toHaveLength(before);
});

test('a draft that the editor saves again and again is one event per person in ten minutes', async () => {
  const flow = (await ada.send<FlowDetail>('POST', `/w/${ada.workspace}/flows`, { document: webhookFlow('autosaved') })).body;
  const saves = () => events().filter(({ action, subjectId }) => action === 'flow.saved' && subjectId === flow.id);
  const save = (revision: number) => ada.send(
    'PUT',
    `/w/${ada.workspace}/flows/${flow.id}/draft`,
    { ...flow.draft, title: `Title ${revision}` },
    { 'if-match': `"${revision}"` },
  );
  for (const revision of [1, 2, 3]) expect((await save(revision)).status).toBe(200);
  expect(saves()).toMatchObject([{ before: { revision: 1 }, after: { revision: 2 } }]);

  const db = openDatabase(join(weft.folder, 'weft.sqlite'));
  db.update(auditEvents).set({ at: Date.now() - 11 * 60_000 }).where(eq(auditEvents.id, saves()[0]?.id ?? '')).run();
  db.$client.close();
  for (const revision of [4, 5]) await save(revision);
  expect(saves()).toMatchObject([{ after: { revision: 2 } }, { before: { revision: 4 }, after: { revision: 5 } }]);
});
