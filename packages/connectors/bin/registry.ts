/**
 * Writes src/registry.gen.ts, the list of all connectors, one import per folder of src that has an index.ts, and src/loaders.gen.ts, how to load
 * each of them alone. The order is the folders' names, so the same folders give the same bytes.
 * Run by `pnpm --filter @weft/connectors run registry`; a folder may be given for tests.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '../src');
const ids = connectorFolders(folder);
write('registry.gen.ts', registryOf(ids));
write('loaders.gen.ts', loadersOf(ids));

function write(name: string, text: string): void {
  const target = join(folder, name);
  if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text);
}

function connectorFolders(root: string): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, 'index.ts')))
    .map((entry) => entry.name)
    .sort();
}

/** Static imports, so that the server's bundle has all of them from its start. */
function registryOf(ids: string[]): string {
  const name = (id: string) => id.replace(/-+(.)/g, (_dash, letter: string) => letter.toUpperCase());
  return [
    '// Written by bin/registry.ts from the folders next to it.',
    "import type { Connector } from '@weft/connector-sdk';",
    ...ids.map((id) => `import ${name(id)}Connector from './${id}/index.ts';`),
    '',
    '/** Every connector of this build, in the order of their ids. */',
    `export const connectors: Connector[] = [${ids.map((id) => `${name(id)}Connector`).join(', ')}];`,
    '',
  ].join('\n');
}

/** For a process that does calls of one connector. */
function loadersOf(ids: string[]): string {
  return [
    '// Written by bin/registry.ts from the folders next to it.',
    "import type { Connector } from '@weft/connector-sdk';",
    '',
    'export const loaders: Record<string, () => Promise<{ default: Connector }>> = {',
    ...ids.map((id) => `  '${id}': () => import('./${id}/index.ts'),`),
    '};',
    '',
  ].join('\n');
}
