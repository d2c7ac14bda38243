/**
 * Switches each control off in turn, in a copy of the repository, and lists which tests turn red. A control that no test misses is an error.
 *
 *     npm run controls                  all of them
 *     npm run controls -- 17 A10        those against these attacks
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { attacks } from './attacks.ts';
import { copyOf } from './copy-of.ts';
import { runTests, type TestResults } from './run-tests.ts';
import { misplaced, switchedOff } from './switched-off.ts';

/** Of one control; some turn whole tables of tests red. */
const maxShown = 5;

const wanted = process.argv.slice(2);
const unknown = wanted.filter((id) => !attacks.some((attack) => attack.id === id));
if (unknown.length > 0) throw new Error(`There is no attack ${unknown.join(', ')}. There are ${attacks.map(({ id }) => id).join(', ')}.`);
const controls = attacks.filter(({ id }) => wanted.length === 0 || wanted.includes(id)).flatMap(({ id, controls: all }) => all.map((control) => ({ id, ...control })));

const root = resolve(import.meta.dirname, '../..');
const problems = controls.flatMap((control) => misplaced(root, control) ?? []);
if (problems.length > 0) throw new Error(problems.join('\n'));
const copy = copyOf(root);
process.once('exit', () => rmSync(copy, { recursive: true, force: true, maxRetries: 3 }));
process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143));

const files = [...new Set(controls.flatMap(({ tests }) => tests))];
const before = await runTests(copy, files, 3_600_000);
if (before.died) throw new Error('The tests take their process with them, or come to no end, with everything switched on.');
const wasGreen = new Set(before.green);
for (const line of [...before.red, ...before.broken]) console.error(`red with everything switched on, so it counts for nothing: ${line}`);

let unguarded = 0;
for (const control of controls) {
  const file = join(copy, control.file);
  const original = readFileSync(file, 'utf8');
  writeFileSync(file, switchedOff(copy, control));
  const after = await runTests(copy, control.tests, patienceWith(control.tests));
  writeFileSync(file, original);
  console.log(`${control.id} ${control.holds} (${control.file})`);
  const told = redOf(after);
  if (told.length === 0) unguarded += 1;
  for (const line of told.length === 0 ? ['NO TEST TURNED RED'] : told) console.log(`    ${line}`);
  for (const line of after.broken) console.log(`    broken, which counts for nothing: ${line}`);
}
console.log(JSON.stringify({ controls: controls.length, guarded: controls.length - unguarded, unguarded }));
process.exitCode = unguarded === 0 && before.red.length + before.broken.length === 0 ? 0 : 1;

/** Without a control its tests may take longer, each until its own time limit: several times what they took, and as long as one limit on top. */
function patienceWith(tests: readonly string[]): number {
  return 60_000 + 4 * tests.reduce((sum, file) => sum + (before.tookMs.get(file) ?? 0), 0);
}

/** A test that turned red was green before, and ran: a file that cannot even be loaded shows that the patch is wrong, and no more. */
function redOf({ red: all, died }: TestResults): string[] {
  if (died) return ['red: the tests did not come to their end'];
  const red = all.filter((test) => wasGreen.has(test));
  const [shown, more] = [red.slice(0, maxShown), red.length - maxShown];
  return [...shown.map((test) => `red: ${test}`), ...(more > 0 ? [`red: ${more} more`] : [])];
}
