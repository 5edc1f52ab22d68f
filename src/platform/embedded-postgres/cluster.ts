import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, closeSync, existsSync, lstatSync, mkdirSync, mkdtempSync, openSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ensureDataDir } from '../data-dir.js';
import { StartupFault } from '../startup-fault.js';
import { canReach, type RunAs, spawnAs, userForNewCluster, weAreRoot } from './run-as.js';
import type { Runtime } from './runtime.js';

export const SUPERUSER = 'postgres';
const MAJOR = '18';
const ROOTS_CLUSTERS = '/var/lib/peer-dispatch';

export interface Cluster {
  /** The folder with the database's files, without symbolic links on the way. */
  readonly dir: string;
  readonly runAs: RunAs;
  readonly initialised: boolean;
}

const isInitialised = (dir: string): boolean => existsSync(join(dir, 'PG_VERSION'));

/** `DATA_DIR/cluster` names the cluster where it could not lie inside DATA_DIR itself. */
function namedDir(dataDir: string): string | null {
  const name = join(dataDir, 'cluster');
  return existsSync(name) ? readFileSync(name, 'utf8').trim() : null;
}

/** Where the database of this DATA_DIR lies, or will lie. Only the name file is written. */
export function locateCluster(dataDir: string): Cluster {
  ensureDataDir(dataDir);
  const home = realpathSync(dataDir);
  const inside = join(home, 'pgdata');
  const known = namedDir(home) ?? (isInitialised(inside) ? inside : null);
  if (known && isInitialised(known)) return existing(known);
  const runAs = userForNewCluster();
  if (known) return { dir: known, runAs, initialised: false };
  if (canReach(home, runAs)) return { dir: inside, runAs, initialised: false };
  const dir = freeRootsDir(home);
  writeFileSync(join(home, 'cluster.new'), `${dir}\n`, { mode: 0o644 });
  renameSync(join(home, 'cluster.new'), join(home, 'cluster'));
  return { dir, runAs, initialised: false };
}

/** True when the records of this DATA_DIR exist already. Writes nothing. */
export function clusterExists(dataDir: string): boolean {
  const dir = namedDir(dataDir) ?? join(dataDir, 'pgdata');
  return isInitialised(dir);
}

function existing(path: string): Cluster {
  const dir = realpathSync(path);
  const version = readFileSync(join(dir, 'PG_VERSION'), 'utf8').trim();
  if (version !== MAJOR) throw new StartupFault(`The database in ${dir} is of Postgres ${version}; this version of Peer Dispatch brings Postgres ${MAJOR}.`);
  const { uid, gid } = lstatSync(dir);
  // Postgres runs only as the owner of its files, whoever that was at the first start.
  if (weAreRoot()) return { dir, runAs: { uid, gid }, initialised: true };
  if (uid !== process.getuid?.()) throw new StartupFault(`The database in ${dir} belongs to another user of this machine; start as that user, or choose another DATA_DIR.`);
  return { dir, runAs: null, initialised: true };
}

/** A folder of an earlier, deleted DATA_DIR of the same name is left alone: it may be the only copy of somebody's records. */
function freeRootsDir(home: string): string {
  const name = createHash('sha256').update(home).digest('hex').slice(0, 16);
  const taken = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  let path = join(ROOTS_CLUSTERS, name);
  for (let again = 2; taken(path); again += 1) path = join(ROOTS_CLUSTERS, `${name}-${again}`);
  return path;
}

/** Makes the database files aside and renames them into place, so that an interrupted first start is simply begun again. */
export function initialise(cluster: Cluster, runtime: Runtime, password: string): void {
  const { dir, runAs } = cluster;
  const aside = `${dir}.new`;
  if (dirname(dir) === ROOTS_CLUSTERS) mkdirSync(ROOTS_CLUSTERS, { recursive: true, mode: 0o711 });
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { mode: 0o700 });
  const secret = mkdtempSync(join(tmpdir(), 'peer-dispatch-'));
  try {
    const passwordFile = join(secret, 'password');
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (runAs) for (const path of [aside, passwordFile]) chownSync(path, runAs.uid, runAs.gid);
    // Handed over open: the temporary folder may lie where that user cannot reach it.
    const passwordInput = openSync(passwordFile, 'r');
    const ran = spawnSync(
      runtime.initdb,
      ['-D', aside, `--username=${SUPERUSER}`, '--pwfile=/dev/stdin', '--auth=scram-sha-256', '--encoding=UTF8',
        // The built-in provider sorts alike on every system, whatever locales that has.
        '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      { ...spawnAs(runAs), encoding: 'utf8', stdio: [passwordInput, 'pipe', 'pipe'] },
    );
    closeSync(passwordInput);
    if (ran.error || ran.status !== 0) {
      const why = ran.error?.message ?? (ran.stderr || ran.stdout || `signal ${ran.signal}`).trim();
      throw new StartupFault(`The embedded Postgres could not make its files in ${dir}: ${why}\nIf it does not run on this system, set DATABASE_URL to a Postgres of your own.`);
    }
    renameSync(aside, dir);
  } finally {
    rmSync(secret, { recursive: true, force: true });
    rmSync(aside, { recursive: true, force: true });
  }
}
