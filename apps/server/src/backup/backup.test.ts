import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { webhookFlow } from '../../test/flows.ts';
import { owner, type Person, startWeft, type TestWeft } from '../../test/weft.ts';
import type { ConnectionSummary, FlowDetail, FlowSummary, Page } from '@weft/api';
import { backup } from './backup.ts';
import { restore } from './restore.ts';

let weft: TestWeft;
let ada: Person;
let folder: string;
beforeEach(async () => {
  weft = await startWeft();
  ada = await weft.claim();
  folder = mkdtempSync(join(tmpdir(), 'weft-backup-'));
});
afterEach(async () => {
  await weft.stop();
  rmSync(folder, { recursive: true });
});

const upload = (name: string, body: string) =>
  fetch(`${weft.url}/api/v1/w/${ada.workspace}/files/${name}`, { method: 'PUT', body, headers: { cookie: ada.cookies, origin: weft.url } });

test('a backup of a running installation restores to the same: account, flows, files, databases and credentials', async () => {
  await ada.send<FlowDetail>('POST', `/w/${ada.workspace}/flows`, { document: webhookFlow('kept') });
  const connection = {
    title: 'Mail',
    connector: 'sql',
    scheme: 'postgresql',
    config: { host: 'db.example', database: 'd' },
    credentials: { user: 'ada', password: 'secret' },
  };
  const made = await ada.send<ConnectionSummary>('POST', `/w/${ada.workspace}/connections`, connection);
  expect(made.status).toBe(200);
  await upload('reports.csv', 'a,b\n1,2\n');
  const database = new Database(join(weft.folder, 'files', ada.workspace, 'tickets.sqlite'));
  database.pragma('journal_mode = WAL');
  database.exec('CREATE TABLE tickets (title TEXT); INSERT INTO tickets VALUES (1)');
  await ada.send('POST', `/w/${ada.workspace}/flows`, { starter: 'github-issue-to-ticket-list' });
  await upload('not-a-database.db', 'only the name of one');

  const target = join(folder, 'monday');
  expect(backup(weft.folder, target, '0.1.0')).toMatchObject({ format: 'weft.backup/1' });
  database.close();
  // What happens afterwards is not in it.
  await upload('later.csv', 'x');
  expect(readdirSync(folder)).toEqual(['monday']);
  expect(statSync(join(target, 'key')).mode & 0o777).toBe(0o600);

  const dataFolder = join(folder, 'restored');
  restore(target, dataFolder);
  const copy = await startWeft({ dataFolder });
  const again = copy.stranger();
  expect((await again.send('POST', '/session', { email: owner.email, password: owner.password })).status).toBe(200);
  const flows = (await again.send<Page<FlowSummary>>('GET', `/w/${ada.workspace}/flows`)).body.items;
  expect(flows.map(({ title }) => title)).toContain('Flow at kept');
  const { files } = (await again.send<{ files: { name: string }[] }>('GET', `/w/${ada.workspace}/files`)).body;
  expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['reports.csv', 'not-a-database.db']));
  expect(files.map(({ name }) => name)).not.toContain('later.csv');
  const changed = await again.send<ConnectionSummary>('PATCH', `/w/${ada.workspace}/connections/${made.body.id}`, { credentials: { user: 'eve' } });
  expect(changed.body.credentialFields).toEqual(['user', 'password']);
  await copy.server.close();
});

test('a folder with something in it is left alone, by backup and by restore', async () => {
  const target = join(folder, 'backup');
  backup(weft.folder, target, '0.1.0');
  expect(() => backup(weft.folder, target, '0.1.0')).toThrow(/not empty/);
  expect(() => restore(target, weft.folder)).toThrow(/move that folder away/);
});

test('what is no backup, or a damaged one, is refused and nothing is made', async () => {
  expect(() => restore(weft.folder, join(folder, 'data'))).toThrow(/not a complete backup/);
  const target = join(folder, 'damaged');
  backup(weft.folder, target, '0.1.0');
  truncateSync(join(target, 'weft.sqlite'), 8192);
  expect(() => restore(target, join(folder, 'data'))).toThrow(/damaged|malformed/);
  expect(existsSync(join(folder, 'data'))).toBe(false);
});

test('without an installation there is nothing to back up', () => {
  expect(() => backup(join(folder, 'none'), join(folder, 'target'), '0.1.0')).toThrow(/WEFT_DATA/);
});
