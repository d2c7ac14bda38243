import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, env } from 'node:process';
import { parseArgs } from 'node:util';
import { freePort } from './free-port.ts';
import { median, otherBuild, supervised, weftProgram } from './webhook/contest.ts';

/** Long enough for what a start puts off until nobody waits. */
const idleMs = 10_000;

/**
 * From the start of the supervisor, as `npm start` does it, to the server's first answer of `/api/health`, when calls are taken and runs go on, and the
 * memory the server holds after ten idle seconds. `firstAnswerMs` is the median of starts on an installation that exists, `firstEverMs` of starts
 * in an empty folder, where the database is made. `firstPageMs` is the same as the first with the web app's page instead: it loads what
 * only people need. `--starts 9` sets how many of each.
 */
export async function bench(): Promise<void> {
  const { values } = parseArgs({ args: argv.slice(3), options: { starts: { type: 'string', default: '7' } } });
  const folder = await mkdtemp(join(tmpdir(), 'weft-bench-'));
  try {
    const firstEver: Start[] = [];
    const again: Start[] = [];
    const pages: Start[] = [];
    const other: Start[] = [];
    for (let round = 0; round < Number(values.starts); round += 1) {
      const data = join(folder, String(round));
      firstEver.push(await start(data, {}));
      again.push(await start(data, { idle: round % 3 === 0 }));
      pages.push(await start(data, { path: '/' }));
      if (otherBuild === undefined) continue;
      await start(`${data}-other`, { other: true });
      other.push(await start(`${data}-other`, { other: true }));
    }
    const figures = {
      firstAnswerMs: Math.round(median(again.map(({ answerMs }) => answerMs))),
      firstPageMs: Math.round(median(pages.map(({ answerMs }) => answerMs))),
      firstEverMs: Math.round(median(firstEver.map(({ answerMs }) => answerMs))),
      idleRssMb: Math.round(median(again.flatMap(({ rssMb }) => rssMb ?? []))),
      ...(otherBuild !== undefined && { otherFirstAnswerMs: Math.round(median(other.map(({ answerMs }) => answerMs))) }),
    };
    console.table([
      { figure: 'first answer, ms', value: figures.firstAnswerMs, target: '≤ 300' },
      { figure: 'first page, ms', value: figures.firstPageMs, target: '' },
      { figure: 'first answer of a new installation, ms', value: figures.firstEverMs, target: '' },
      { figure: 'memory when idle, MB', value: figures.idleRssMb, target: '≤ 120' },
    ]);
    console.log(JSON.stringify({ bench: 'cold-start', ...figures }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Start {
  answerMs: number;
  rssMb?: number;
}

async function start(data: string, { idle = false, path = '/api/health', other = false }: { idle?: boolean; path?: string; other?: boolean }): Promise<Start> {
  const port = await freePort();
  const begin = performance.now();
  const child = spawn('sh', supervised(weftProgram({ other })), {
    env: { ...env, NODE_ENV: 'production', WEFT_DATA: data, PORT: String(port), WEFT_PUBLIC_URL: '', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    while (!(await answers(port, child, path))) await new Promise((resolve) => setTimeout(resolve, 2));
    const answerMs = performance.now() - begin;
    if (!idle) return { answerMs };
    await new Promise((resolve) => setTimeout(resolve, idleMs));
    return { answerMs, ...rssOf(child) };
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
}

function answers(port: number, child: ChildProcess, path: string): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode} before it answered.`);
  return new Promise((resolve) => {
    const request = get({ port, host: '127.0.0.1', path, agent: false }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode === 200));
    });
    request.once('error', () => resolve(false));
  });
}

/** Of the server, not of its supervisor. */
function rssOf(supervisor: ChildProcess): { rssMb?: number } {
  if (process.platform !== 'linux') return {};
  const pid = readFileSync(`/proc/${supervisor.pid}/task/${supervisor.pid}/children`, 'utf8').trim();
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return kilobytes === undefined ? {} : { rssMb: Number(kilobytes) / 1024 };
}
