import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Copies what git would keep of a repository, changes that are not committed yet included, with what is generated and installed beside it. Packages
 * of the workspace lead into the copy, everything else to what is installed. The copy lies below the repository: guests may read what is
 * above them only as far as there are packages.
 * @returns a new folder; whoever asked removes it.
 */
export function copyOf(root: string): string {
  const cache = join(root, '.cache');
  mkdirSync(cache, { recursive: true });
  const copy = mkdtempSync(join(cache, 'controls-'));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8', maxBuffer: 1e8 });
  const kept = listed.split('\0').filter((file) => file !== '');
  const generated = kept.filter((file) => file.endsWith('/package.json')).flatMap((file) => generatedIn(root, dirname(file)));
  for (const file of [...kept, ...generated]) {
    // A file that was removed and not committed yet is still listed.
    if (!existsSync(join(root, file))) continue;
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file), { recursive: true, verbatimSymlinks: true });
  }
  mkdirSync(join(copy, 'node_modules'));
  for (const entry of readdirSync(join(root, 'node_modules'))) symlinkSync(join(root, 'node_modules', entry), join(copy, 'node_modules', entry));
  return copy;
}

/** What is not in git and has to be there: links to what a package needs, what is built of it, and what is generated among its sources. */
function generatedIn(root: string, folder: string): string[] {
  const sources = join(root, folder, 'src');
  const written = existsSync(sources) ? readdirSync(sources).filter((name) => name.includes('.gen.')) : [];
  return [...['node_modules', 'dist'].map((name) => join(folder, name)), ...written.map((name) => join(folder, 'src', name))];
}
