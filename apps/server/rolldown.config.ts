import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type RolldownOptions } from 'rolldown';

const here = import.meta.dirname;

/** Comments and spaces would be read and kept in memory too; names stay, so that an error says where it came from. */
const minify = { compress: false, mangle: false, codegen: { removeWhitespace: true } } as const;

/** The program in few files that start quickly. @param folder - emptied first; below this package, where node_modules is found. */
export const bundleInto = (folder: string): RolldownOptions & { output: { dir: string } } => ({
  // The second is a program of its own, started beside the first: see query-in-process.ts of the SQL connector.
  input: { main: join(here, 'src/main.ts'), 'sqlite-query-process': '@weft/connectors/sqlite-query-process' },
  cwd: here,
  platform: 'node',
  // Native or with files of their own beside them: taken from node_modules when the server starts.
  external: ['better-sqlite3', 'pino', 'pg-native'],
  output: { dir: folder, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', sourcemap: true, minify },
  plugins: [
    {
      name: 'fresh folder, with the migrations beside the bundle',
      buildStart() {
        rmSync(folder, { recursive: true, force: true });
      },
      writeBundle() {
        cpSync(join(here, 'src/db/migrations'), join(folder, 'migrations'), { recursive: true });
      },
    },
  ],
});

export default defineConfig(bundleInto(join(here, 'dist')));
