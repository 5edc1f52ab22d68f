import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const root = join(import.meta.dirname, '../..');
const READY_LINE = /^Peer Dispatch is ready at (http:\/\/\S+)$/m;
const READY_WITHIN_MS = 110_000;
const ENDED_WITHIN_MS = 45_000;

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

export interface AppProcess {
  readonly baseUrl: string;
  /** Of every demo account. */
  readonly password: string;
  readonly pid: number;
  readonly dataDir: string;
  /** Everything it has written so far, both streams. */
  output(): string;
  /** Asks it to stop (SIGTERM unless told otherwise) and waits until it is gone. */
  stop(signal?: NodeJS.Signals): Promise<Ended>;
  /** `kill -9`: no chance to clean up. */
  kill(): Promise<Ended>;
}

/** A DATA_DIR of its own. `remove` takes the database files along, which as root may lie elsewhere. */
export function newDataDir(mode = 0o711): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'peer-dispatch-'));
  chmodSync(path, mode);
  const remove = (): void => {
    const elsewhere = join(path, 'cluster');
    if (existsSync(elsewhere)) rmSync(readFileSync(elsewhere, 'utf8').trim(), { recursive: true, force: true });
    rmSync(path, { recursive: true, force: true });
  };
  return { path, remove };
}

interface Launched {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<Ended>;
}

/** What `npm start` runs, without npm, in an environment that holds nothing by chance. */
function launch(env: Readonly<Record<string, string>>): Launched {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env: { PATH, HOME, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    output,
  }));
  return { child, output: () => output, ended };
}

async function within<T>(limitMs: number, what: string, promise: Promise<T>, output: () => string): Promise<T> {
  const cancel = new AbortController();
  const late = pause(limitMs, undefined, { signal: cancel.signal }).then(() => {
    throw new Error(`${what} took more than ${limitMs / 1000} s. Output:\n${output()}`);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    cancel.abort();
    late.catch(() => undefined);
  }
}

/** Starts the app and waits for its ready line. Without DATA_DIR it gets one of its own, removed when it ends. */
export async function startApp({ env = {} }: { readonly env?: Readonly<Record<string, string>> } = {}): Promise<AppProcess> {
  const own = env.DATA_DIR === undefined && env.DATABASE_URL === undefined ? newDataDir() : null;
  const dataDir = env.DATA_DIR ?? own?.path ?? '';
  const { child, output, ended } = launch({ ...(own ? { DATA_DIR: own.path } : {}), ...env });
  const ready = new Promise<string>((resolve) => {
    const look = (): void => {
      const url = READY_LINE.exec(output())?.[1];
      if (url) resolve(url);
    };
    child.stdout?.on('data', look);
  });
  const failed = ended.then(() => {
    throw new Error(`the app ended before it was ready:\n${output()}`);
  });
  const end = async (signal: NodeJS.Signals): Promise<Ended> => {
    child.kill(signal);
    const result = await within(ENDED_WITHIN_MS, `ending after ${signal}`, ended, output);
    own?.remove();
    return result;
  };
  try {
    const baseUrl = await within(READY_WITHIN_MS, 'the start', Promise.race([ready, failed]), output);
    failed.catch(() => undefined);
    const printed = /^ +password +(\S+) +\(printed once/m.exec(output())?.[1];
    return {
      baseUrl, password: env.DEMO_PASSWORD ?? printed ?? '', pid: child.pid ?? 0, dataDir, output,
      stop: (signal = 'SIGTERM') => end(signal),
      kill: () => end('SIGKILL'),
    };
  } catch (error) {
    if (child.exitCode === null) await end('SIGKILL');
    own?.remove();
    throw error;
  }
}

/** Starts the app where it is expected to end by itself. */
export async function runApp({ env }: { readonly env: Readonly<Record<string, string>> }): Promise<Ended> {
  const { child, output, ended } = launch(env);
  try {
    return await within(READY_WITHIN_MS, 'ending by itself', ended, output);
  } finally {
    if (child.exitCode === null) child.kill('SIGKILL');
  }
}
