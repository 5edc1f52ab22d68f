import { existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { processState } from '../../src/platform/process-identity.js';
import { type AppProcess, newDataDir, runApp, startApp } from '../support/app-process.js';

/** Where the database files of a DATA_DIR lie. */
const clusterOf = (dataDir: string): string => {
  const name = join(dataDir, 'cluster');
  return existsSync(name) ? readFileSync(name, 'utf8').trim() : join(dataDir, 'pgdata');
};
const serverPidOf = (dataDir: string): number => Number(readFileSync(join(clusterOf(dataDir), 'postmaster.pid'), 'utf8').split('\n')[0]);
const runs = (pid: number): boolean => processState(pid).state === 'alive';

const signIn = (app: AppProcess, password: string): Promise<Response> =>
  fetch(`${app.baseUrl}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'coordinator@demo.test', password }),
  });

const readiness = async (app: AppProcess): Promise<string> =>
  ((await (await fetch(`${app.baseUrl}/readyz`)).json()) as { status: string }).status;

/** On a fresh checkout the progress of the build stands before it. */
const lastLineOf = (output: string): string | undefined => output.trim().split('\n').at(-1);

/** Longer than a start may take, so that what does not start is ended and reported rather than left behind. */
const STARTS_WITHIN_MS = 180_000;

// Every test file here starts whole applications: these share one folder and one start where they can.
describe('npm start', () => {
  let dataDir: ReturnType<typeof newDataDir>;
  let app: AppProcess;
  const start = (env: Record<string, string> = {}): Promise<AppProcess> => startApp({ env: { DATA_DIR: dataDir.path, ...env } });

  beforeAll(async () => {
    dataDir = newDataDir();
    app = await start();
  }, STARTS_WITHIN_MS);
  afterAll(async () => {
    if (app && runs(app.pid)) await app.kill();
    dataDir.remove();
  });

  it('serves, and lets in with the password it printed', async () => {
    expect((await fetch(`${app.baseUrl}/healthz`)).status).toBe(200);
    expect(await readiness(app)).toBe('ready');
    expect((await signIn(app, app.password)).status).toBe(201);
  });

  it('makes keys that only their owner can read', () => {
    const keys = join(dataDir.path, 'keys');
    expect(statSync(keys).mode & 0o777).toBe(0o700);
    for (const name of ['seal.key', 'exclusion.key', 'postgres.password']) expect(statSync(join(keys, name)).mode & 0o777).toBe(0o600);
  });

  it('turns a second start on the same folder away in one sentence, with the address of the first', async () => {
    const second = await runApp({ env: { DATA_DIR: dataDir.path } });
    expect(second.code).toBe(1);
    expect(lastLineOf(second.output)).toBe(`Peer Dispatch already runs on ${dataDir.path} at ${app.baseUrl} (process ${app.pid}).`);
    expect(await readiness(app)).toBe('ready');
  });

  it('after kill -9 starts with everything it had, leaves no orphan, and tells the password no more', async () => {
    const { password } = app;
    const postgres = serverPidOf(dataDir.path);
    await app.kill();
    app = await start();
    expect(runs(postgres)).toBe(false);
    expect(await readiness(app)).toBe('ready');
    expect(app.output()).not.toContain(password);
    expect((await signIn(app, password)).status).toBe(201);
  }, STARTS_WITHIN_MS);

  it('stops cleanly with its Postgres, also when the signal comes twice, as npm sends it', async () => {
    const postgres = serverPidOf(dataDir.path);
    expect(runs(postgres)).toBe(true);
    process.kill(app.pid, 'SIGTERM');
    expect(await app.stop('SIGTERM')).toMatchObject({ code: 0, signal: null });
    expect(runs(postgres)).toBe(false);
    expect(existsSync(join(clusterOf(dataDir.path), 'postmaster.pid'))).toBe(false);
    expect(existsSync(join(dataDir.path, 'lock'))).toBe(false);
  });

  it('refuses to make new keys for a database whose keys are lost', async () => {
    const key = join(dataDir.path, 'keys', 'seal.key');
    renameSync(key, `${key}.backup`);
    try {
      const refused = await runApp({ env: { DATA_DIR: dataDir.path } });
      expect(refused).toMatchObject({ code: 1, output: expect.stringMatching(/seal\.key is missing/) });
      expect(existsSync(key)).toBe(false);
    } finally {
      renameSync(`${key}.backup`, key);
    }
  });

  it('tells all faults of the configuration at once and starts nothing', async () => {
    const refused = await runApp({ env: { DATA_DIR: join(dataDir.path, 'none'), PORT: 'x', APP_ROLE: 'boss' } });
    expect(refused.code).toBe(1);
    expect(refused.output).toMatch(/PORT: .*\n.*APP_ROLE: /);
    expect(existsSync(join(dataDir.path, 'none'))).toBe(false);
  });

  describe('on a machine where the usual ports are taken', () => {
    const others: Server[] = [];
    /** Holds the port if it is free; where it is not, somebody else does that for us. */
    const occupy = (port: number): Promise<void> =>
      new Promise((resolve) => {
        const server = createServer().once('error', () => resolve());
        server.listen(port, '127.0.0.1', () => {
          others.push(server);
          resolve();
        });
      });
    beforeAll(async () => {
      for (const port of [3000, 5432, 6379]) await occupy(port);
    });
    afterAll(() => Promise.all(others.map((server) => new Promise((resolve) => server.close(resolve)))));

    it('refuses a port that was chosen, before anything is started', async () => {
      const fresh = join(dataDir.path, 'never-started');
      const refused = await runApp({ env: { DATA_DIR: fresh, PORT: '3000' } });
      expect(refused).toMatchObject({ code: 1, output: expect.stringMatching(/^Port 3000 on 127\.0\.0\.1 is taken/m) });
      expect(existsSync(join(fresh, 'keys'))).toBe(false);
    });

    it('runs twice at once with different folders, on other ports, also in a home closed to others', async () => {
      const home = newDataDir(0o700);
      const inHome = join(home.path, '.peer-dispatch');
      const env = { PORT: '', DEMO_PASSWORD: 'chosen-by-the-test' };
      const started = await Promise.all([start({ PORT: '' }), startApp({ env: { ...env, HOME: home.path, DATA_DIR: '' } })]);
      const [first, second] = started;
      try {
        expect(new Set(['3000', ...started.map(({ baseUrl }) => new URL(baseUrl).port)]).size).toBe(3);
        expect(await readiness(first)).toBe('ready');
        expect((await signIn(second, env.DEMO_PASSWORD)).status).toBe(201);
        expect(second.output()).not.toContain(env.DEMO_PASSWORD);
        expect(existsSync(join(inHome, 'keys', 'seal.key'))).toBe(true);
        expect(statSync(home.path).mode & 0o777).toBe(0o700);
      } finally {
        expect((await Promise.all([first.stop('SIGINT'), second.stop('SIGHUP')])).map(({ code }) => code)).toEqual([0, 0]);
        rmSync(clusterOf(inHome), { recursive: true, force: true });
        home.remove();
      }
    }, STARTS_WITHIN_MS);
  });
});
