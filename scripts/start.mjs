#!/usr/bin/env node
// The one command: installs and builds what is missing, then becomes the server, in this same process.
import { ensureBuilt, ensureInstalled } from './lib/ensure.mjs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const say = (line) => console.log(line);

async function start() {
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`Peer Dispatch needs Node 20.19 or newer; this is ${process.versions.node}.`);
  }
  await ensureInstalled({ log: say });
  await ensureBuilt({ log: say });
}

try {
  await start();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
await import('../dist/src/main.js');
