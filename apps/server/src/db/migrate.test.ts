import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from './migrate.ts';
import { openDatabase } from './open.ts';

const shipped = fileURLToPath(new URL('./migrations', import.meta.url));
const shippedCount: number = JSON.parse(readFileSync(join(shipped, 'meta', '_journal.json'), 'utf8')).entries.length;
const emptyFolder = () => mkdtempSync(join(tmpdir(), 'weft-migrate-'));

/** The shipped migrations and one more. */
function withNextMigration(sql: string): string {
  const folder = emptyFolder();
  cpSync(shipped, folder, { recursive: true });
  const journalFile = join(folder, 'meta', '_journal.json');
  const journal = JSON.parse(readFileSync(journalFile, 'utf8'));
  journal.entries.push({ ...journal.entries.at(-1), idx: journal.entries.length, tag: '9999_next' });
  writeFileSync(journalFile, JSON.stringify(journal));
  writeFileSync(join(folder, '9999_next.sql'), sql);
  return folder;
}

/** The first of the shipped migrations. */
function firstMigrations(count: number): string {
  const folder = emptyFolder();
  cpSync(shipped, folder, { recursive: true });
  const journalFile = join(folder, 'meta', '_journal.json');
  const journal = JSON.parse(readFileSync(journalFile, 'utf8'));
  journal.entries.length = count;
  writeFileSync(journalFile, JSON.stringify(journal));
  return folder;
}

const user = "INSERT INTO users (id, name, email, email_verified, created_at, updated_at) VALUES ('usr_1', 'Ada', 'ada@example.com', 0, 0, 0)";
const session = "INSERT INTO sessions (id, user_id, token, expires_at, created_at, updated_at) VALUES ('ses_1', 'usr_1', 't', 0, 0, 0)";
const rebuildUsers = `CREATE TABLE users_new (id text PRIMARY KEY NOT NULL, name text NOT NULL, email text NOT NULL UNIQUE,
  email_verified integer NOT NULL, image text, created_at integer NOT NULL, updated_at integer NOT NULL);
--> statement-breakpoint
INSERT INTO users_new SELECT * FROM users;
--> statement-breakpoint
DROP TABLE users;
--> statement-breakpoint
ALTER TABLE users_new RENAME TO users;`;

test('every connection syncs its commits and checks foreign keys, also after reopening', () => {
  const file = join(emptyFolder(), 'weft.sqlite');
  for (let opened = 0; opened < 2; opened += 1) {
    const db = openDatabase(file);
    expect(db.$client.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.$client.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.$client.pragma('foreign_keys', { simple: true })).toBe(1);
    db.$client.close();
  }
});

test('a second start changes nothing', () => {
  const folder = emptyFolder();
  const db = openDatabase(join(folder, 'weft.sqlite'));
  migrate(db, folder);
  db.$client.exec(user);
  migrate(db, folder);
  expect(db.$client.prepare('SELECT count(*) AS n FROM users').get()).toEqual({ n: 1 });
  db.$client.close();
});

test('an upgrade keeps a copy first, with what stands only in the WAL, and rebuilding a table does not cascade', () => {
  const folder = emptyFolder();
  const db = openDatabase(join(folder, 'weft.sqlite'));
  migrate(db, folder);
  db.$client.exec(user);
  db.$client.exec(session);
  migrate(db, folder, withNextMigration(rebuildUsers));
  expect(db.$client.prepare('SELECT count(*) AS n FROM sessions').get()).toEqual({ n: 1 });
  expect(db.$client.pragma('foreign_keys', { simple: true })).toBe(1);
  const copy = new Database(join(folder, `before-${shippedCount + 1}.sqlite`), { readonly: true });
  expect(copy.prepare('SELECT name FROM users').all()).toEqual([{ name: 'Ada' }]);
  copy.close();
  db.$client.close();
});

test('a copy that was cut off half-way is never taken for one, and is made again', () => {
  const folder = emptyFolder();
  const db = openDatabase(join(folder, 'weft.sqlite'));
  migrate(db, folder);
  writeFileSync(join(folder, `before-${shippedCount + 1}.sqlite.partial`), 'half');
  migrate(db, folder, withNextMigration('CREATE TABLE later (id integer);'));
  expect(existsSync(join(folder, `before-${shippedCount + 1}.sqlite.partial`))).toBe(false);
  const copy = new Database(join(folder, `before-${shippedCount + 1}.sqlite`), { readonly: true });
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
  copy.close();
  db.$client.close();
});

test('an upgrade that would leave orphans is rolled back whole', () => {
  const folder = emptyFolder();
  const db = openDatabase(join(folder, 'weft.sqlite'));
  migrate(db, folder);
  db.$client.exec(user);
  db.$client.exec(session);
  expect(() => migrate(db, folder, withNextMigration('DELETE FROM users;'))).toThrow(/refer to nothing/);
  expect(db.$client.prepare('SELECT count(*) AS n FROM users').get()).toEqual({ n: 1 });
  db.$client.close();
});

test('a database newer than the program is refused with a sentence', () => {
  const folder = emptyFolder();
  const db = openDatabase(join(folder, 'weft.sqlite'));
  migrate(db, folder, withNextMigration('CREATE TABLE later (id integer);'));
  expect(() => migrate(db, folder)).toThrow(/newer version of Weft/);
  expect(existsSync(join(folder, `before-${shippedCount}.sqlite`))).toBe(false);
  db.$client.close();
});

test('flows of an older program know how they take part in calls: by what runs, else by the draft', () => {
  const folder = emptyFolder();
  const db = openDatabase(join(folder, 'weft.sqlite'));
  migrate(db, folder, firstMigrations(3));
  const use = { connector: 'manual', version: '1.0.0', operation: 'run' };
  const calls = (...called: string[]) => JSON.stringify({
    steps: { start: { kind: 'trigger', use, config: {} }, ...Object.fromEntries(called.map((flow, at) => [`call${at}`, { kind: 'subflow', flow }])) },
  });
  db.$client.exec(user);
  db.$client.exec("INSERT INTO workspaces (id, name, practice_token, created_at) VALUES ('ws_1', 'One', 'p', 0)");
  const flow = db.$client.prepare(
    "INSERT INTO flows (id, workspace_id, title, connectors, connection_ids, revision, enabled, published_number, unpublished_changes, created_at, updated_at, draft) VALUES (?, 'ws_1', 'F', '[]', '[]', 1, 1, ?, 0, 0, 0, ?)",
  );
  flow.run('flow_a', 2, calls('flow_draft'));
  flow.run('flow_b', null, calls('flow_a', 'flow_a', ''));
  flow.run('flow_c', null, '{"steps":{}}');
  const version = db.$client.prepare(
    "INSERT INTO flow_versions (id, workspace_id, flow_id, number, connection_ids, document, published_at, published_by) VALUES (?, 'ws_1', 'flow_a', ?, '[]', ?, 0, 'usr_1')",
  );
  version.run('ver_1', 1, calls('flow_old'));
  version.run('ver_2', 2, calls('flow_b', 'flow_c'));
  migrate(db, folder);
  expect(db.$client.prepare('SELECT flow_id AS flow, trigger, calls FROM flow_calls ORDER BY flow_id').all()).toEqual([
    { flow: 'flow_a', trigger: JSON.stringify(use), calls: '["flow_b","flow_c"]' },
    { flow: 'flow_b', trigger: JSON.stringify(use), calls: '["flow_a"]' },
    { flow: 'flow_c', trigger: null, calls: '[]' },
  ]);
  db.$client.close();
});
