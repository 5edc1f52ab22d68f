import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { SealKey } from './seal.js';
import { StartupFault } from './startup-fault.js';
import { parseVapidKeys, type VapidKeys } from './vapid.js';

/** Provider token of the frozen configuration. */
export const CONFIG = Symbol('config');

export interface Config {
  readonly mode: 'embedded' | 'external';
  readonly appRole: 'api' | 'worker' | 'all';
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly migrateDatabaseUrl: string;
  readonly wellnessDatabaseUrl?: string;
  readonly redisUrl?: string;
  readonly publicUrl?: string;
  /** Addresses and ranges of the proxies whose X-Forwarded-* is believed; none: nobody's. */
  readonly trustedProxies: readonly string[];
  /** The first one seals, all of them open. */
  readonly sealKeys: readonly SealKey[];
  readonly exclusionKey: SealKey;
  /** Seal what lies behind the wellness walls, and nothing else. */
  readonly wellnessSealKeys: readonly SealKey[];
  /** Unset: Web Push is off, and the board says so. */
  readonly vapidKeys?: VapidKeys;
  /** Called each minute while nothing is overdue or failing; unset: nobody outside is told. */
  readonly heartbeatUrl?: string;
  readonly demo: boolean;
  readonly demoPassword?: string;
  /** Not a demo, and not for this machine alone, or said to be so: real people lean on it. */
  readonly production: boolean;
  /** Whether staff sign in with a second factor: everywhere but in the demo, so that nobody goes without one for a setting they forgot. */
  readonly secondFactorForStaff: boolean;
}

type KnownOnceStarted = 'databaseUrl' | 'migrateDatabaseUrl' | 'sealKeys' | 'wellnessSealKeys' | 'exclusionKey' | 'wellnessDatabaseUrl';
interface HowToStart {
  /** True when PORT was not set: the default gives way when somebody else has it. */
  readonly portMayMove: boolean;
  readonly openBrowser: boolean;
}
export type EmbeddedSettings = Omit<Config, KnownOnceStarted | 'mode'> &
  HowToStart & { readonly mode: 'embedded'; readonly sealKeys?: readonly SealKey[]; readonly wellnessSealKeys?: readonly SealKey[]; readonly exclusionKey?: SealKey };
type ExternalSettings = Omit<Config, 'mode'> & HowToStart & { readonly mode: 'external' };
type Settings = EmbeddedSettings | ExternalSettings;

export class ConfigFaults extends StartupFault {
  override readonly name = 'ConfigFaults';
  constructor(readonly faults: readonly string[]) {
    super(['The configuration cannot be used:', ...faults.map((fault) => `  - ${fault}`)].join('\n'));
  }
}

const DEFAULT_PORT = 3000;
const KEY_BYTES = 32;
const namedKey = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/]{43}=)$/;

/** `id:base64` with exactly 32 bytes; null when it is anything else. */
export function parseNamedKey(text: string): SealKey | null {
  const match = namedKey.exec(text.trim());
  const [, id, base64] = match ?? [];
  if (id === undefined || base64 === undefined) return null;
  const key = Buffer.from(base64, 'base64');
  return key.length === KEY_BYTES ? { id, key } : null;
}

/** One address, or a CIDR range that is not everybody. */
function isRange(text: string): boolean {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const family = isIP(address);
  return family !== 0 && (bits === undefined || (Number(bits) >= 1 && Number(bits) <= (family === 4 ? 32 : 128)));
}

/** Nobody but this machine reaches it there. */
function isLoopback(host: string): boolean {
  return host.toLowerCase() === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

// The messages never repeat a value: most of these are secrets or carry one.
const keyForm = 'must be id:key, the key being 32 bytes in base64 (make one: openssl rand -base64 32)';
const sealKeys = z.string().transform((text, context) => {
  const keys = text.split(',').map(parseNamedKey);
  if (keys.some((key) => key === null)) context.addIssue(`each key ${keyForm}, several separated by commas`);
  const found = keys.filter((key) => key !== null);
  if (new Set(found.map((key) => key.id)).size < found.length) context.addIssue('names the same key id twice');
  return found;
});
const exclusionKey = z.string().transform((text, context) => {
  const key = parseNamedKey(text);
  if (!key) context.addIssue(keyForm);
  return key ?? z.NEVER;
});
const vapidKeys = z.string().transform((text, context) => {
  const keys = parseVapidKeys(text);
  if (!keys) context.addIssue('must be public:private, a P-256 pair in base64url (make one: npx web-push generate-vapid-keys)');
  return keys ?? z.NEVER;
});
const urlOf = (schemes: readonly string[]) =>
  z.string().refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    return url !== null && schemes.includes(url.protocol.slice(0, -1));
  }, `must be a URL that starts with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`);
