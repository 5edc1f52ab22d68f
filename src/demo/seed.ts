import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PasswordsService } from '../access/passwords.service.js';
import type { Config } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { Ids } from '../platform/ids.js';
import type { DemoSignIns } from '../start-messages.js';
import { DemoService, emailOf, peerMailbox } from './demo.service.js';
import { PEERS, STAFF } from './people.js';

const PASSWORD_LENGTH = 16;

/** Everybody of the demo, and the role they have. */
const SIGN_INS: DemoSignIns['signIns'] = [
  ...STAFF.map(({ mailbox, role }) => ({ email: emailOf(mailbox), role })),
  ...PEERS.map((_, index) => ({ email: emailOf(peerMailbox(index)), role: 'peer' })),
];

/**
 * Fills an empty database with the demo organisation. Any other database is left as it is, and its own sign-ins are
 * named only when it is a demo. The password is the configured one, or made up here and then told once.
 */
export async function seedDemo(app: NestFastifyApplication, config: Pick<Config, 'demo' | 'demoPassword'>): Promise<DemoSignIns> {
  if (!config.demo) return { created: false, signIns: [] };
  const of = <T>(type: Type<T>): T => app.get(type, { strict: false });
  const password = config.demoPassword ?? of(Ids).token().slice(0, PASSWORD_LENGTH);
  const { created, demo } = await of(Database).withTx((tx) => of(DemoService).seed(tx, () => of(PasswordsService).hash(password)));
  const madeUp = created && config.demoPassword === undefined;
  return { created, signIns: demo ? SIGN_INS : [], ...(madeUp ? { password } : {}) };
}
