/**
 * `pnpm new connector <id>` makes packages/connectors/src/<id>: a connector that works, to be edited.
 * Nothing else in the repository changes; the registry is written anew from the folders.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectorFiles } from './connector-files.ts';

const connectors = join(dirname(fileURLToPath(import.meta.url)), '../../connectors');
const [what, id = '', src = join(connectors, 'src')] = process.argv.slice(2);
const folder = join(src, id);

const problem = problemOf();
if (problem === undefined) {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(connectorFiles(id))) writeFileSync(join(folder, name), text);
  spawnSync(process.execPath, [join(connectors, 'bin/registry.ts'), src], { stdio: 'inherit' });
  const place = relative(process.cwd(), folder);
  console.log(`${place} is a connector that works. Edit get-item.ts and index.ts, draw icon.ts, and run its tests:\n  pnpm exec vitest run ${place}`);
} else {
  console.error(problem);
  process.exitCode = 1;
}

function problemOf(): string | undefined {
  if (what !== 'connector' || id === '') return 'Write: pnpm new connector <id>';
  if (!/^[a-z](?:-?[a-z0-9])*$/.test(id)) return `"${id}" is not an id: use lower case letters, digits and hyphens, beginning with a letter, as in "my-crm".`;
  return existsSync(folder) ? `There is a connector "${id}" already. Choose another id, or edit it.` : undefined;
}
