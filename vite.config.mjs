import { createHash } from 'node:crypto';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Pages that must open without a network; with the languages and whatever these load in turn. */
const OFFLINE = ['src/web/main.tsx', 'src/web/peer/', 'src/web/shell/', 'src/web/sign-in/', 'src/web/locales/'];

/**
 * Tells the service worker which files to keep. Its own text changes with them, which is how a browser learns that
 * there is a new version.
 */
function shellOfWorker() {
  return {
    name: 'shell-of-worker',
    enforce: 'post',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((part) => part.type === 'chunk' && part.name !== 'sw');
      const wanted = new Set();
      const take = (chunk) => {
        if (!chunk || wanted.has(chunk.fileName)) return;
        wanted.add(chunk.fileName);
        for (const file of [...(chunk.viteMetadata?.importedCss ?? []), ...(chunk.viteMetadata?.importedAssets ?? [])]) wanted.add(file);
        for (const name of chunk.imports) take(bundle[name]);
      };
      const isOffline = (id) => OFFLINE.some((part) => id.replaceAll('\\', '/').includes(part));
      for (const chunk of chunks) if (chunk.isEntry || Object.keys(chunk.modules).some(isOffline)) take(chunk);
      // No page imports it: the worker that holds the stream is built apart, whole in one file, and a page needs it to stay true.
      const stream = Object.keys(bundle).find((name) => /^assets\/stream\.worker-.*\.js$/.test(name));
      if (!stream) throw new Error('the build has no worker for the stream');
      wanted.add(stream);
      const files = [...wanted].sort().map((name) => `/${name}`);
      const version = createHash('sha256').update(Object.keys(bundle).sort().join()).digest('hex').slice(0, 12);
      const worker = Object.values(bundle).find((part) => part.type === 'chunk' && part.name === 'sw');
      if (!worker?.code.includes('SHELL_OF_THIS_BUILD')) throw new Error('the service worker asks for no shell');
      // Browsers start it as one classic script: with a part that it shares with a page it would not start at all.
      if (worker.imports.length > 0) throw new Error(`the service worker shares ${worker.imports.join(', ')} with the pages; it must be one file`);
      worker.code = worker.code.replaceAll('SHELL_OF_THIS_BUILD', JSON.stringify({ version, files }));
    },
  };
}

// `npm start` serves what this builds. While the pages are being changed: `npx vite`, beside a running server on port 3000.
export default defineConfig({
  root: 'src/web',
  plugins: [react(), shellOfWorker()],
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
