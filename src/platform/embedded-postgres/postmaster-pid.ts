import type { ProcessState } from '../process-identity.js';

/** `postmaster.pid` as Postgres writes it: pid, data folder, start, port, socket folder, address, shared memory, status. */
interface PostmasterPid {
  readonly pid: number;
  readonly port: number | null;
  readonly ready: boolean;
}

export function parsePostmasterPid(text: string): PostmasterPid | null {
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  // A single-user server writes its pid negative.
  if (!lines[0] || !Number.isSafeInteger(pid) || pid === 0) return null;
  const port = Number(lines[3]);
  return { pid: Math.abs(pid), port: lines[3] && Number.isSafeInteger(port) ? port : null, ready: lines[7] === 'ready' };
}

type LeftBehind =
  /** Postgres itself sees that this pid is gone. */
  | 'nothing-in-the-way'
  /** The pid belongs to a zombie or to somebody else by now; Postgres would take it for a running server. */
  | 'disown-pid'
  /** A server of exactly this folder runs without an owner. */
  | 'stop-orphan'
  /** Something lives there and the system does not show what: touch nothing. */
  | 'refuse';

export function judgeLeftBehind(found: ProcessState, serves: 'yes' | 'no' | 'unknown'): LeftBehind {
  switch (found.state) {
    case 'gone':
      return 'nothing-in-the-way';
    case 'zombie':
      return 'disown-pid';
    case 'alive':
      return serves === 'yes' ? 'stop-orphan' : serves === 'no' ? 'disown-pid' : 'refuse';
  }
}

/**
 * The same file with another pid on its first line. The rest stays: by its shared-memory line Postgres still notices
 * back ends that outlived their server, which removing the file would hide.
 */
export function withPid(text: string, pid: number): string {
  const end = text.indexOf('\n');
  return `${pid}${end < 0 ? '\n' : text.slice(end)}`;
}
