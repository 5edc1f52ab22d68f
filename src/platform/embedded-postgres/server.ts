import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { probePort } from '../address.js';
import { processState, servesCluster } from '../process-identity.js';
import { StartupFault } from '../startup-fault.js';
import type { Cluster } from './cluster.js';
import { judgeLeftBehind, parsePostmasterPid, withPid } from './postmaster-pid.js';
import { bareEnvironment, spawnAs } from './run-as.js';
import type { Runtime } from './runtime.js';

const LOOK_EVERY_MS = 20;
const READY_WITHIN_MS = 60_000;
const ENDING_SHOWS_WITHIN_MS = 2_000;
const ORPHAN_STOPS_WITHIN_MS = 30_000;
const FAST_STOP_WITHIN_MS = 4_000;
const ABORT_WITHIN_MS = 3_000;

interface Server {
  readonly port: number;
  /** Resolves when the server process is gone, asked or not. */
  readonly gone: Promise<void>;
  stop(): Promise<void>;
}

const readOrEmpty = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

async function until(condition: () => boolean, withinMs: number): Promise<boolean> {
  for (let waitedMs = 0; !condition(); waitedMs += LOOK_EVERY_MS) {
    if (waitedMs >= withinMs) return false;
    await pause(LOOK_EVERY_MS);
  }
  return true;
}

function askToStop(pid: number): void {
  try {
    process.kill(pid, 'SIGINT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** After a `kill -9` of an earlier start: stops its server if that still runs, and clears what would block ours. */
async function recoverFromEarlierStart(cluster: Cluster, log: (line: string) => void): Promise<void> {
  const path = join(cluster.dir, 'postmaster.pid');
  const text = readOrEmpty(path);
  const left = parsePostmasterPid(text);
  if (!left) return;
  const found = processState(left.pid);
  const lives = () => processState(left.pid).state === 'alive';
  switch (judgeLeftBehind(found, found.state === 'alive' ? servesCluster(left.pid, cluster.dir) : 'no')) {
    case 'nothing-in-the-way':
      return;
    case 'refuse':
      // One that is just ending shows nothing either: it is about to be gone.
      if (await until(() => !lives(), ENDING_SHOWS_WITHIN_MS)) return recoverFromEarlierStart(cluster, log);
      throw new StartupFault(`Process ${left.pid} may be a database server on ${cluster.dir}, and this system does not show whether it is; stop it, then start again.`);
    case 'stop-orphan':
      log(`An earlier start left its database server behind (process ${left.pid}); stopping it.`);
      askToStop(left.pid);
      if (!(await until(() => !lives(), ORPHAN_STOPS_WITHIN_MS))) {
        throw new StartupFault(`The database server left behind by an earlier start (process ${left.pid}) does not stop.`);
      }
      return recoverFromEarlierStart(cluster, log);
    case 'disown-pid':
      // Postgres takes its own parent's pid, which is ours, for a stale one.
      return writeFileSync(path, withPid(text, process.pid));
  }
}

/** `setpriv --pdeathsig INT` makes Linux stop the server when we die without a word (`kill -9`). */
function dyingWithUs(): readonly string[] {
  const wrapper = ['setpriv', '--pdeathsig', 'INT'];
  const works = process.platform === 'linux' && spawnSync('setpriv', ['--pdeathsig', 'INT', 'true'], { env: bareEnvironment, stdio: 'ignore' }).status === 0;
  return works ? wrapper : [];
}

const serverSettings = (port: number): Record<string, string> => ({
  listen_addresses: '127.0.0.1',
  port: String(port),
  unix_socket_directories: '',
  max_connections: '100',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Statements and row values may be somebody's story: of errors, the log gets only the fatal ones.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
});

type Attempt = { readonly outcome: 'ready'; readonly server: Server } | { readonly outcome: 'failed'; readonly why: string };

async function attempt(cluster: Cluster, runtime: Runtime, logPath: string, extra: Readonly<Record<string, string>>): Promise<Attempt> {
  const port = await probePort(0, '127.0.0.1');
  const settings = Object.entries({ ...serverSettings(port), ...extra }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [program = '', ...args] = [...dyingWithUs(), runtime.postgres, '-D', cluster.dir, ...settings];
  const output = openSync(logPath, 'w', 0o600);
  // Its own process group: Ctrl-C at the terminal reaches it only through us, after the pools are closed.
  const child = spawn(program, args, { ...spawnAs(cluster.runAs), detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  let ended = false;
  const gone = new Promise<void>((resolve) => {
    const end = () => {
      ended = true;
      resolve();
    };
    child.once('exit', end).once('error', end);
  });
  const ready = () => {
    const file = parsePostmasterPid(readOrEmpty(join(cluster.dir, 'postmaster.pid')));
    return file?.pid === child.pid && file?.port === port && file.ready;
  };
  const stop = stopper(child, gone, () => ended);
  const inTime = await until(() => ended || ready(), READY_WITHIN_MS);
  if (inTime && !ended) return { outcome: 'ready', server: { port, gone, stop } };
  await stop();
  return { outcome: 'failed', why: readOrEmpty(logPath).trim().split('\n').slice(-5).join('\n') || 'it ended without a word' };
}

/** Fast stop first; a server that hangs on is aborted, which its next start recovers from. Asking twice is asking once. */
function stopper(child: ChildProcess, gone: Promise<void>, ended: () => boolean): () => Promise<void> {
  // The last resort of a process that exits without stopping us properly.
  const onExit = () => void child.kill('SIGINT');
  process.once('exit', onExit);
  let stopping: Promise<void> | null = null;
  const stop = async () => {
    for (const [signal, withinMs] of [['SIGINT', FAST_STOP_WITHIN_MS], ['SIGQUIT', ABORT_WITHIN_MS], ['SIGKILL', ABORT_WITHIN_MS]] as const) {
      if (ended()) break;
      child.kill(signal);
      await Promise.race([gone, pause(withinMs, undefined, { ref: false })]);
    }
    process.removeListener('exit', onExit);
  };
  return () => (stopping ??= stop());
}

const PASSING = /could not bind|Address already in use|could not create any TCP\/IP sockets|pre-existing shared memory block|lock file "postmaster.pid" already exists/;
const TRIES = 20;
const BETWEEN_TRIES_MS = 250;

/**
 * Starts the server on a cluster that is ours alone. Tried again when somebody took the port in between, or while the
 * back ends of a killed server still wind down.
 */
export async function startServer(
  cluster: Cluster,
  runtime: Runtime,
  options: { readonly logPath: string; readonly settings: Readonly<Record<string, string>>; readonly log: (line: string) => void },
): Promise<Server> {
  let why = '';
  for (let tries = 0; tries < TRIES; tries += 1) {
    await recoverFromEarlierStart(cluster, options.log);
    const result = await attempt(cluster, runtime, options.logPath, options.settings);
    if (result.outcome === 'ready') return result.server;
    why = result.why;
    if (!PASSING.test(why)) break;
    await pause(BETWEEN_TRIES_MS);
  }
  throw new StartupFault(`The embedded Postgres did not start on ${cluster.dir}: ${why}`);
}
