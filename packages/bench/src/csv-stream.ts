import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, execPath } from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { csvStreamFlow } from './csv-stream/flow.ts';
import { writeOrdersCsv } from './csv-stream/orders-csv.ts';
import { runInWeft, type StreamRun } from './csv-stream/weft-stream.ts';
import { median, otherBuild } from './webhook/contest.ts';

const program = (name: string) => fileURLToPath(new URL(`./csv-stream/${name}.ts`, import.meta.url));

/**
 * A CSV file of two million orders, mapped and filtered into an NDJSON file: Weft, with its place committed as it goes, beside two
 * programs for this one job. They take turns, and a ratio is the median over the rounds; all files must be the same, byte for byte.
 * `--rows 200000` takes fewer, `--rounds 5` more turns.
 */
export async function bench(): Promise<void> {
  const { values } = parseArgs({ args: argv.slice(3), options: { rows: { type: 'string', default: '2000000' }, rounds: { type: 'string', default: '3' } } });
  const rows = Number(values.rows);
  const fewer = Math.max(1, Math.round(rows / 10));
  const folder = await mkdtemp(join(tmpdir(), 'weft-bench-'));
  const csv = join(folder, 'orders.csv');
  const shortCsv = join(folder, 'short.csv');
  const output = join(folder, 'paid.ndjson');
  try {
    await writeOrdersCsv(csv, rows);
    await writeOrdersCsv(shortCsv, fewer);
    const weft: StreamRun[] = [];
    const short: StreamRun[] = [];
    const byHand: number[] = [];
    const withLibrary: number[] = [];
    const other: number[] = [];
    const inWeft = (file: string, which: { other?: boolean } = {}) =>
      runInWeft({ folder, csv: file, flow: csvStreamFlow('orders.csv', 'paid.ndjson'), input: 'orders.csv', output: 'paid.ndjson', ...which });
    for (let round = 0; round < Number(values.rounds); round += 1) {
      byHand.push(await timeOf('hand-written', csv, output));
      const run = await inWeft(csv);
      if (Buffer.compare(await readFile(output), run.output) !== 0) throw new Error('Weft wrote another file than the hand-written program.');
      weft.push(run);
      if (otherBuild !== undefined) other.push((await inWeft(csv, { other: true })).ms);
      withLibrary.push(await timeOf('with-library', csv, output));
      short.push(await inWeft(shortCsv));
    }
    const peaks = (runs: StreamRun[]) => runs.map(({ peakRssMb }) => peakRssMb ?? Number.NaN);
    const ratio = (others: number[]) => round2(median(weft.map(({ ms }, at) => (others[at] ?? Number.NaN) / ms)));
    const figures = {
      rows,
      rowsPerSecond: Math.round(rows / (median(weft.map(({ ms }) => ms)) / 1_000)),
      ratioToHandWritten: ratio(byHand),
      ratioToLibrary: ratio(withLibrary),
      peakRssMb: Math.max(...peaks(weft)),
      rssGrowth: round2(median(peaks(weft).map((peak, at) => peak / (peaks(short)[at] ?? Number.NaN)))),
      ...(otherBuild !== undefined && { ratioToOther: ratio(other) }),
    };
    const perSecond = (ms: number[]) => Math.round(rows / (median(ms) / 1_000));
    console.table([
      { what: 'Weft, rows a second', value: figures.rowsPerSecond, target: '' },
      { what: 'written by hand for this file, rows a second', value: perSecond(byHand), target: '' },
      { what: 'written with a CSV library, rows a second', value: perSecond(withLibrary), target: '' },
      { what: 'Weft compared with the program written by hand', value: figures.ratioToHandWritten, target: '≥ 0.5' },
      { what: 'Weft compared with the program with a library', value: figures.ratioToLibrary, target: '' },
      { what: 'most memory of the whole server, MB', value: figures.peakRssMb, target: '≤ 300' },
      { what: `memory at ${rows} rows compared with ${fewer}`, value: figures.rssGrowth, target: '≤ 1.15' },
    ]);
    console.log(JSON.stringify({ bench: 'csv-stream', ...figures }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const round2 = (value: number): number => Math.round(value * 100) / 100;

/** One run of a program, milliseconds as it measures itself. */
async function timeOf(name: string, input: string, output: string): Promise<number> {
  const child = spawn(execPath, [program(name), input, output], { stdio: ['ignore', 'pipe', 'inherit'] });
  const { ms } = JSON.parse(await text(child.stdout)) as { ms: number };
  return ms;
}
