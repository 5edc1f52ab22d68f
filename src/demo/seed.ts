import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PasswordsService } from '../access/passwords.service.js';
import type { Config } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { Ids } from '../platform/ids.js';
import { StartupFault } from '../platform/startup-fault.js';
import type { DemoSignIns } from '../start-messages.js';
import { DemoCare } from './demo-care.service.js';
import { DemoCredentials } from './demo-credentials.service.js';
import { DemoSupervision } from './demo-supervision.service.js';
import { DemoWellness } from './demo-wellness.service.js';
import { DemoService, emailOf, peerMailbox, type Seeded } from './demo.service.js';
import { ON_CALL_MAILBOX, PEERS, STAFF } from './people.js';

const PASSWORD_LENGTH = 16;

/** Everybody of the demo, and the role they have. */
const SIGN_INS: DemoSignIns['signIns'] = [
  ...STAFF.map(({ mailbox, role }) => ({ email: emailOf(mailbox), role })),
  ...PEERS.map((_, index) => ({ email: emailOf(peerMailbox(index)), role: 'peer' })),
];

/**
 * Fills an empty database with the demo organisation. Any other database is left as it is, and its own sign-ins are
 * named only when it is a demo. A real one under SEED_DEMO does not boot: what a demo leaves open would be open there.
 * The password is the configured one, or made up here and then told once.
 */
export async function seedDemo(app: NestFastifyApplication, config: Pick<Config, 'demo' | 'demoPassword'> & Partial<Pick<Config, 'mode'>>): Promise<DemoSignIns> {
  if (!config.demo) return { created: false, signIns: [] };
  const of = <T>(type: Type<T>): T => app.get(type, { strict: false });
  const password = config.demoPassword ?? of(Ids).token().slice(0, PASSWORD_LENGTH);
  const { created, demo } = await of(Database).withTx(async (tx): Promise<Seeded> => {
    const seeded = await of(DemoService).seed(tx, () => of(PasswordsService).hash(password));
    const supervisor = seeded.staff.get(ON_CALL_MAILBOX);
    if (supervisor) await of(DemoCredentials).seed(tx, seeded.peers, supervisor.accountId);
    await of(DemoCare).seed(tx, seeded.programmeIds);
    await of(DemoSupervision).seed(tx, seeded);
    if (seeded.created) await of(DemoWellness).seed(tx);
    return seeded;
  });
  if (!demo && config.mode === 'external') throw new StartupFault('SEED_DEMO is on, and this database holds no demo; leave SEED_DEMO unset, or give DATABASE_URL an empty one.');
  const madeUp = created && config.demoPassword === undefined;
  return { created, signIns: demo ? SIGN_INS : [], ...(madeUp ? { password } : {}) };
}
