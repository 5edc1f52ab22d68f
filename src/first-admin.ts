import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { FirstAdminService } from './access/first-admin.service.js';
import { linkOf } from './access/domain/one-time-link.js';
import { createApp } from './app.js';
import { seedDemo } from './demo/seed.js';
import { whereItIs } from './deployment.js';
import { baseUrl } from './platform/address.js';
import { loadConfig } from './platform/config.js';
import { migrate } from './platform/database/migrate.js';
import { Lifecycle } from './platform/lifecycle.js';
import { StartupFault } from './platform/startup-fault.js';
import { signInLines } from './start-messages.js';

const USAGE = `npm run first-admin -- [--email ADDRESS] [--name "NAME"] [--again]
  prints a link that works once, for 72 hours, to become the administrator of this deployment
  --again  also when there is an administrator already: for who has lost their way in`;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);
const lifecycle = new Lifecycle({ log: complain, exit: (code) => process.exit(code) });

function optionsFrom(argv: readonly string[]): { email?: string; name?: string; again: boolean } {
  try {
    const { values } = parseArgs({ args: [...argv], options: { email: { type: 'string' }, name: { type: 'string' }, again: { type: 'boolean', default: false } } });
    if (values.email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(values.email)) throw new Error('--email needs an e-mail address.');
    return { email: values.email, name: values.name?.trim() || undefined, again: values.again };
  } catch (error) {
    throw new StartupFault(`${(error as Error).message}\n\n${USAGE}`);
  }
}

async function makeLink(argv: readonly string[]): Promise<number> {
  const { email, name, again } = optionsFrom(argv);
  const settings = loadConfig();
  const { config, address } = await whereItIs(settings, lifecycle, complain);
  if (address === null) await migrate(config, complain);
  const app = await lifecycle.hold('the application', () => createApp(config, { background: false }), (held) => held.close());
  // An empty embedded database becomes the demo first, as it would at the first start: else it would hold real accounts
  // under settings that take it for a demo.
  const demo = config.demo ? await seedDemo(app, config) : null;
  if (demo?.created) signInLines(demo, config.demoPassword !== undefined).forEach(say);
  const base = config.publicUrl ?? address ?? baseUrl(config.host, config.port || 3000);
  const made = await app.get(FirstAdminService, { strict: false }).link({ email: email ?? `admin@${config.publicUrl === undefined ? 'localhost' : new URL(base).hostname}`, displayName: name ?? 'Administrator' }, again);
  if (made === 'there-is-one') {
    complain('There is an administrator already; they let others in on the page Accounts. If nobody can sign in any more, add --again.');
    return 1;
  }
  if (config.publicUrl === undefined && address === null) complain('Start Peer Dispatch before you open the link; on another port or host, change its beginning.');
  say('Open this link within 72 hours to become the administrator. It works once, for whoever has it:');
  say(linkOf(base, made.token));
  return 0;
}

/** `npm run first-admin`: ends the process, with 0 when it printed a link. */
export async function firstAdmin(argv: readonly string[]): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void lifecycle.stop(1));
  try {
    await lifecycle.stop(await makeLink(argv));
  } catch (error) {
    if (!lifecycle.stopping) complain(error instanceof StartupFault ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error));
    await lifecycle.stop(1);
  }
}
