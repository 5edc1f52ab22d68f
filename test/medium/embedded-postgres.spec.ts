import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { clusterExists, type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/platform/embedded-postgres/index.js';
import { processState } from '../../src/platform/process-identity.js';

const asRoot = process.getuid?.() === 0;
const quiet = (): void => undefined;

describe('the embedded Postgres', () => {
  let dataDir: string;
  const started: EmbeddedPostgres[] = [];

  const clusterDir = (): string =>
    existsSync(join(dataDir, 'cluster')) ? readFileSync(join(dataDir, 'cluster'), 'utf8').trim() : join(dataDir, 'pgdata');
  const start = async (log: (line: string) => void = quiet): Promise<EmbeddedPostgres> => {
    const server = await startEmbeddedPostgres({ dataDir, log });
    started.push(server);
    return server;
  };
  const ask = async (server: EmbeddedPostgres, sql: string): Promise<Record<string, unknown> | undefined> => {
    const client = new pg.Client({ connectionString: server.connectionString });
    await client.connect();
    try {
      return ((await client.query(sql)) as pg.QueryResult<Record<string, unknown>>).rows[0];
    } finally {
      await client.end();
    }
  };
  const serverPid = (): number => Number(readFileSync(join(clusterDir(), 'postmaster.pid'), 'utf8').split('\n')[0]);

  const freshDataDir = (mode: number): void => {
    dataDir = mkdtempSync(join(tmpdir(), 'pd-postgres-'));
    chmodSync(dataDir, mode);
  };
  const stopAll = (): Promise<void[]> => Promise.all(started.splice(0).map((server) => server.stop()));
  const removeDataDir = (): void => {
    rmSync(clusterDir(), { recursive: true, force: true });
    rmSync(dataDir, { recursive: true, force: true });
  };

  // One folder for all: making the files of a new one takes longer than everything else here.
  beforeAll(() => freshDataDir(0o711));
  afterEach(stopAll);
  afterAll(removeDataDir);

  it('begins an interrupted first start again, keeps what was written, and leaves no process behind', async () => {
    mkdirSync(`${clusterDir()}.new`);
    writeFileSync(join(`${clusterDir()}.new`, 'PG_VERSION'), '18\n');
    expect(clusterExists(dataDir)).toBe(false);
    const first = await start();
    await ask(first, 'CREATE TABLE kept AS SELECT 7 AS n');
    const pid = serverPid();
    await first.stop();
    expect(processState(pid).state).toBe('gone');
    expect(clusterExists(dataDir)).toBe(true);
    expect(existsSync(`${clusterDir()}.new`)).toBe(false);
    expect(await ask(await start(), 'SELECT n FROM kept')).toEqual({ n: 7 });
  });

  it('speaks UTF-8 and UTC, sorts alike on every system, and listens on 127.0.0.1 alone', async () => {
    const server = await start();
    expect(
      await ask(server, `SELECT current_setting('server_encoding') AS encoding, current_setting('TimeZone') AS zone,
        current_setting('listen_addresses') AS address, current_setting('unix_socket_directories') AS sockets,
        (SELECT datlocale FROM pg_database WHERE datname = current_database()) AS locale`),
    ).toEqual({ encoding: 'UTF8', zone: 'UTC', address: '127.0.0.1', sockets: '', locale: 'C.UTF-8' });
  });

  it('lets nobody in without the password, which only its owner can read', async () => {
    const server = await start();
    const url = new URL(server.connectionString);
    expect(statSync(join(dataDir, 'keys')).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDir, 'keys', 'postgres.password')).mode & 0o777).toBe(0o600);
    url.password = 'another';
    await expect(ask({ ...server, connectionString: url.href }, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('refuses to start when the password was lost, and makes no new one', async () => {
    await (await start()).stop();
    const password = join(dataDir, 'keys', 'postgres.password');
    renameSync(password, `${password}.backup`);
    await expect(start()).rejects.toThrow(/is missing; restore it from a backup/);
    expect(existsSync(password)).toBe(false);
    renameSync(`${password}.backup`, password);
    expect(await ask(await start(), 'SELECT 1 AS n')).toEqual({ n: 1 });
  });

  it('stops a server left behind on this folder, and starts with everything it had committed', async () => {
    const orphan = await start();
    await ask(orphan, 'CREATE TABLE before_orphan AS SELECT 1 AS n');
    const orphanPid = serverPid();
    const lines: string[] = [];
    const server = await start((line) => lines.push(line));
    expect(processState(orphanPid).state).toBe('gone');
    expect(lines).toEqual([`An earlier start left its database server behind (process ${orphanPid}); stopping it.`]);
    expect(await ask(server, 'SELECT n FROM before_orphan')).toEqual({ n: 1 });
  });

  it('recovers what was committed after its server was killed', async () => {
    const killed = await start();
    await ask(killed, 'CREATE TABLE committed AS SELECT 1 AS n');
    process.kill(serverPid(), 'SIGKILL');
    await killed.gone;
    expect(await ask(await start(), 'SELECT n FROM committed')).toEqual({ n: 1 });
  });

  it('never touches a stranger who has got the pid of its former server', async () => {
    await (await start()).stop();
    const stranger = spawn('sleep', ['600'], { stdio: 'ignore' });
    try {
      writeFileSync(join(clusterDir(), 'postmaster.pid'), `${stranger.pid}\n${clusterDir()}\n1700000000\n5432\n\n127.0.0.1\n 1 1\nready\n`);
      if (asRoot) chmodSync(join(clusterDir(), 'postmaster.pid'), 0o666);
      expect(await ask(await start(), 'SELECT 1 AS n')).toEqual({ n: 1 });
      expect(stranger.exitCode).toBeNull();
      expect(processState(stranger.pid ?? 0).state).toBe('alive');
    } finally {
      stranger.kill();
      await once(stranger, 'exit');
    }
  });

  it('serves two folders at once', async () => {
    const shared = dataDir;
    const first = await start();
    freshDataDir(0o711);
    const second = await start();
    await ask(first, 'CREATE TABLE only_in_the_first (n int)');
    expect(await ask(second, `SELECT to_regclass('only_in_the_first') AS found`)).toEqual({ found: null });
    await stopAll();
    removeDataDir();
    dataDir = shared;
  });

  it('under a closed home keeps its files where the user it runs as can reach them, and opens nothing', async () => {
    const shared = dataDir;
    freshDataDir(0o700);
    expect(await ask(await start(), 'SELECT 1 AS n')).toEqual({ n: 1 });
    expect(dirname(clusterDir())).toBe(asRoot ? '/var/lib/peer-dispatch' : dataDir);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(statSync(clusterDir()).uid === 0).toBe(false);
    await stopAll();
    removeDataDir();
    dataDir = shared;
  });
});
