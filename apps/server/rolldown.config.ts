import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type RolldownOptions } from 'rolldown';

const here = import.meta.dirname;

/** The program in few files that start quickly. @param folder - emptied first; below this package, where node_modules is found. */
export const bundleInto = (folder: string): RolldownOptions & { output: { dir: string } } => ({
  input: join(here, 'src/main.ts'),
  cwd: here,
  platform: 'node',
  // Native or with files of their own beside them: taken from node_modules when the server starts.
  external: ['better-sqlite3', 'pino', 'pg-native'],
  output: { dir: folder, format: 'esm', entryFileNames: 'main.js', chunkFileNames: '[name]-[hash].js', sourcemap: true },
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
