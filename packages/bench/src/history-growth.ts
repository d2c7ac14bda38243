import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv } from 'node:process';
import { parseArgs } from 'node:util';
import { median, quantile, runLoad, startWeft, warmUpMs } from './webhook/contest.ts';
import { orderFlow } from './webhook/flow.ts';
import { fillHistory } from './webhook/fill-history.ts';
import type { ServerProcess } from './webhook/server-process.ts';
import { claimedWeft } from './webhook/weft-client.ts';

const connections = 50;
const roundMs = 1_500;

/**
 * webhook-map-respond on an installation with 1,000 and one with 1,000,000 stored runs, in turns: what a long history costs the next
 * call. `--runs 100000` makes the long one shorter, `--rounds 5` the comparison.
 */
export async function bench(): Promise<void> {
  const { values } = parseArgs({ args: argv.slice(3), options: { runs: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '11' } } });
  const folder = await mkdtemp(join(tmpdir(), 'weft-bench-'));
  const installations: Installation[] = [];
  try {
    for (const stored of [1_000, Number(values.runs)]) installations.push(await installation(join(folder, String(stored)), stored));
    for (const { url } of installations) await runLoad(url, { connections, milliseconds: warmUpMs });
    for (let turn = 0; turn < Number(values.rounds); turn += 1) {
      for (const { url, p50s, p99s } of installations) {
        const { latencies } = await runLoad(url, { connections, milliseconds: roundMs });
        p50s.push(quantile(latencies, 0.5));
        p99s.push(quantile(latencies, 0.99));
      }
    }
    report(installations);
  } finally {
    for (const { process } of installations) await process.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Installation {
  stored: number;
  process: ServerProcess;
  url: string;
  p50s: number[];
  p99s: number[];
}

/** Publishes the flow, lets the product store one run, and multiplies that while the server is down. */
async function installation(folder: string, stored: number): Promise<Installation> {
  await mkdir(folder);
  const first = await startWeft(folder);
  const weft = await claimedWeft(first.output);
  const hook = new URL(await weft.publish(orderFlow)).pathname;
  await runLoad(`${weft.url}${hook}`, { connections: 1, milliseconds: 50 });
  await first.stop();
  fillHistory(join(folder, 'weft.sqlite'), stored);
  const process = await startWeft(folder);
  const url = `${/Weft is ready at (\S+)/.exec(process.output)?.[1]}${hook}`;
  return { stored, process, url, p50s: [], p99s: [] };
}

function report(installations: readonly Installation[]): void {
  const figure = (value: number) => Number(value.toFixed(2));
  console.table(
    installations.map(({ stored, p50s, p99s, process }) => ({
      'stored runs': stored,
      'p50 ms': figure(median(p50s)),
      'p99 ms': figure(median(p99s)),
      'peak MB': process.peakMb() ?? 'unknown',
    })),
  );
  const [short, long] = installations;
  const p50Ratio = figure(median((long?.p50s ?? []).map((p50, turn) => p50 / (short?.p50s[turn] ?? Number.NaN))));
  console.log(JSON.stringify({ bench: 'history-growth', runs: long?.stored, p50Ratio }));
}
