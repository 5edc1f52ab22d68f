import { homedir } from 'node:os';
import { join } from 'node:path';
import { ConfigFaults, loadConfig, parseNamedKey } from './config.js';
import { newVapidKeys } from './vapid.js';

const key = (id: string): string => `${id}:${Buffer.alloc(32, id).toString('base64')}`;
const external = { HOST: '127.0.0.1', DATABASE_URL: 'postgres://app@db/pd', SEAL_KEYS: key('a'), WELLNESS_SEAL_KEYS: key('w'), EXCLUSION_KEY: key('x') };
const reached = { ...external, HOST: '' };
const production = { ...reached, PUBLIC_URL: 'https://dispatch.example.org' };

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigFaults) return error.faults;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('needs nothing: an embedded database, the demo, this machine only', () => {
    expect(loadConfig({})).toMatchObject({
      mode: 'embedded', appRole: 'all', host: '127.0.0.1', port: 3000, portMayMove: true,
      dataDir: join(homedir(), '.peer-dispatch'), demo: true, production: false, trustedProxies: [],
    });
  });

  it('takes a Postgres of its own, then listens everywhere and seeds no demo', () => {
    const settings = loadConfig({ ...production, REDIS_URL: 'redis://queue:6379', APP_ROLE: 'worker', PORT: '0' });
    expect(settings).toMatchObject({ mode: 'external', appRole: 'worker', host: '0.0.0.0', port: 0, portMayMove: false, demo: false });
    expect(settings).toMatchObject({ databaseUrl: external.DATABASE_URL, migrateDatabaseUrl: external.DATABASE_URL });
  });

  it('asks staff for a second factor wherever it is not the demo, whether or not somebody thought of NODE_ENV', () => {
    const asked = (env: Record<string, string>): boolean => loadConfig(env).secondFactorForStaff;
    expect([asked({}), asked({ ...external, SEED_DEMO: 'true' }), asked(external), asked({ ...external, NODE_ENV: 'development' }), asked(production)]).toEqual([false, false, true, true, true]);
  });

  it('counts an empty or blank value as unset', () => {
    expect(loadConfig({ DATABASE_URL: '', PORT: ' ', APP_ROLE: '' })).toEqual(loadConfig({}));
  });

  it('cannot be changed once read', () => {
    expect(Object.isFrozen(loadConfig({}))).toBe(true);
    expect(Object.isFrozen(loadConfig(external))).toBe(true);
  });

  it('seals with the first key and opens with all', () => {
    const settings = loadConfig({ ...external, SEAL_KEYS: `${key('b')}, ${key('a')}` });
    expect(settings.sealKeys?.map(({ id }) => id)).toEqual(['b', 'a']);
  });

  it('takes the key pair of Web Push, and does without', () => {
    const { publicKey, privateKey } = newVapidKeys();
    expect(loadConfig({ ...external, VAPID_KEYS: `${publicKey}:${privateKey}` }).vapidKeys).toEqual({ publicKey, privateKey });
    expect(loadConfig(external).vapidKeys).toBeUndefined();
    expect(faultsOf({ ...external, VAPID_KEYS: `${publicKey}:${newVapidKeys().privateKey}` })).toEqual([expect.stringMatching(/^VAPID_KEYS:/)]);
  });

  it('takes an address to tell that all is well, which the door to the outside lets through', () => {
    expect(loadConfig({ HEARTBEAT_URL: 'https://monitor.example/beat/1' }).heartbeatUrl).toBe('https://monitor.example/beat/1');
    expect(loadConfig({}).heartbeatUrl).toBeUndefined();
    for (const address of ['http://monitor.example/', 'https://monitor.example:8443/', 'https://me:secret@monitor.example/', 'monitor.example']) {
      expect(faultsOf({ HEARTBEAT_URL: address })).toEqual([expect.stringMatching(/^HEARTBEAT_URL: must (be|start)/)]);
    }
  });

  it('opens a tilde in DATA_DIR, which a file of variables leaves as it stands', () => {
    expect(loadConfig({ DATA_DIR: '~/pd' }).dataDir).toBe(join(homedir(), 'pd'));
  });

  it('tells all faults at once', () => {
    const faults = faultsOf({ DATABASE_URL: 'mysql://db', PORT: '70000', APP_ROLE: 'boss', TRUST_PROXY: 'perhaps', PUBLIC_URL: 'ftp://x' });
    for (const name of ['DATABASE_URL', 'PORT', 'APP_ROLE', 'TRUST_PROXY', 'PUBLIC_URL', 'SEAL_KEYS', 'WELLNESS_SEAL_KEYS', 'EXCLUSION_KEY']) {
      expect(faults.filter((fault) => fault.startsWith(`${name}:`))).toHaveLength(1);
    }
  });

  it('never repeats a secret in a fault', () => {
    const secret = 'hunter2hunter2';
    const faults = faultsOf({ HOST: '127.0.0.1', DATABASE_URL: `mysql://me:${secret}@db`, SEAL_KEYS: secret, WELLNESS_SEAL_KEYS: secret, EXCLUSION_KEY: secret, REDIS_URL: secret });
    expect(faults).toHaveLength(5);
    expect(faults.join()).not.toContain(secret);
  });

  it.each([
    ['a port out of range', { PORT: '65536' }, /^PORT:/],
    ['a port that is no number', { PORT: '3000abc' }, /^PORT:/],
    ['a public address with a path', { PUBLIC_URL: 'https://x.org/app' }, /^PUBLIC_URL: .*without a path/],
    ['a seal key of the wrong length', { ...external, SEAL_KEYS: `a:${Buffer.alloc(16).toString('base64')}` }, /^SEAL_KEYS:/],
    ['a seal key without a name', { ...external, SEAL_KEYS: Buffer.alloc(32).toString('base64') }, /^SEAL_KEYS:/],
    ['two seal keys of one name', { ...external, SEAL_KEYS: `${key('a')},${key('a')}` }, /^SEAL_KEYS: .*twice/],
    ['no seal keys beside a Postgres of its own', { ...external, SEAL_KEYS: '' }, /^SEAL_KEYS: is needed/],
    ['no keys of the wellness walls beside a Postgres of its own', { ...external, WELLNESS_SEAL_KEYS: '' }, /^WELLNESS_SEAL_KEYS: is needed/],
    ['no exclusion key beside a Postgres of its own', { ...external, EXCLUSION_KEY: '' }, /^EXCLUSION_KEY: is needed/],
    ['a lone api process on the embedded database', { APP_ROLE: 'api' }, /^APP_ROLE:/],
    ['a database for migrations and none to serve', { MIGRATE_DATABASE_URL: 'postgres://db/pd' }, /^MIGRATE_DATABASE_URL:/],
    ['an embedded database without the demo', { SEED_DEMO: 'false' }, /^SEED_DEMO:/],
    ['the demo in production', { ...production, NODE_ENV: 'production', SEED_DEMO: 'true' }, /^SEED_DEMO:/],
    ['the embedded database in production', { ...production, NODE_ENV: 'production', DATABASE_URL: '' }, /^DATABASE_URL:/],
    ['a start that others reach, whether or not somebody thought of NODE_ENV, without a public address', reached, /^PUBLIC_URL: is needed/],
    ['a start at a chosen address that others reach without TLS', { ...reached, HOST: '10.0.0.7', PUBLIC_URL: 'http://dispatch.example.org' }, /^PUBLIC_URL: .*https/],
    ['said production on this machine alone without a public address', { ...external, NODE_ENV: 'production' }, /^PUBLIC_URL: is needed/],
    ['to believe whoever calls about their own address', { TRUST_PROXY: 'true' }, /^TRUST_PROXY: must be the addresses.*choose their own address/],
    ['a number of proxies, which believes whoever comes past them', { TRUST_PROXY: '1' }, /^TRUST_PROXY:/],
    ['a range of proxies that is everybody', { TRUST_PROXY: '0.0.0.0/0' }, /^TRUST_PROXY:/],
    ['a range of proxies that is none', { TRUST_PROXY: '10.0.0.0/33' }, /^TRUST_PROXY:/],
    ['production without a public address', { ...production, PUBLIC_URL: '' }, /^PUBLIC_URL:/],
    ['production without TLS', { ...production, PUBLIC_URL: 'http://dispatch.example.org' }, /^PUBLIC_URL:/],
    ['production without keys of the wellness walls', { ...production, WELLNESS_SEAL_KEYS: '' }, /^WELLNESS_SEAL_KEYS:/],
    ['production without keys', { ...production, SEAL_KEYS: '' }, /^SEAL_KEYS:/],
  ])('refuses %s', (_, env, fault) => {
    expect(faultsOf(env)).toEqual([expect.stringMatching(fault)]);
  });

  it('accepts a production with keys, TLS and no demo', () => {
    expect(loadConfig(production)).toMatchObject({ production: true, demo: false, publicUrl: 'https://dispatch.example.org' });
  });

  it('asks a demo and a start for this machine alone for no public address', () => {
    for (const env of [external, { ...external, HOST: 'localhost' }, { ...external, HOST: '::1' }, { ...reached, SEED_DEMO: 'true' }, { HOST: '0.0.0.0' }]) {
      expect(loadConfig(env)).toMatchObject({ production: false });
    }
  });

  it.each([
    ['', []], ['127.0.0.1', ['127.0.0.1']], ['10.0.0.0/8, fd00::/8', ['10.0.0.0/8', 'fd00::/8']],
  ])('believes for TRUST_PROXY=%j %j', (text, trusted) => expect(loadConfig({ TRUST_PROXY: text }).trustedProxies).toEqual(trusted));

  it('takes a key of exactly 32 bytes', () => {
    expect(parseNamedKey(key('k'))?.key).toHaveLength(32);
    expect(parseNamedKey(`k:${Buffer.alloc(33).toString('base64')}`)).toBeNull();
    expect(parseNamedKey('k:')).toBeNull();
  });
});
