import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env['WEFT_SERVER'] ?? 'http://localhost:4100';
const toServer = { target: server, changeOrigin: false };

export default defineConfig({
  plugins: [react(), tailwindcss()],
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
  },
});
