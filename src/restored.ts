import 'reflect-metadata';
import { whereItIs } from './deployment.js';
import { loadConfig } from './platform/config.js';
import { migrate } from './platform/database/migrate.js';
import { beginEpoch } from './platform/database/restored.js';
import { Lifecycle } from './platform/lifecycle.js';
import { StartupFault } from './platform/startup-fault.js';

const complain = (line: string): void => void process.stderr.write(`${line}\n`);
const lifecycle = new Lifecycle({ log: complain, exit: (code) => process.exit(code) });

/** `npm run restored`: after a backup was restored and before the server starts. Ends the process, with 0 when it is done. */
export async function restored(): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void lifecycle.stop(1));
  try {
    const { config } = await whereItIs(loadConfig(), lifecycle, complain);
    // The backup may be of an older version.
    await migrate(config, complain);
    const epoch = await beginEpoch(config.migrateDatabaseUrl);
    process.stdout.write(`The restore is noted (epoch ${epoch}). Start Peer Dispatch; open pages load everything afresh.\n`);
    await lifecycle.stop(0);
  } catch (error) {
    if (!lifecycle.stopping) complain(error instanceof StartupFault ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error));
    await lifecycle.stop(1);
  }
}
