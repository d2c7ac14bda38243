import { cpSync, rmSync } from 'node:fs';
import { defineConfig } from 'rolldown';

export default defineConfig({
  input: 'src/main.ts',
  platform: 'node',
  // Native or with files of their own beside them: taken from node_modules when the server starts.
  external: ['better-sqlite3', 'pino', 'pg-native', /^@libsql\//],
  output: { dir: 'dist', format: 'esm', entryFileNames: 'main.js', chunkFileNames: '[name]-[hash].js', sourcemap: true },
  plugins: [
    {
      name: 'fresh folder, with the migrations beside the bundle',
      buildStart() {
        rmSync('dist', { recursive: true, force: true });
      },
      writeBundle() {
        cpSync('src/db/migrations', 'dist/migrations', { recursive: true });
      },
    },
  ],
});
