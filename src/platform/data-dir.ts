import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ownIdentity, processState } from './process-identity.js';
import { StartupFault } from './startup-fault.js';

interface Holder {
  readonly pid: number;
  readonly startedAt: string | null;
  readonly address: string | null;
}

interface DataDirLock {
  /** Tells whoever finds the folder taken where to look. */
  announce(address: string): void;
  release(): void;
}

/** Makes the folder if it is missing. An existing folder keeps the permissions it has. */
export function ensureDataDir(dataDir: string): void {
  try {
    // As root the database server is another user, who has to pass through to its own sub-folder and see nothing else.
    mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  } catch (error) {
    throw new StartupFault(`DATA_DIR ${dataDir} cannot be made: ${(error as Error).message}; set DATA_DIR to a folder this user may write.`);
  }
}

export function parseHolder(text: string): Holder | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { pid, startedAt, address } = value as Record<string, unknown>;
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid < 1) return null;
  return { pid, startedAt: typeof startedAt === 'string' ? startedAt : null, address: typeof address === 'string' ? address : null };
}

/** A holder counts as alive unless it is proven gone: two servers on one folder would be worse than a wait. */
export function holderIsAlive(holder: Holder, now: ReturnType<typeof processState>): boolean {
  if (now.state !== 'alive') return false;
  return holder.startedAt === null || now.startedAt === null || holder.startedAt === now.startedAt;
}

/**
 * Takes `DATA_DIR/lock` for this process. Throws {@link StartupFault} with one sentence when a living process holds it.
 * The file is written aside and linked into place, so it is never seen half-written.
 */
export function takeDataDirLock(dataDir: string): DataDirLock {
  ensureDataDir(dataDir);
  const path = join(dataDir, 'lock');
  const mine = { ...ownIdentity(), address: null as string | null };
  const write = (address: string | null): string => {
    const aside = join(dataDir, `lock.${randomUUID()}`);
    const file = openSync(aside, 'wx', 0o644);
    writeSync(file, `${JSON.stringify({ ...mine, address })}\n`);
    fsyncSync(file);
    closeSync(file);
    return aside;
  };
  let aside: string;
  try {
    aside = write(null);
  } catch (error) {
    throw new StartupFault(`DATA_DIR ${dataDir} cannot be written: ${(error as Error).message}; set DATA_DIR to a folder this user may write.`);
  }
  try {
    while (!linked(aside, path)) clearDeadLock(dataDir, path);
  } finally {
    rmSync(aside, { force: true });
  }
  let released = false;
  return {
    announce: (address) => renameSync(write(address), path),
    release: () => {
      const holder = released ? null : parseHolder(readOrNull(path) ?? '');
      released = true;
      if (holder?.pid === mine.pid && holder.startedAt === mine.startedAt) rmSync(path, { force: true });
    },
  };
}

/** Whoever runs on this folder right now; null when nobody does. Writes nothing. */
export function livingHolder(dataDir: string): Holder | null {
  const holder = parseHolder(readOrNull(join(dataDir, 'lock')) ?? '');
  return holder && holderIsAlive(holder, processState(holder.pid)) ? holder : null;
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function clearDeadLock(dataDir: string, path: string): void {
  const found = readOrNull(path);
  if (found === null) return;
  const holder = parseHolder(found);
  if (!holder) throw new StartupFault(`The lock ${path} cannot be read; if no Peer Dispatch runs on this folder, remove it.`);
  if (holderIsAlive(holder, processState(holder.pid))) {
    const where = holder.address ? `at ${holder.address}` : 'and is still starting';
    throw new StartupFault(`Peer Dispatch already runs on ${dataDir} ${where} (process ${holder.pid}).`);
  }
  // Moved away rather than removed: if another starter was quicker, what we hold now is its lock, and it gets it back.
  const away = join(dataDir, `lock.${randomUUID()}`);
  try {
    renameSync(path, away);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readOrNull(away) !== found) linked(away, path);
  rmSync(away, { force: true });
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