const postgresUrl = urlOf(['postgres', 'postgresql']);
const publicUrl = urlOf(['https', 'http'])
  .refine((text) => !URL.canParse(text) || new URL(text).pathname === '/', 'must be an address without a path')
  .transform((text) => (URL.canParse(text) ? new URL(text).origin : text));
// Only what the egress door lets through: https on its usual port, without a name and a password in the address.
const heartbeatUrl = urlOf(['https'])
  .refine((text) => !URL.canParse(text) || new URL(text).port === '', 'must be without a port')
  .refine((text) => !URL.canParse(text) || new URL(text).username + new URL(text).password === '', 'must be without a user name or password');
// Neither true nor a number of proxies: both believe a caller who comes past the proxy.
const trustedProxies = z.string().transform((text, context) => {
  const proxies = text.split(',').map((each) => each.trim());
  if (!proxies.every(isRange)) context.addIssue('must be the addresses or ranges of the proxies in front (127.0.0.1,10.0.0.0/8); believing anybody else would let a caller choose their own address');
  return proxies;
});
const yesOrNo = z.stringbool({ error: 'must be true or false' });

const environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number from 0 (any free port) to 65535')
    .transform(Number)
    .refine((port) => port <= 65535, 'must be a port number from 0 (any free port) to 65535')
    .optional(),
  HOST: z.string().optional(),
  DATA_DIR: z.string().optional(),
  DATABASE_URL: postgresUrl.optional(),
  MIGRATE_DATABASE_URL: postgresUrl.optional(),
  WELLNESS_DATABASE_URL: postgresUrl.optional(),
  REDIS_URL: urlOf(['redis', 'rediss']).optional(),
  APP_ROLE: z.enum(['api', 'worker', 'all'], { error: 'must be api, worker or all' }).optional(),
  PUBLIC_URL: publicUrl.optional(),
  SEAL_KEYS: sealKeys.optional(),
  WELLNESS_SEAL_KEYS: sealKeys.optional(),
  EXCLUSION_KEY: exclusionKey.optional(),
  VAPID_KEYS: vapidKeys.optional(),
  HEARTBEAT_URL: heartbeatUrl.optional(),
  TRUST_PROXY: trustedProxies.optional(),
  SEED_DEMO: yesOrNo.optional(),
  DEMO_PASSWORD: z.string().optional(),
  OPEN_BROWSER: yesOrNo.optional(),
  NODE_ENV: z.string().optional(),
});
type Given = Readonly<Partial<Record<keyof typeof environment.shape, string>>>;

/** Whether a switch is on, judged from the text: the rules below also run when another variable did not parse. */
const isOn = (text: string | undefined): boolean => text !== undefined && yesOrNo.safeParse(text).data === true;
const isOff = (text: string | undefined): boolean => text !== undefined && yesOrNo.safeParse(text).data === false;

/** What nobody has to think of: a database of its own that others can reach is real, unless it says that it is the demo. */
function isProduction(given: Given): boolean {
  if (given.NODE_ENV === 'production') return true;
  return given.DATABASE_URL !== undefined && !isOn(given.SEED_DEMO) && !isLoopback(hostOf(given));
}

function hostOf({ HOST, DATABASE_URL }: Given): string {
  return HOST ?? (DATABASE_URL === undefined ? '127.0.0.1' : '0.0.0.0');
}

function faultsBetweenVariables(given: Given): string[] {
  const faults: string[] = [];
  const production = isProduction(given);
  if (given.DATABASE_URL === undefined) {
    if (production) faults.push('DATABASE_URL: is needed in production; the embedded database carries the demo');
    for (const name of ['MIGRATE_DATABASE_URL', 'WELLNESS_DATABASE_URL'] as const) {
      if (given[name] !== undefined) faults.push(`${name}: is set, but DATABASE_URL is not`);
    }
    // A lone api process on a database nobody else can reach would leave every request silent.
    if (given.APP_ROLE !== undefined && given.APP_ROLE !== 'all') {
      faults.push('APP_ROLE: the embedded database serves one process, which takes all roles; set DATABASE_URL to split them');
    }
    if (isOff(given.SEED_DEMO)) faults.push('SEED_DEMO: the embedded database always carries the demo; set DATABASE_URL to go without');
  } else {
    for (const name of ['SEAL_KEYS', 'WELLNESS_SEAL_KEYS', 'EXCLUSION_KEY'] as const) {
      if (given[name] === undefined) faults.push(`${name}: is needed with DATABASE_URL; ${keyForm}`);
    }
  }
  if (production && isOn(given.SEED_DEMO)) faults.push('SEED_DEMO: the demo has no place in production');
  if (production && (given.PUBLIC_URL === undefined || /^http:/i.test(given.PUBLIC_URL))) {
    faults.push('PUBLIC_URL: is needed and must start with https://, unless it is the demo (SEED_DEMO=true) or for this machine alone (HOST=127.0.0.1)');
  }
  return faults;
}

