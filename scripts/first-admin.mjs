// Entry of `npm run first-admin`: installs and builds what is missing, then prints the link.
import { ensureBuilt, ensureInstalled } from './lib/ensure.mjs';

const log = (line) => process.stderr.write(`${line}\n`);
await ensureInstalled({ log });
await ensureBuilt({ log, only: 'server' });
const { firstAdmin } = await import('../dist/src/first-admin.js');
await firstAdmin(process.argv.slice(2));
