// Entry of `npm run restored`: installs and builds what is missing, then notes that a backup was restored.
import { ensureBuilt, ensureInstalled } from './lib/ensure.mjs';

const log = (line) => process.stderr.write(`${line}\n`);
await ensureInstalled({ log });
await ensureBuilt({ log, only: 'server' });
const { restored } = await import('../dist/src/restored.js');
await restored();
