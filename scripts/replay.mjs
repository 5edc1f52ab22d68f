// Entry of `npm run replay`: installs and builds what is missing, then runs the built replay.
import { ensureBuilt, ensureInstalled } from './lib/ensure.mjs';

const log = (line) => process.stderr.write(`${line}\n`);
await ensureInstalled({ log });
await ensureBuilt({ log });
const { replay } = await import('../dist/scripts/replay.js');
process.exitCode = await replay({
  argv: process.argv.slice(2),
  env: process.env,
  mappingFile: new URL('../config/replay-mapping.json', import.meta.url),
});
