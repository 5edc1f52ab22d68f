import { judgeLeftBehind, parsePostmasterPid, withPid } from './postmaster-pid.js';

const file = '4711\n/data/pgdata\n1763770000\n45061\n\n127.0.0.1\n  4391   32768\nready   \n';

describe('what an earlier server left behind', () => {
  it('reads the file Postgres writes', () => {
    expect(parsePostmasterPid(file)).toEqual({ pid: 4711, port: 45061, ready: true });
  });

  it('is not ready before Postgres says so, and may still be half-written', () => {
    expect(parsePostmasterPid(file.replace('ready   ', 'starting'))?.ready).toBe(false);
    expect(parsePostmasterPid('4711\n/data/pgdata\n')).toEqual({ pid: 4711, port: null, ready: false });
  });

  it('reads the pid of a single-user server, which is written negative', () => {
    expect(parsePostmasterPid('-4711\n/data\n')?.pid).toBe(4711);
  });

  it.each(['', '\n', 'abc\n', '0\n', '1.5\n'])('finds no pid in %j', (text) => {
    expect(parsePostmasterPid(text)).toBeNull();
  });

  it('stops only what is proven to serve this very folder', () => {
    const alive = { state: 'alive', startedAt: null } as const;
    expect(judgeLeftBehind(alive, 'yes')).toBe('stop-orphan');
    expect(judgeLeftBehind(alive, 'no')).toBe('disown-pid');
    expect(judgeLeftBehind(alive, 'unknown')).toBe('refuse');
    expect(judgeLeftBehind({ state: 'zombie' }, 'no')).toBe('disown-pid');
    expect(judgeLeftBehind({ state: 'gone' }, 'no')).toBe('nothing-in-the-way');
  });

  it('changes the pid and keeps the line by which Postgres finds surviving back ends', () => {
    expect(withPid(file, 12)).toBe(file.replace('4711', '12'));
    expect(withPid('4711', 12)).toBe('12\n');
  });
});
