import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { bundleInto, guestInto } from '../rolldown.config.ts';

const server = join(import.meta.dirname, '..');
const packages = join(server, '../../packages');
const bundles = join(server, '.cache/bundles');

/**
 * The program as people start it, bundled from the sources as they are now: it starts in a seventh of the time that the sources take.
 * Bundled once for the same sources, whoever asks; what has not been asked for in an hour goes with the next bundle.
 * @returns the folder with `main.js` and, beside it, the programs of tests that are killed.
 */
export function bundledWeft(): Promise<string> {
  return (bundled ??= bundle());
}

let bundled: Promise<string> | undefined;

async function bundle(): Promise<string> {
  const folder = join(bundles, fingerprintOfSources());
  if (existsSync(folder)) {
    utimesSync(folder, new Date(), new Date());
    return folder;
  }
  removeUnused();
  // Beside first, then renamed: nobody finds half a bundle.
  const unfinished = `${folder}.${process.pid}`;
  for (const options of [bundleInto(unfinished, { 'substrate-under-load': join(import.meta.dirname, 'substrate-under-load.ts') }), guestInto(unfinished)]) {
    const build = await rolldown(options);
    await build.write(options.output);
    await build.close();
  }
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Another process was quicker: its bundle is as good as ours.
    if (!existsSync(folder)) throw error;
    rmSync(unfinished, { recursive: true });
  }
  return folder;
}

function fingerprintOfSources(): string {
  const hash = createHash('sha256');
  const folders = [join(server, 'src'), join(server, 'test'), ...readdirSync(packages).map((name) => join(packages, name, 'src'))];
  const files = folders.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)));
  for (const file of [...files, join(server, 'rolldown.config.ts'), join(server, '../../pnpm-lock.yaml')]) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

function removeUnused(): void {
  mkdirSync(bundles, { recursive: true });
  for (const name of readdirSync(bundles)) {
    const old = statSync(join(bundles, name), { throwIfNoEntry: false });
    if (old && Date.now() - old.mtimeMs > 3_600_000) rmSync(join(bundles, name), { recursive: true, force: true });
  }
}
