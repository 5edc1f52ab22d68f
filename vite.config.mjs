import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// `npm start` serves what this builds. While the pages are being changed: `npx vite`, beside a running server on port 3000.
export default defineConfig({
  root: 'src/web',
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    assetsDir: 'assets',
    target: 'es2022',
    // The page's policy forbids data: scripts and fonts, and a hashed file is cached for good anyway.
    assetsInlineLimit: 0,
    reportCompressedSize: true,
    rolldownOptions: {
      input: { index: 'src/web/index.html', sw: 'src/web/sw/sw.ts' },
      // A service worker may look after the pages beside and below it only, and is asked for by this name for ever.
      output: { entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
  // The host stays as the browser sent it: the API refuses an origin that is not its own.
  server: { proxy: { '/api/v1': { target: 'http://127.0.0.1:3000', changeOrigin: false } } },
});
