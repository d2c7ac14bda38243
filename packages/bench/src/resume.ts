import { argv } from 'node:process';
import { parseArgs } from 'node:util';
import { killAndResume } from './resume/kill-and-resume.ts';

/** Kills a real Weft at random points while webhooks come in: `npm run bench -- resume`, fewer with `--kills 20`. */
export async function bench(): Promise<void> {
  const { values } = parseArgs({ args: argv.slice(3), options: { kills: { type: 'string', default: '200' } } });
  const figures = await killAndResume(Number(values.kills));
  console.table(
    Object.entries({
      'kills with -9': figures.kills,
      'calls acknowledged': figures.acknowledged,
      'acknowledged and lost': figures.lostAcknowledged,
      'events with two runs': figures.duplicateRuns,
      'runs that did not end': figures.unfinishedRuns,
      'effects under more than one key': figures.unstableKeys,
      'effects repeated under their key': figures.repeatedEffects,
      'integrity check': figures.integrityOk ? 'ok' : 'failed',
    }).map(([figure, value]) => ({ figure, value })),
  );
  console.log(JSON.stringify({ bench: 'resume', ...figures }));
}
