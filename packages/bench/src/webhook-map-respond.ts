import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { orderFlow } from './webhook-map-respond/flow.ts';
import type { LoadReport } from './webhook-map-respond/load.ts';
import { order } from './webhook-map-respond/order.ts';
import { type ServerProcess, startServerProcess } from './webhook-map-respond/server-process.ts';
import { publishedWebhook } from './webhook-map-respond/weft-client.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const built = here('../../../apps/server/dist/main.js');
const source = here('../../../apps/server/src/main.ts');
/** What `npm start` runs; from the sources where nothing was built. */
const weft = process.env['BENCH_SERVER'] ?? (existsSync(built) ? built : source);
const handWritten = here('./webhook-map-respond/hand-written-server.ts');
const load = here('./webhook-map-respond/load.ts');

const contestants = ['weft', 'insert-per-request', 'group-commit'] as const;
type Contestant = (typeof contestants)[number];

const levels = (process.env['BENCH_CONNECTIONS'] ?? '1,10,50').split(',').map(Number);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const roundMs = Number(process.env['BENCH_ROUND_MS'] ?? 2_000);

interface Running {
  process: ServerProcess;
  url: string;
}

interface Measured {
  requestsPerSecond: number;
  p50: number;
  p99: number;
  /** Processor time of the server for one request, microseconds: steadier than the clock on a busy machine. */
  cpuMicros: number | undefined;
}

interface Round extends LoadReport {
  cpuMs: number | undefined;
}

/**
 * POST a 2 kB order, map 20 fields and a list of lines, answer; run and steps stored durably before the answer. Weft against two
 * hand-written servers, each in a process of its own, in turns, so that whatever else the machine does meets all of them.
 */
export async function bench(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'weft-bench-'));
  const running = new Map<Contestant, Running>();
  try {
    for (const name of contestants) running.set(name, await start(name, await mkdtemp(join(folder, `${name}-`))));
    const measured = new Map<number, Map<Contestant, Measured>>();
    for (const connections of levels) measured.set(connections, await measure(running, connections));
    report(measured, running);
  } finally {
    for (const { process } of running.values()) await process.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function start(name: Contestant, folder: string): Promise<Running> {
  if (name === 'weft') {
    const process = await startServerProcess([weft], /Weft is ready at \S+\n/, { WEFT_DATA: folder, PORT: '0', WEFT_PUBLIC_URL: '', LOG_LEVEL: 'warn' });
    return { process, url: await publishedWebhook(process.output, orderFlow) };
  }
  const process = await startServerProcess([handWritten, folder, name], /Ready at \S+\n/);
  return { process, url: `${/Ready at (\S+)/.exec(process.output)?.[1]}/hooks/bench/orders` };
}

/** A warm-up, then rounds in turns. */
async function measure(running: Map<Contestant, Running>, connections: number): Promise<Map<Contestant, Measured>> {
  const reports = new Map<Contestant, Round[]>(contestants.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, { url, process }] of running) {
      const before = process.cpuMs();
      const result = await runLoad(url, connections);
      const after = process.cpuMs();
      if (round > 0) reports.get(name)?.push({ ...result, cpuMs: after === undefined || before === undefined ? undefined : after - before });
    }
  }
  return new Map([...reports].map(([name, ofName]) => [name, summary(ofName)]));
}

async function runLoad(url: string, connections: number): Promise<LoadReport> {
  const child = spawn(execPath, [load, url, String(connections), String(roundMs)], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(order));
  // Written by load.ts.
  return (await json(child.stdout)) as LoadReport;
}

function summary(reports: Round[]): Measured {
  const rates = reports.map(({ requests, milliseconds }) => (requests * 1_000) / milliseconds).toSorted((a, b) => a - b);
  const latencies = reports.flatMap((one) => one.latencies).toSorted((a, b) => a - b);
  const quantile = (q: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * q))] ?? Number.NaN;
  const cpuMs = reports.reduce((sum, one) => sum + (one.cpuMs ?? Number.NaN), 0);
  return {
    requestsPerSecond: rates[Math.floor(rates.length / 2)] ?? Number.NaN,
    p50: quantile(0.5),
    p99: quantile(0.99),
    cpuMicros: Number.isNaN(cpuMs) ? undefined : (cpuMs * 1_000) / latencies.length,
  };
}

function report(measured: Map<number, Map<Contestant, Measured>>, running: Map<Contestant, Running>): void {
  const rows = [...measured].flatMap(([connections, byName]) =>
    [...byName].map(([server, { requestsPerSecond, p50, p99, cpuMicros }]) => ({
      connections,
      server,
      'requests/s': Math.round(requestsPerSecond),
      'p50 ms': Number(p50.toFixed(2)),
      'p99 ms': Number(p99.toFixed(2)),
      'cpu µs/request': cpuMicros === undefined ? 'unknown' : Math.round(cpuMicros),
      'peak MB': running.get(server)?.process.peakMb() ?? 'unknown',
    })),
  );
  console.table(rows);
  const connections = levels.at(-1) ?? 50;
  const at = (name: Contestant) => measured.get(connections)?.get(name) ?? { requestsPerSecond: Number.NaN, p99: Number.NaN };
  const ratio = (part: number, whole: number) => Number((part / whole).toFixed(2));
  console.log(
    JSON.stringify({
      bench: 'webhook-map-respond',
      connections,
      ratioToInsertPerRequest: ratio(at('weft').requestsPerSecond, at('insert-per-request').requestsPerSecond),
      ratioToGroupCommit: ratio(at('weft').requestsPerSecond, at('group-commit').requestsPerSecond),
      p99Ratio: ratio(at('weft').p99, at('insert-per-request').p99),
    }),
  );
}
