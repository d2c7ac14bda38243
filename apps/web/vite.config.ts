import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const server = process.env['WEFT_SERVER'] ?? 'http://localhost:4100';
const toServer = { target: server, changeOrigin: false };

export default defineConfig({
  plugins: [react(), tailwindcss(), compressOnce()],
  server: {
    port: 5173,
    proxy: { '/api': toServer, '/hooks': toServer, '/practice': toServer },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // `light-dark()` and the like stay as written: the tokens rely on them.
    target: ['chrome125', 'edge125', 'firefox125', 'safari17.5'],
    // The page's CSP allows no data: scripts or styles; small assets stay files of their own.
    assetsInlineLimit: 0,
    reportCompressedSize: true,
    // Each file costs a request and about 800 bytes of headers: what every page needs comes in two (what others wrote changes
    // seldom and stays in caches), and the little things of several pages in one instead of a file each.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'vendor', test: /node_modules/, tags: ['$initial'], priority: 3 },
            { name: 'start', tags: ['$initial'], priority: 2 },
            { name: 'small', test: /lucide-react|zustand/, minShareCount: 2, priority: 1 },
          ],
        },
      },
    },
  },
});

/** Puts a Brotli file beside each script and style: compressed here with all the time there is, the server only reads it. */
function compressOnce(): Plugin {
  return {
    name: 'weft:compress',
    apply: 'build',
    async writeBundle({ dir }) {
      if (dir === undefined) return;
      const files = await readdir(dir, { recursive: true });
      await Promise.all(
        files.filter((file) => /\.(?:js|css|svg|html)$/.test(file)).map(async (file) => {
          const plain = await readFile(join(dir, file));
          const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
          await writeFile(join(dir, `${file}.br`), await promisify(brotliCompress)(plain, { params }));
        }),
      );
    },
  };
}
