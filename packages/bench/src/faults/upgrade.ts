import { copyFileSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pid } from 'node:process';
import Database from 'better-sqlite3';
import type { Fault } from './fault.ts';
import { echoFlow } from './flows.ts';
import { isAccepted, send } from './send.ts';
import { pause, withWeft } from './weft-under-test.ts';

export const upgradeFaults: Fault[] = [{ title: 'upgrade killed half-way, and back again', cases: 20, short: 0, run: upgrades }];

const calls = 20;
/** About as long as the migration below takes, its copy not counted. */
const migrationMs = 400;

/**
 * A newer build is killed while it brings existing data to its own shape, and started again; the older build has to refuse what it
 * does not know without touching it, and the copy from before has to be as good as the data was.
 */
async function upgrades(cases: number): Promise<string[]> {
  return withWeft(async (weft) => {
    const url = await weft.publish(echoFlow('upgrade'));
    const acknowledged = new Set<string>();
    for (let at = 0; at < calls; at += 1) if (isAccepted(await send(url, JSON.stringify({ key: String(at) })))) acknowledged.add(String(at));
    await weft.end('SIGTERM');
    const original = join(dirname(weft.databaseFile), 'original.sqlite');
    copyFileSync(weft.databaseFile, original);
    const { program: next, migrations } = nextBuild(weft.program);
    const before = join(dirname(weft.databaseFile), `before-${migrations}.sqlite`);
    const broken: string[] = [];
    const sound = (what: string, file = weft.databaseFile) => broken.push(...unsound(file, acknowledged).map((sentence) => `${what}: ${sentence}`));
    try {
      for (let round = 0; round < cases; round += 1) {
        replaceDatabase(weft.databaseFile, original);
        rmSync(before, { force: true });
        const starting = weft.start(next).catch(() => undefined);
        await until(() => existsSync(`${before}.partial`) || existsSync(before));
        await pause(Math.random() * migrationMs);
        await weft.end('SIGKILL');
        await starting;
        sound('killed half-way');

        await weft.start(next);
        if (!isAccepted(await send(url, JSON.stringify({ key: 'after' })))) broken.push('After the upgrade a call was refused.');
        await weft.end('SIGTERM');
        sound('upgraded');
        sound('the copy from before', before);

        const refused = await weft.start().then(() => 'It started.', String);
        if (!refused.includes('was written by a newer version of Weft')) broken.push(`The older build said about newer data: ${refused}`);
        sound('refused by the older build');

        replaceDatabase(weft.databaseFile, before);
        await weft.start();
        if (!isAccepted(await send(url, JSON.stringify({ key: 'back' })))) broken.push('Back on the older build a call was refused.');
        await weft.end('SIGTERM');
        sound('back on the older build');
      }
    } finally {
      rmSync(dirname(next), { recursive: true, force: true });
    }
    return broken;
  });
}

/** A copy of the build with one migration more, which takes a while. @returns its program, and how many migrations it has. */
function nextBuild(program: string): { program: string; migrations: number } {
  const folder = `${dirname(program)}.next-${pid}`;
  cpSync(dirname(program), folder, { recursive: true });
  const journalFile = join(folder, 'migrations/meta/_journal.json');
  const journal = JSON.parse(readFileSync(journalFile, 'utf8')) as { entries: { idx: number; tag: string }[] };
  writeFileSync(
    journalFile,
    JSON.stringify({ ...journal, entries: [...journal.entries, { ...journal.entries.at(-1), idx: journal.entries.length, tag: '0001_next' }] }),
  );
  const fill =
    'create table later as with recursive n(i) as (select 1 union all select i + 1 from n where i < 400000) select i, hex(randomblob(16)) as text from n;';
  writeFileSync(join(folder, 'migrations/0001_next.sql'), `${fill}\n--> statement-breakpoint\ncreate index later_text on later (text);`);
  return { program: join(folder, 'main.js'), migrations: journal.entries.length + 1 };
}

function replaceDatabase(file: string, by: string): void {
  for (const part of ['-wal', '-shm']) rmSync(`${file}${part}`, { force: true });
  copyFileSync(by, file);
}

function unsound(file: string, acknowledged: ReadonlySet<string>): string[] {
  const database = new Database(file);
  try {
    const keys = new Set(database.prepare<[], string>("select payload ->> '$.body.key' from runs where status = 'succeeded'").pluck().all());
    const integrity = String(database.pragma('integrity_check', { simple: true }));
    const missing = [...acknowledged].filter((key) => !keys.has(key)).map((key) => `the run of call ${key} is lost.`);
    return integrity === 'ok' ? missing : [...missing, `the database is not sound: ${integrity}`];
  } finally {
    database.close();
  }
}

/** @throws where it does not come to that in time. */
async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 30_000;
  while (!isSo()) {
    if (Date.now() > end) throw new Error('The newer build made no copy of the data.');
    await pause(2);
  }
}
