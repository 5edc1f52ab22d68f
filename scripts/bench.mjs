#!/usr/bin/env node
// Entry of `npm run bench`: builds, starts a PostgreSQL of its own with the product's settings, and measures.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt, ensureInstalled } from './lib/ensure.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const note = (line) => process.stderr.write(`${line}\n`);

await ensureInstalled({ log: note });
await ensureBuilt({ log: note, only: 'server' });
compileBench();
const { startCluster, stopCluster } = await import('../test/support/medium-cluster.mjs');
const { bench } = await import('../dist/test/bench/bench.js');

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => stopCluster().finally(() => process.exit(1)));
try {
  await startCluster({ max_connections: '200' });
  process.exitCode = await bench(process.argv.slice(2), (line) => console.log(line));
} catch (error) {
  note(error.message);
  process.exitCode = 1;
} finally {
  await stopCluster();
}

/** The bench stands beside the tests and is no part of the product, so it is compiled here, next to the built server. */
function compileBench() {
  const swc = join(root, 'node_modules/@swc/cli/bin/swc.js');
  const args = [swc, 'test/bench', 'test/support', '-d', 'dist', '--config-file', '.swcrc', '--quiet'];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the bench does not compile:\n${stderr}`);
}
