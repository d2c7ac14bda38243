import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { FlowDocument } from '@weft/flow';
import manifest from '../../../../package.json' with { type: 'json' };
import type { LoadReport } from './load.ts';
import { order } from './order.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { claimedWeft } from './weft-client.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const built = here('../../../../apps/server/dist/main.js');
const source = here('../../../../apps/server/src/main.ts');

/** What `npm start` gives Node before the program. */
const nodeOptions = /\bnode (?<options>(?:--\S+ )*)apps\/server\/dist\/main\.js/.exec(manifest.scripts.up)?.groups?.['options']?.split(' ').filter(Boolean);

/** What `npm start` has its supervisor run, with its options; from the sources where nothing was built. @param other - the build that this one is compared with. */
export function weftProgram({ other = false }: { other?: boolean } = {}): string[] {
  if (!nodeOptions) throw new Error('The script “up” of package.json does not start Weft any more as this bench knows it.');
  return [...nodeOptions, (other ? otherBuild : env['BENCH_SERVER']) ?? (existsSync(built) ? built : source)];
}

/** The same under its supervisor, as a command line for `sh`. The process is the supervisor's: the server is its child. */
export const supervised = (program: string[]): string[] => [here('../../../../apps/server/supervise.sh'), execPath, ...program];

/** Another build, as a contestant beside this one: two builds of one source differ by about 2 %. */
export const otherBuild = env['BENCH_OTHER'];

type Contestant = 'weft' | 'other-weft' | 'insert-per-request' | 'group-commit';
const contestants: Contestant[] = ['weft', ...(otherBuild === undefined ? [] : ['other-weft' as const]), 'insert-per-request', 'group-commit'];

const levels = (env['BENCH_CONNECTIONS'] ?? '1,10,50').split(',').map(Number);
const rounds = Number(env['BENCH_ROUNDS'] ?? 9);
const roundMs = Number(env['BENCH_ROUND_MS'] ?? 1_500);
/** Long enough that the code that is called often has been compiled. */
export const warmUpMs = Number(env['BENCH_WARM_UP_MS'] ?? 6_000);

export interface Contest {
  name: string;
  flow: FlowDocument;
  /** The origin that the flow and the hand-written servers post to. */
  sink?: string;
}

interface Running {
  process: ServerProcess;
  url: string;
}

interface Round {
  requestsPerSecond: number;
  p50: number;
  p99: number;
  requests: number;
  cpuMs: number | undefined;
}

type Level = Map<Contestant, Round[]>;

/**
 * Weft against two hand-written servers that do and store the same, each in a process of its own. After a warm-up they take turns in
 * short rounds, and a ratio is the median over the rounds, each compared with its neighbours: whatever else the machine does meets
 * all of them alike.
 */
