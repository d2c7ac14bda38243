import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { malformed, startMalformed } from '@weft/connectors/testing';
import Database from 'better-sqlite3';
import type { Fault } from './fault.ts';
import { databaseFlow, echoFlow } from './flows.ts';
import { underLoad } from './process.ts';
import { inParallel, send } from './send.ts';
import { pause, type StoredRun, type WeftUnderTest } from './weft-under-test.ts';

/** Where the system does not tell them, there is none to be killed. */
const childrenOf = (pid: number | undefined): string => `/proc/${pid}/task/${pid}/children`;
const tellsChildren = existsSync(childrenOf(process.pid));

export const guestFaults: Fault[] = [
  { title: 'guests are killed under load', cases: 200, short: tellsChildren ? 10 : 0, run: kills },
  { title: 'a database sends malformed messages', cases: Object.keys(malformed).length, short: 8, run: malformedMessages },
];

/** Every call reads and writes a SQLite file; its guests are killed at any point of that. The process that started them stays the same. */
async function kills(cases: number, weft: WeftUnderTest): Promise<string[]> {
  const file = `killed-${Date.now()}.sqlite`;
  const connection = await weft.connect({ connector: 'sql', scheme: 'sqlite', config: { file }, credentials: {} });
  const url = await weft.publish(databaseFlow('killed', connection, { writes: true }));
  const server = weft.pid();
  const acknowledged = new Map<string, number>();
  const load = underLoad(url, 'killed', acknowledged);
  let killed = 0;
  const until = Date.now() + 60_000 + cases * 1_000;
  while (killed < cases && weft.pid() === server && Date.now() < until) {
    await pause(Math.random() * 150);
    const guests = guestsOf(server);
    const guest = guests[Math.floor(Math.random() * guests.length)];
    if (guest !== undefined && kill(guest)) killed += 1;
  }
  await load.stop();
  const broken = weft.pid() === server ? [] : ['The server ended.'];
  await weft.settled(300_000);
  if (killed < cases) broken.push(`Only ${killed} guests were there to be killed.`);
  return [...broken, ...judged(weft.runs(), acknowledged, rowsIn(dirname(weft.databaseFile), file))];
}

/** Each acknowledged call has one run. Each run has written its row once, or has failed with a sentence and has written it once or not at all. */
function judged(runs: readonly StoredRun[], acknowledged: ReadonlyMap<string, number>, rows: ReadonlyMap<string, number>): string[] {
  const broken: string[] = [];
  const byKey = Map.groupBy(runs, ({ payload }) => (JSON.parse(payload) as { body: { key: string } }).body.key);
  for (const key of acknowledged.keys()) if (!byKey.has(key)) broken.push(`${key} was acknowledged and is lost.`);
  for (const [key, own] of byKey) {
    const [run] = own;
    const written = rows.get(key) ?? 0;
    if (own.length > 1) broken.push(`${key} has ${own.length} runs.`);
    if (written > 1 || (run?.status === 'succeeded' && written === 0)) broken.push(`${key} is ${run?.status}, and was written ${written} times.`);
    if (run?.status !== 'succeeded' && !saysWhy(run)) broken.push(`${key} is ${run?.status}: ${run?.error}`);
  }
  return broken;
}

const saysWhy = (run: StoredRun | undefined): boolean =>
  run?.status === 'failed' && run.error !== null && run.error.includes('"message"') && !run.error.includes('Something unexpected');

/** How often each key is in the file, which has to be sound. */
function rowsIn(data: string, file: string): Map<string, number> {
  const files = join(data, 'files');
  const folder = readdirSync(files).find((workspace) => existsSync(join(files, workspace, file))) ?? '';
  const database = new Database(join(files, folder, file), { readonly: true });
  try {
    if (database.pragma('integrity_check', { simple: true }) !== 'ok') throw new Error(`${file} is not sound.`);
    const rows = database.prepare<[], { key: string; times: number }>('SELECT "key", count(*) AS times FROM orders GROUP BY "key"').all();
    return new Map(rows.map(({ key, times }) => [key, times]));
  } finally {
    database.close();
  }
}

/** All that a server starts are guests. */
function guestsOf(server: number | undefined): number[] {
  const list = childrenOf(server);
  return existsSync(list) ? readFileSync(list, 'utf8').trim().split(' ').filter(Boolean).map(Number) : [];
}

/** @returns false when it had ended by itself. */
function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

/** A step on each such database ends by itself or with its time, in a sentence; beside it other flows go on, and the server is the same. */
async function malformedMessages(cases: number, weft: WeftUnderTest): Promise<string[]> {
  const forms = Object.entries(malformed);
  const chosen = Array.from({ length: cases }, (_, at) => forms[at % forms.length]).filter((form) => form !== undefined);
  const servers = await Promise.all(chosen.map(async ([form, sends]) => ({ form, ...(await startMalformed(sends)) })));
  try {
    await weft.allow(servers.map(({ port }) => `http://127.0.0.1:${port}`));
    const server = weft.pid();
    const echo = await weft.publish(echoFlow('beside'));
    const broken: string[] = [];
    await inParallel(cases, 4, async (at) => {
      const { form, port } = servers[at]!;
      const config = { host: '127.0.0.1', port, database: 'x', tls: 'off' };
      const connection = await weft.connect({ connector: 'sql', scheme: 'postgresql', config, credentials: { user: 'x', password: 'x' } });
      const url = await weft.publish(databaseFlow('malformed', connection, { timeoutMs: 2_000 }));
      const sent = await send(url, JSON.stringify({ key: form }));
      if (!sent.body.includes('run_') && sent.status !== 200) broken.push(`After ${form}, the call was answered with ${sent.status}: ${sent.body}`);
      const beside = await send(echo, JSON.stringify({ key: form }));
      if (beside.status !== 200) broken.push(`Beside ${form}, another flow answered ${beside.status}: ${beside.body}`);
    });
    if (weft.pid() !== server) broken.push('The server ended.');
    await weft.settled();
    for (const run of weft.runs()) if (run.status !== 'succeeded' && !saysWhy(run)) broken.push(`${run.payload} is ${run.status}: ${run.error}`);
    return broken;
  } finally {
    for (const { stop } of servers) stop();
  }
}
