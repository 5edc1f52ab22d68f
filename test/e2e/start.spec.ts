import { chmodSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
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

describe('npm start', () => {
  let dataDir: ReturnType<typeof newDataDir>;
  const running: AppProcess[] = [];
  const start = async (env: Record<string, string> = {}): Promise<AppProcess> => {
    const app = await startApp({ env: { DATA_DIR: dataDir.path, ...env } });
    running.push(app);
    return app;
  };

  // One folder for all but those that need their own: making a database takes longest.
  beforeAll(() => {
    dataDir = newDataDir();
  });
  afterEach(async () => {
    for (const app of running.splice(0)) if (runs(app.pid)) await app.kill();
  });
  afterAll(() => dataDir.remove());

  it('prints the sign-ins once and serves; SIGTERM stops it and its Postgres cleanly', async () => {
    const app = await start();
    expect((await fetch(`${app.baseUrl}/healthz`)).status).toBe(200);
    expect((await signIn(app, app.password)).status).toBe(201);
    const postgres = serverPidOf(dataDir.path);
    expect(runs(postgres)).toBe(true);
    expect(await app.stop()).toMatchObject({ code: 0, signal: null });
    expect(runs(postgres)).toBe(false);
    expect(existsSync(join(clusterOf(dataDir.path), 'postmaster.pid'))).toBe(false);
    expect(existsSync(join(dataDir.path, 'lock'))).toBe(false);

    const again = await start();
    expect(again.output()).not.toContain(app.password);
    expect((await signIn(again, app.password)).status).toBe(201);
    expect((await again.stop('SIGINT')).code).toBe(0);
  });

  it('after kill -9 keeps everything, and the next start leaves no orphan', async () => {
    const killed = await start();
    const postgres = serverPidOf(dataDir.path);
    await killed.kill();
    const next = await start();
    expect(runs(postgres)).toBe(false);
    expect(next.output()).not.toContain('printed once');
    const readyz = (await (await fetch(`${next.baseUrl}/readyz`)).json()) as { status: string };
    expect(readyz.status).toBe('ready');
    expect((await next.stop()).code).toBe(0);
  });

  it('turns a second start on the same folder away in one sentence, with the address of the first', async () => {
    const first = await start();
    const second = await runApp({ env: { DATA_DIR: dataDir.path } });
    expect(second.code).toBe(1);
    expect(second.output.trim()).toBe(`Peer Dispatch already runs on ${dataDir.path} at ${first.baseUrl} (process ${first.pid}).`);
    expect((await fetch(`${first.baseUrl}/healthz`)).status).toBe(200);
    expect((await first.stop()).code).toBe(0);
  });

  it('stops cleanly when the signal comes twice, as npm sends it', async () => {
    const app = await start();
    process.kill(app.pid, 'SIGTERM');
    expect((await app.stop('SIGTERM')).code).toBe(0);
  });

  it('closes with the keys it made readable by their owner only', async () => {
    const keys = join(dataDir.path, 'keys');
    expect(statSync(keys).mode & 0o777).toBe(0o700);
    for (const name of ['seal.key', 'exclusion.key', 'postgres.password']) expect(statSync(join(keys, name)).mode & 0o777).toBe(0o600);
  });

  it('runs twice on one machine, with different folders', async () => {
    const second = newDataDir();
    try {
      const apps = await Promise.all([start(), start({ DATA_DIR: second.path })]);
      expect(new Set(apps.map(({ baseUrl }) => baseUrl)).size).toBe(2);
      for (const app of apps) expect((await fetch(`${app.baseUrl}/healthz`)).status).toBe(200);
      expect(await Promise.all(apps.map(async (app) => (await app.stop()).code))).toEqual([0, 0]);
    } finally {
      second.remove();
    }
  });

  it('starts for the first time in a home closed to others, and opens nothing', async () => {
    const home = mkdtempSync(join(tmpdir(), 'peer-dispatch-home-'));
    chmodSync(home, 0o700);
    const inHome = join(home, '.peer-dispatch');
    try {
      const app = await startApp({ env: { HOME: home, DATA_DIR: '', DEMO_PASSWORD: 'chosen-by-the-test' } });
      running.push(app);
      expect((await signIn(app, 'chosen-by-the-test')).status).toBe(201);
      expect(app.output()).not.toContain('chosen-by-the-test');
      expect((await app.stop()).code).toBe(0);
      expect(statSync(home).mode & 0o777).toBe(0o700);
      expect(existsSync(join(inHome, 'keys', 'seal.key'))).toBe(true);
    } finally {
      rmSync(clusterOf(inHome), { recursive: true, force: true });
      rmSync(home, { recursive: true, force: true });
    }
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

  describe('with the usual ports taken', () => {
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
      expect(refused).toMatchObject({ code: 1, output: expect.stringMatching(/^Port 3000 on 127\.0\.0\.1 is taken/) });
      expect(existsSync(join(fresh, 'keys'))).toBe(false);
    });

    it('takes another port where none was chosen', async () => {
      const app = await startApp({ env: { PORT: '' } });
      running.push(app);
      expect(new URL(app.baseUrl).port).not.toBe('3000');
      expect((await fetch(`${app.baseUrl}/healthz`)).status).toBe(200);
      expect((await app.stop()).code).toBe(0);
    });
  });
});