function dataDirOf(text: string | undefined): string {
  if (text === undefined) return join(homedir(), '.peer-dispatch');
  // A file of variables, unlike a shell, leaves the tilde as it stands.
  return text === '~' || text.startsWith('~/') ? join(homedir(), text.slice(1)) : resolve(text);
}

/** Reads the environment once. Throws {@link ConfigFaults} with every fault it finds; an empty value counts as unset. */
export function loadConfig(env: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const given: Given = Object.fromEntries(
    Object.keys(environment.shape).flatMap((name) => (env[name]?.trim() ? [[name, env[name]?.trim()]] : [])),
  );
  const parsed = environment.safeParse(given);
  const faults = [
    ...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    ...faultsBetweenVariables(given),
  ];
  if (!parsed.success || faults.length > 0) throw new ConfigFaults(faults);
  const e = parsed.data;
  const demo = e.DATABASE_URL === undefined || e.SEED_DEMO === true;
  const common = {
    appRole: e.APP_ROLE ?? 'all',
    host: hostOf(given),
    port: e.PORT ?? DEFAULT_PORT,
    portMayMove: e.PORT === undefined,
    dataDir: dataDirOf(e.DATA_DIR),
    redisUrl: e.REDIS_URL,
    publicUrl: e.PUBLIC_URL,
    trustedProxies: e.TRUST_PROXY ?? [],
    vapidKeys: e.VAPID_KEYS,
    heartbeatUrl: e.HEARTBEAT_URL,
    demo,
    demoPassword: e.DEMO_PASSWORD,
    production: isProduction(given),
    secondFactorForStaff: !demo,
    openBrowser: e.OPEN_BROWSER ?? false,
  } as const;
  if (e.DATABASE_URL === undefined) {
    return Object.freeze({ ...common, mode: 'embedded', sealKeys: e.SEAL_KEYS, wellnessSealKeys: e.WELLNESS_SEAL_KEYS, exclusionKey: e.EXCLUSION_KEY });
  }
  if (!e.SEAL_KEYS || !e.WELLNESS_SEAL_KEYS || !e.EXCLUSION_KEY) throw new ConfigFaults(['SEAL_KEYS, WELLNESS_SEAL_KEYS, EXCLUSION_KEY: are needed with DATABASE_URL']);
  return Object.freeze({
    ...common,
    mode: 'external',
    databaseUrl: e.DATABASE_URL,
    migrateDatabaseUrl: e.MIGRATE_DATABASE_URL ?? e.DATABASE_URL,
    wellnessDatabaseUrl: e.WELLNESS_DATABASE_URL,
    sealKeys: e.SEAL_KEYS,
    wellnessSealKeys: e.WELLNESS_SEAL_KEYS,
    exclusionKey: e.EXCLUSION_KEY,
  });
}

/** The configuration of an embedded process, once its database runs and its keys are at hand. Keys from the environment win. */
export function embeddedConfig(
  settings: EmbeddedSettings,
  started: { readonly databaseUrl: string; readonly sealKeys: readonly SealKey[]; readonly wellnessSealKeys: readonly SealKey[]; readonly exclusionKey: SealKey; readonly vapidKeys: VapidKeys },
): Config {
  return Object.freeze({
    ...settings,
    databaseUrl: started.databaseUrl,
    migrateDatabaseUrl: started.databaseUrl,
    sealKeys: settings.sealKeys ?? started.sealKeys,
    wellnessSealKeys: settings.wellnessSealKeys ?? started.wellnessSealKeys,
    exclusionKey: settings.exclusionKey ?? started.exclusionKey,
    vapidKeys: settings.vapidKeys ?? started.vapidKeys,
  });
}
