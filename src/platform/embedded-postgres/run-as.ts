import { execFileSync, spawnSync } from 'node:child_process';
import { StartupFault } from '../startup-fault.js';

/** The system user Postgres runs as. It refuses to be root, so root lends it another one; null means: as we are. */
export type RunAs = { readonly uid: number; readonly gid: number } | null;

/** Nothing of our environment (keys, passwords, PG* variables) reaches the database server. */
export const bareEnvironment = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' } as const;

/** What every child of ours gets: the right user, and a working directory that user is sure to reach. */
export const spawnAs = (runAs: RunAs) => ({ ...runAs, cwd: '/', env: bareEnvironment });

export const weAreRoot = (): boolean => process.getuid?.() === 0;

function idOf(user: string): RunAs {
  try {
    const ask = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    const found = { uid: ask('-u'), gid: ask('-g') };
    return found.uid > 0 ? found : null;
  } catch {
    return null;
  }
}

/** For a new cluster: ourselves, or as root the user `postgres`, else `nobody`. */
export function userForNewCluster(): RunAs {
  if (!weAreRoot()) return null;
  const user = idOf('postgres') ?? idOf('nobody');
  if (!user) throw new StartupFault('Postgres does not run as root, and this system has neither a user postgres nor nobody to lend it; start as an ordinary user.');
  return user;
}

/** Tried rather than computed from mode bits, so that access lists and mount options have their say. */
export function canReach(dir: string, runAs: RunAs): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', dir], { ...spawnAs(runAs), stdio: 'ignore' }).status === 0;
}
