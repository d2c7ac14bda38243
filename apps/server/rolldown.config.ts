import { cpSync, rmSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { defineConfig, type Plugin, type RolldownOptions } from 'rolldown';

const here = import.meta.dirname;

/** Comments and spaces would be read and kept in memory too; names stay, so that an error says where it came from. */
const minify = { compress: false, mangle: false, codegen: { removeWhitespace: true } } as const;

/**
 * Importing node:http reads all of its exports, and three of them load a whole HTTP client that nothing here uses: a good part of the
 * start. Taken this way, they are left alone.
 */
const leanHttp: Plugin = {
  name: 'node:http without its WebSocket client',
  resolveId: { filter: { id: /^(node:)?http$/ }, handler: () => ({ id: '\0node-http', moduleSideEffects: false }) },
  load: {
    filter: { id: /^\0node-http$/ },
    handler: () => {
      const names = Object.keys(http).filter((name) => !['WebSocket', 'CloseEvent', 'MessageEvent'].includes(name));
      return `const http = process.getBuiltinModule('node:http');\nexport default http;\nexport const { ${names.join(', ')} } = http;\n`;
    },
  },
};

/** This server speaks HTTP/1.1; its adapter asks of every request whether it came over the other one, and loading that is a part of the start too. */
const noHttp2: Plugin = {
  name: 'no node:http2',
  resolveId: { filter: { id: /^(node:)?http2$/ }, handler: () => ({ id: '\0no-http2', moduleSideEffects: false }) },
  load: { filter: { id: /^\0no-http2$/ }, handler: () => 'export class Http2ServerRequest {}\nexport const constants = {};\n' },
};

/**
 * The program in few files that start quickly.
 * @param folder - emptied first; below this package, where node_modules is found.
 * @param more - programs that go beside it, by name.
 */
export const bundleInto = (folder: string, more: Record<string, string> = {}): RolldownOptions & { output: { dir: string } } => ({
  input: {
    main: join(here, 'src/main.ts'),
    // Started beside it: see checkpoints.ts of the substrate and watchdog.ts.
    'checkpoint-thread': join(here, 'src/substrate/sqlite/checkpoint-thread.ts'),
    'watchdog-thread': join(here, 'src/watchdog/watchdog-thread.ts'),
    ...more,
  },
  cwd: here,
  platform: 'node',
  // Native or with files of their own beside them: taken from node_modules when the server starts.
  external: ['better-sqlite3', 'pg-native'],
  output: { dir: folder, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', sourcemap: true, minify },
  plugins: [
    leanHttp,
    noHttp2,
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

/**
 * The programs of guests, one of which loads one connector and the other none: bundled for themselves, since the server loads all connectors and
 * does so from fewer files.
 * @param folder - that of the program, once it is there.
 */
export const guestInto = (folder: string): RolldownOptions & { output: { dir: string } } => {
  const { output, plugins: _own, input: _input, ...options } = bundleInto(folder);
  const input = { guest: '@weft/connectors/guest', 'mapping-guest': join(here, 'src/runtime/mappings/mapping-guest.ts') };
  return { ...options, input, output: { ...output, dir: join(folder, 'guest') } };
};

export default defineConfig([bundleInto(join(here, 'dist')), guestInto(join(here, 'dist'))]);
