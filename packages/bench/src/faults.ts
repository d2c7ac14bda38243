import { argv } from 'node:process';
import { parseArgs } from 'node:util';
import { allFaults, casesAt } from './faults/all-faults.ts';
import { startWeftUnderTest } from './faults/weft-under-test.ts';

/**
 * Everything that can go wrong around a running Weft, tried against real processes of it: `npm run bench -- faults`.
 *
 * `--scale 0.1` tries a tenth of the cases; `--only <text>` takes the faults whose title holds it. A case fails when something
 * acknowledged is lost, an event has two runs, bad input is answered with 500, or the server needs help to recover.
 */
export async function bench(): Promise<void> {
  const { values } = parseArgs({ args: argv.slice(3), options: { scale: { type: 'string', default: '1' }, only: { type: 'string', default: '' } } });
  const scale = Number(values.scale);
  const weft = await startWeftUnderTest();
  const rows: { fault: string; cases: number; failed: number; seconds: number }[] = [];
  for (const fault of allFaults.filter(({ title }) => title.includes(values.only))) {
    const cases = casesAt(fault, scale);
    const begin = performance.now();
    weft.forget();
    const broken = await fault.run(cases, weft);
    for (const sentence of broken.slice(0, 5)) console.log(`  ${fault.title}: ${sentence}`);
    rows.push({ fault: fault.title, cases, failed: broken.length, seconds: Math.round((performance.now() - begin) / 1_000) });
    console.log(`${fault.title}: ${cases} cases, ${broken.length} failed`);
  }
  await weft.dispose();
  console.table(rows);
  const sum = (key: 'cases' | 'failed') => rows.reduce((total, row) => total + row[key], 0);
  console.log(JSON.stringify({ bench: 'faults', cases: sum('cases'), failed: sum('failed') }));
}
