import { readFileSync } from 'node:fs';
import { argv } from 'node:process';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from '@playwright/test';
import { chromiumPath } from '@weft/e2e/chromium';
import { startWeft, type WeftServer } from '@weft/e2e/server';
import { editorLoad } from './canvas/editor-load.ts';
import { type Account, signIn } from './canvas/sign-in.ts';
import { twentySteps } from './many-flows/twenty-steps.ts';
import { listLoad } from './many-flows/list-load.ts';
import { longestSilence } from './many-flows/longest-silence.ts';
import { median } from './webhook/contest.ts';

/** Long enough for what a start puts off until nobody waits. */
const idleMs = 10_000;
const rounds = 5;

/**
 * An installation with 1,000 published flows of 20 steps, half of them with webhooks and half with schedules: how soon it starts, what it
 * holds when idle, how soon its list of flows and the editor are ready, and the longest time in which the server answered nobody while
 * people opened both and published. `--flows 1000` sets how many.
 */
export async function bench(): Promise<void> {
  const { values } = parseArgs({ args: argv.slice(3), options: { flows: { type: 'string', default: '1000' } } });
  const count = Number(values.flows);
  const server = await startWeft();
  const executablePath = await chromiumPath();
  const browser = await chromium.launch({
    executablePath: executablePath || undefined,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
  });
  try {
    const account = await signIn(server);
    const flows = await published(account, count);
    await server.stop();
    const startMs = await timed(() => server.restart());
    await new Promise((resolve) => setTimeout(resolve, idleMs));
    const rssMb = rssOf(server);
    const silence = longestSilence(server.url);
    const list = await pages(browser, account, `${server.url}/w/${account.workspace}/flows`, listLoad);
    const editor = await pages(browser, account, `${server.url}/w/${account.workspace}/flows/${flows[0]}`, editorLoad);
    const publishMs: number[] = [];
    for (const flow of flows.slice(0, 20)) publishMs.push(await timed(() => account.publish(flow)));
    const figures = {
      flows: count,
      startMs: Math.round(startMs),
      rssMb: Math.round(rssMb),
      flowsPageMs: list.readyMs,
      flowsPageKb: list.dataKb,
      editorMs: editor.readyMs,
      publishMs: Math.round(median(publishMs)),
      longestStallMs: Math.round(await silence.stop()),
    };
    console.table([
      { figure: 'first answer after a start, ms', value: figures.startMs, target: '≤ 400' },
      { figure: 'memory when idle, MB', value: figures.rssMb, target: '≤ 220' },
      { figure: 'list of flows ready, ms', value: figures.flowsPageMs, target: '≤ 700' },
      { figure: 'what the list reads from the API, kB', value: figures.flowsPageKb, target: '' },
      { figure: 'editor ready, ms', value: figures.editorMs, target: '≤ 1,000' },
      { figure: 'publishing one flow, ms', value: figures.publishMs, target: '' },
      { figure: 'longest silence of the server, ms', value: figures.longestStallMs, target: '≤ 100' },
    ]);
    console.log(JSON.stringify({ bench: 'many-flows', ...figures }));
  } finally {
    await browser.close();
    await server.dispose();
  }
}

/** @returns their ids. */
async function published(account: Account, count: number): Promise<string[]> {
  const flows: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const flow = await account.create(twentySteps(index));
    await account.publish(flow);
    flows.push(flow);
  }
  return flows;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

/** The median of some visits, each with an empty cache. */
async function pages<Load extends { readyMs: number }>(
  browser: Browser,
  account: Account,
  url: string,
  load: (page: Awaited<ReturnType<Browser['newPage']>>, url: string) => Promise<Load>,
): Promise<Load> {
  const loads: Load[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'en-GB', storageState: account.state });
    try {
      loads.push(await load(await context.newPage(), url));
    } finally {
      await context.close();
    }
  }
  const middle = loads.toSorted((one, other) => one.readyMs - other.readyMs)[Math.floor(rounds / 2)];
  if (!middle) throw new Error('No page was opened.');
  return middle;
}

function rssOf(server: WeftServer): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024;
}
