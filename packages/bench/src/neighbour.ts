import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, execPath } from 'node:process';
import { json } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { floods } from './neighbour/floods.ts';
import { foreign } from './neighbour/foreign.ts';
import { type Installation, startInstallation } from './neighbour/installation.ts';
import { programs } from './neighbour/programs.ts';
import type { SteadyReport } from './neighbour/steady-load.ts';
import type { BadThing } from './neighbour/thing.ts';
import { orderFlow } from './webhook/flow.ts';
import { order } from './webhook/order.ts';

const loadProgram = fileURLToPath(new URL('./neighbour/steady-load.ts', import.meta.url));
/** A hundred calls a second. */
const everyMs = 10;
/** Long enough that the code that is called often has been compiled. */
const warmUpMs = 3_000;
/** A p99 below it is nobody's concern, whatever it was before, milliseconds. */
const unnoticedMs = 15;

interface Row {
  thing: string;
  done: number;
  calls: number;
  failed: number;
  p50: number;
  p99: number;
  silence: number;
  serverMb: number;
  withGuestsMb: number;
  deaths: number;
}

/**
 * What one workspace notices while a member of another one does bad things in turn, each within what the API takes: the p99 of its webhooks,
 * the longest time in which the server answered nobody, the server's memory, and how often it died. `--seconds 8` for each thing;
 * `--only text` those whose title has it.
 */
export async function bench(): Promise<void> {
  const { values } = parseArgs({ args: argv.slice(3), options: { seconds: { type: 'string', default: '8' }, only: { type: 'string', default: '' } } });
  const milliseconds = Number(values.seconds) * 1_000;
  const titles = ['nothing', ...thingsFor('').map(({ title }) => title)];
  const rows: Row[] = [];
  for (const title of titles.filter((one) => one === 'nothing' || one.includes(values.only))) rows.push(await row(title, milliseconds));
  report(rows);
}

const thingsFor = (url: string): BadThing[] => [...programs, ...foreign, ...floods({ url })];

/** In an installation of its own: what a thing has left to be done would go on beside the next one. */
async function row(title: string, milliseconds: number): Promise<Row> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'weft-neighbour-'));
  const installation = await startInstallation(dataFolder, { WEFT_FILE_SPACE_GB: '0.2' });
  try {
    const quiet = installation.member();
    const hook = await quiet.publish(orderFlow);
    await measured(installation, { thing: 'warm-up', hook, milliseconds: warmUpMs, work: undefined });
    const thing = thingsFor(installation.url).find((one) => one.title === title);
    const once = await thing?.prepare(await quiet.elsewhere('Loud'));
    const work = thing && once ? () => again(once, thing, milliseconds) : undefined;
    const found = await measured(installation, { thing: title, hook, milliseconds, work });
    await thing?.end?.();
    return found;
  } finally {
    await installation.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

/** Does a thing as often as there is time for. @returns how often. */
async function again(once: (signal: AbortSignal) => Promise<unknown>, { atOnce = 2 }: BadThing, milliseconds: number): Promise<number> {
  const end = performance.now() + milliseconds;
  const signal = AbortSignal.timeout(milliseconds + 30_000);
  let done = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() < end) {
      // Refused, cut off or timed out: all of it may happen to who does such things.
      await once(signal).catch(() => pause(50));
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return done;
}

async function measured(
  installation: Installation,
  { thing, hook, milliseconds, work }: { thing: string; hook: string; milliseconds: number; work: (() => Promise<number>) | undefined },
): Promise<Row> {
  const deathsBefore = installation.deaths();
  let serverMb = 0;
  let withGuestsMb = 0;
  const watch = setInterval(() => {
    serverMb = Math.max(serverMb, installation.rssMb());
    withGuestsMb = Math.max(withGuestsMb, installation.treeMb());
  }, 250);
  const environment = { ...process.env, BENCH_BODY: JSON.stringify(order) };
  const load = spawn(execPath, [loadProgram, hook, String(everyMs)], { env: environment, stdio: ['pipe', 'pipe', 'inherit'] });
  const report = json(load.stdout) as Promise<SteadyReport>;
  const done = work ? await Promise.race([work(), pause(milliseconds + 20_000).then(() => 0)]) : (await pause(milliseconds), 0);
  load.stdin.end();
  const { calls, failed, p50, p99, longest } = await report;
  clearInterval(watch);
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  return {
    thing,
    done,
    calls,
    failed,
    p50: tenth(p50),
    p99: tenth(p99),
    silence: Math.round(longest),
    serverMb: Math.round(serverMb),
    withGuestsMb: Math.round(withGuestsMb),
    deaths: installation.deaths() - deathsBefore,
  };
}

function report(rows: readonly Row[]): void {
  console.table(rows);
  const [quiet, ...bad] = rows;
  const most = (of: keyof Row): number => Math.max(...bad.map((row) => Number(row[of])));
  const p99 = most('p99');
  const figures = {
    p99Ratio: Math.round((p99 / (quiet?.p99 ?? Number.NaN)) * 100) / 100,
    p99Ms: p99,
    silenceMs: most('silence'),
    peakRssMb: most('serverMb'),
    withGuestsMb: most('withGuestsMb'),
    deaths: bad.reduce((sum, { deaths }) => sum + deaths, 0),
  };
  console.table([
    { figure: 'p99 of the neighbour’s calls against quiet', value: figures.p99Ratio, target: `≤ 2, or ≤ ${unnoticedMs} ms` },
    { figure: 'the same, ms', value: figures.p99Ms, target: '' },
    { figure: 'longest silence, ms', value: figures.silenceMs, target: '≤ 250' },
    { figure: 'most memory of the server, MB', value: figures.peakRssMb, target: '≤ 600' },
    { figure: 'with its guests, MB', value: figures.withGuestsMb, target: '' },
    { figure: 'deaths', value: figures.deaths, target: '0' },
  ]);
  console.log(JSON.stringify({ bench: 'neighbour', ...figures }));
}