export async function contest(given: Contest): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'weft-bench-'));
  const running = new Map<Contestant, Running>();
  try {
    for (const name of contestants) running.set(name, await start(name, await mkdtemp(join(folder, `${name}-`)), given));
    for (const { url } of running.values()) await runLoad(url, { connections: Math.max(...levels), milliseconds: warmUpMs });
    const measured = new Map<number, Level>();
    for (const connections of levels) measured.set(connections, await measure(running, connections));
    report(given.name, measured, running);
  } finally {
    for (const { process } of running.values()) await process.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function start(name: Contestant, folder: string, { flow, sink }: Contest): Promise<Running> {
  if (name === 'weft' || name === 'other-weft') {
    const process = await startWeft(folder, { other: name === 'other-weft' });
    const weft = await claimedWeft(process.output);
    if (sink !== undefined) await weft.allow(sink);
    return { process, url: await weft.publish(flow) };
  }
  const program = [here('./hand-written-server.ts'), folder, name, ...(sink === undefined ? [] : [sink])];
  const process = await startServerProcess(program, /Ready at \S+\n/);
  return { process, url: `${/Ready at (\S+)/.exec(process.output)?.[1]}/hooks/bench/orders` };
}

export const startWeft = (folder: string, which: { other?: boolean } = {}): Promise<ServerProcess> =>
  startServerProcess(weftProgram(which), /Weft is ready at \S+\n/, { WEFT_DATA: folder, PORT: '0', WEFT_PUBLIC_URL: '', LOG_LEVEL: 'warn' });

async function measure(running: Map<Contestant, Running>, connections: number): Promise<Level> {
  const level: Level = new Map(contestants.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    // Who came first in one round comes last in the next.
    for (const [name, { url, process }] of round % 2 === 0 ? running : [...running].toReversed()) {
      const before = process.cpuMs();
      const result = await runLoad(url, { connections, milliseconds: roundMs });
      const after = process.cpuMs();
      level.get(name)?.push({ ...figures(result), cpuMs: after === undefined || before === undefined ? undefined : after - before });
    }
  }
  return level;
}

/** One round of load on a webhook, from a process of its own. */
export async function runLoad(url: string, { connections, milliseconds }: { connections: number; milliseconds: number }): Promise<LoadReport> {
  const child = spawn(execPath, [here('./load.ts'), url, String(connections), String(milliseconds)], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(order));
  // Written by load.ts.
  return (await json(child.stdout)) as LoadReport;
}

function figures({ requests, milliseconds, latencies }: LoadReport): Omit<Round, 'cpuMs'> {
  return { requests, requestsPerSecond: (requests * 1_000) / milliseconds, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) };
}

/** @param sorted - ascending. */
export const quantile = (sorted: readonly number[], q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
export const median = (values: readonly number[]): number => quantile(values.toSorted((a, b) => a - b), 0.5);

function report(name: string, measured: Map<number, Level>, running: Map<Contestant, Running>): void {
  console.table(
    [...measured].flatMap(([connections, level]) =>
      [...level].map(([server, ofServer]) => ({
        connections,
        server,
        'requests/s': Math.round(median(ofServer.map(({ requestsPerSecond }) => requestsPerSecond))),
        'p50 ms': round(median(ofServer.map(({ p50 }) => p50))),
        'p99 ms': round(median(ofServer.map(({ p99 }) => p99))),
        'cpu µs/request': cpuMicros(ofServer) ?? 'unknown',
        'peak MB': running.get(server)?.process.peakMb() ?? 'unknown',
      })),
    ),
  );
  const connections = levels.at(-1) ?? 50;
  const level = measured.get(connections) ?? new Map<Contestant, Round[]>();
  /** Of each round beside the other's in the same turn. */
  const ratio = (other: Contestant, figure: 'requestsPerSecond' | 'p99') =>
    round(median((level.get('weft') ?? []).map((own, turn) => own[figure] / (level.get(other)?.[turn]?.[figure] ?? Number.NaN))));
  console.log(
    JSON.stringify({
      bench: name,
      connections,
      ratioToGroupCommit: ratio('group-commit', 'requestsPerSecond'),
      ratioToInsertPerRequest: ratio('insert-per-request', 'requestsPerSecond'),
      p99Ratio: ratio('insert-per-request', 'p99'),
      peakRssMb: running.get('weft')?.process.peakMb(),
      ...(otherBuild !== undefined && { ratioToOther: ratio('other-weft', 'requestsPerSecond'), p99ToOther: ratio('other-weft', 'p99') }),
    }),
  );
}

/** Processor time of the server for one request: steadier than the clock on a busy machine. */
function cpuMicros(ofServer: readonly Round[]): number | undefined {
  const requests = ofServer.reduce((sum, one) => sum + one.requests, 0);
  const cpuMs = ofServer.reduce((sum, one) => sum + (one.cpuMs ?? Number.NaN), 0);
  return Number.isNaN(cpuMs) ? undefined : Math.round((cpuMs * 1_000) / requests);
}

const round = (value: number): number => Number(value.toFixed(2));
