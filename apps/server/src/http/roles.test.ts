import { join } from 'node:path';
import type { Me } from '@weft/api';
import { expect, onTestFinished, test } from 'vitest';
import { webhookFlow } from '../../test/flows.ts';
import { startWeft } from '../../test/weft.ts';
import { openDatabase } from '../db/open.ts';
import { memberships } from '../db/schema/index.ts';

test('a member makes and changes what is in a workspace, and cannot change the workspace itself', async () => {
  const weft = await startWeft();
  onTestFinished(() => weft.stop());
  const ada = await weft.claim();
  const eve = await weft.someoneElse();
  // Nobody is invited yet, so a member is put into the database.
  const db = openDatabase(join(weft.folder, 'weft.sqlite'));
  db.insert(memberships).values({ workspaceId: ada.workspace, userId: 'usr_eveexamplecom', role: 'member', createdAt: 1 }).run();
  db.$client.close();

  expect((await eve.send('POST', `/w/${ada.workspace}/flows`, { document: webhookFlow('hers') })).status).toBe(200);
  expect((await eve.send('GET', `/w/${ada.workspace}/runs`)).status).toBe(200);
  const refused = await eve.send('PATCH', `/workspaces/${ada.workspace}`, { name: 'Mine now' });
  expect([refused.status, refused.body.code]).toEqual([403, 'permission.missing']);
  expect((await ada.send<Me>('GET', '/me')).body.workspaces.map(({ name }) => name)).toEqual(['Acme']);
});
