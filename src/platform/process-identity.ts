import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

/**
 * A process id alone proves nothing: ids are used again. `startedAt` is an opaque text that differs between two
 * processes that had the same id, also across a reboot; null when the system would not tell.
 */
export type ProcessState =
  | { readonly state: 'gone' }
  | { readonly state: 'zombie' }
  | { readonly state: 'alive'; readonly startedAt: string | null };

/** State letter and start (clock ticks since boot) out of `/proc/<pid>/stat`; the name in it may hold spaces and brackets. */
export function parseProcStat(stat: string): { state: string; startTicks: string } | null {
  const afterName = stat.slice(stat.lastIndexOf(')') + 1).trim().split(/\s+/);
  const [state, startTicks] = [afterName[0], afterName[19]];
  return state && startTicks ? { state, startTicks } : null;
}

export function processState(pid: number): ProcessState {
  if (!existsByPid(pid)) return { state: 'gone' };
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

function existsByPid(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function fromProc(pid: number): ProcessState {
  try {
    const stat = parseProcStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    if (!stat) return { state: 'alive', startedAt: null };
    if (stat.state === 'Z' || stat.state === 'X') return { state: 'zombie' };
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return { state: 'alive', startedAt: `${boot}/${stat.startTicks}` };
  } catch {
    // Hidden from us (hidepid), or gone in between: the signal said it exists, so it counts as alive.
    return existsByPid(pid) ? { state: 'alive', startedAt: null } : { state: 'gone' };
  }
}

function fromPs(pid: number): ProcessState {
  const line = ps(pid, 'stat=,lstart=');
  if (line === null) return existsByPid(pid) ? { state: 'alive', startedAt: null } : { state: 'gone' };
  const [, state = '', startedAt = ''] = /^(\S+)\s+(.+)$/.exec(line) ?? [];
  if (state.startsWith('Z')) return { state: 'zombie' };
  return { state: 'alive', startedAt: startedAt || null };
}

function ps(pid: number, columns: string): string | null {
  try {
    return execFileSync('ps', ['-o', columns, '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || null;
  } catch {
    return null;
  }
}

/** The identity of this very process, in the form {@link processState} gives for others. */
export function ownIdentity(): { pid: number; startedAt: string | null } {
  const own = processState(process.pid);
  return { pid: process.pid, startedAt: own.state === 'alive' ? own.startedAt : null };
}

/**
 * Whether a living process is the Postgres server of exactly this directory. `unknown` when the system hides it:
 * then nobody may be stopped.
 */
export function servesCluster(pid: number, clusterDir: string): 'yes' | 'no' | 'unknown' {
  if (process.platform !== 'linux') {
    const command = ps(pid, 'command=');
    if (command === null) return 'unknown';
    return command.includes(`postgres -D ${clusterDir} `) ? 'yes' : 'no';
  }
  try {
    const program = readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '');
    // The server changes into its data directory and stays there.
    return program.endsWith('/postgres') && readlinkSync(`/proc/${pid}/cwd`) === clusterDir ? 'yes' : 'no';
  } catch {
    return 'unknown';
  }
}
