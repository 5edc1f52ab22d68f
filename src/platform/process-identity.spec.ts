import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ownIdentity, parseProcStat, processState, servesCluster } from './process-identity.js';

describe('the identity of a process', () => {
  it('finds state and start behind a name with spaces and brackets', () => {
    const fields = Array.from({ length: 49 }, (_, n) => String(n + 4));
    expect(parseProcStat(`42 (a (b) c) S ${fields.join(' ')}`)).toEqual({ state: 'S', startTicks: '22' });
    expect(parseProcStat('')).toBeNull();
  });

  it('tells this process alive, always with the same start', () => {
    expect(processState(process.pid)).toEqual({ state: 'alive', startedAt: ownIdentity().startedAt });
    expect(ownIdentity().startedAt).not.toBeNull();
  });

  it('tells an ended process gone', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    expect(processState(child.pid ?? 0)).toEqual({ state: 'gone' });
  });

  it('does not take this process for a database server', () => {
    expect(servesCluster(process.pid, process.cwd())).toBe('no');
  });
});
