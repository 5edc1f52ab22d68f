import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../src/app.js';
import { loadConfig } from '../../src/platform/config.js';
import { Database } from '../../src/platform/database/database.js';
import type { Ids } from '../../src/platform/ids.js';
import { Sweep } from '../../src/platform/sweep.js';
import { newVapidKeys } from '../../src/platform/vapid.js';
import { freshDatabase, plainLogin } from './database.js';
import { Given } from './given.js';
import { Look } from './look.js';
import { MovableClock } from './movable-clock.js';

/** More rounds than any story needs; a sweep that is still busy then is going in circles. */
const MAX_ROUNDS = 200;

interface AWorld {
  /** A clock that others go by as well. */
  readonly clock?: MovableClock;
  /** Servers of the test's own that may be called. */
  readonly egressOrigins?: readonly string[];
  /** On unless said otherwise. */
  readonly push?: 'on' | 'off';
  /** True: the queue's worker and the sweep's timer run, as in production. */
  readonly background?: boolean;
  /** Off unless said otherwise: production asks for more. */
  readonly production?: boolean;
  /** Whose X-Forwarded-For is believed. */
  readonly trustedProxies?: string;
  /** Ids that come in a known order. */
  readonly ids?: Ids;
  /** The queues are on this Redis; unset: on the world's database. */
  readonly redisUrl?: string;
}

export interface World {
  readonly app: NestFastifyApplication;
  readonly clock: MovableClock;
  readonly db: Database;
  /** Sets the scene. */
  readonly given: Given;
  /** Looks at the records. */
  readonly look: Look;
  readonly databaseUrl: string;
  /** What the application logged, line by line. */
  readonly log: readonly string[];
  get<T>(service: Type<T> | symbol | string): T;
  /** Settles everything that is due by now, as the workers would. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

/** The real application on a database of its own, with a clock that stands still and, unless asked for, no queue worker and no sweep timer. */
export async function createWorld({ clock = new MovableClock(), egressOrigins, push = 'on', background = false, production = false, trustedProxies, ids, redisUrl }: AWorld = {}): Promise<World> {
  const database = await freshDatabase();
  // In production no superuser is let in.
  const login = production ? await plainLogin(database.url, ['pd_app', 'pd_wellness', 'pd_queue']) : null;
  const drop = async (): Promise<void> => {
    await login?.drop();
    await database.drop();
  };
  const log: string[] = [];
  try {
    const app = await createApp({ ...configFor(login?.url ?? database.url, push, production, trustedProxies), redisUrl }, { clock, background, egressOrigins, ids, log: { write: (line) => void log.push(line) } });
    const sweep = app.get(Sweep, { strict: false });
    const db = app.get(Database, { strict: false });
    const world: Omit<World, 'given'> = {
      app, clock, db, log,
      look: new Look(db),
      databaseUrl: database.url,
      get: (service) => app.get(service, { strict: false }),
      sweep: () => untilNothingIsDue(sweep),
      close: async () => {
        await app.close();
        await drop();
      },
    };
    return { ...world, given: new Given(world) };
  } catch (error) {
    // What went wrong first is what has to be known: an application that did not start may still hold the database.
    await drop().catch(() => undefined);
    throw error;
  }
}

/** Another process of the same deployment: its own application and pools on the world's database. */
export function secondProcess(world: World, { push = 'off' }: Pick<AWorld, 'push'> = {}): Promise<NestFastifyApplication> {
  return createApp(configFor(world.databaseUrl, push, false), { clock: world.clock, background: false, log: { write: () => undefined } });
}

/** The same application for the next test, with people and programmes of its own; what the tests before left stays behind. */
export function afresh(world: World): World {
  return { ...world, given: new Given(world, world.given.counted) };
}

async function untilNothingIsDue(sweep: Sweep): Promise<void> {
  for (let rounds = 0; rounds < MAX_ROUNDS; rounds += 1) {
    const before = sweep.lastRoundAt;
    // On a busy machine a round may run out of time before it has settled anything: only one that went through whole says so.
    if ((await sweep.round()) === 0 && sweep.lastRoundAt !== before) return;
  }
  throw new Error(`still due after ${MAX_ROUNDS} rounds`);
}

/** The same in every world: two that tell one story show one key. */
const VAPID = newVapidKeys();
const key = (id: string, fill: number): string => `${id}:${Buffer.alloc(32, fill).toString('base64')}`;

function configFor(databaseUrl: string, push: 'on' | 'off', production: boolean, trustedProxies?: string) {
  const settings = loadConfig({
    DATABASE_URL: databaseUrl, SEAL_KEYS: key('test', 1), WELLNESS_SEAL_KEYS: key('test', 3), EXCLUSION_KEY: key('test', 2), PORT: '0', HOST: '127.0.0.1',
    VAPID_KEYS: push === 'on' ? `${VAPID.publicKey}:${VAPID.privateKey}` : undefined,
    TRUST_PROXY: trustedProxies,
    ...(production ? { NODE_ENV: 'production', PUBLIC_URL: 'https://peers.example.test' } : {}),
  });
  if (settings.mode !== 'external') throw new Error('a test world stands on the test cluster');
  return { ...settings, secondFactorForStaff: production };
}
