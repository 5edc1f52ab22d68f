import { Lifecycle, StoppedWhileStarting } from './lifecycle.js';

function given() {
  const happened: string[] = [];
  let exited: (code: number) => void = () => undefined;
  const exit = new Promise<number>((resolve) => (exited = resolve));
  const lifecycle = new Lifecycle({ log: (line) => happened.push(line), exit: exited }, 200);
  const hold = (name: string, closeWithinMs?: number) =>
    lifecycle.hold(name, () => name, (value) => void happened.push(`closed ${value}`), closeWithinMs);
  return { lifecycle, happened, exit, hold };
}

describe('the life cycle of a process', () => {
  it('closes in reverse order and exits cleanly', async () => {
    const { lifecycle, happened, exit, hold } = given();
    await hold('lock');
    await hold('database');
    await hold('server');
    await lifecycle.stop(0);
    expect(happened).toEqual(['closed server', 'closed database', 'closed lock']);
    expect(await exit).toBe(0);
  });

  it('closes once, however often a signal arrives', async () => {
    const { lifecycle, happened, hold } = given();
    await hold('database');
    await Promise.all([lifecycle.stop(0), lifecycle.stop(0), lifecycle.stop(0)]);
    expect(happened).toEqual(['closed database']);
  });

  it('waits for what is still starting, closes it, and starts nothing more', async () => {
    const { lifecycle, happened, exit, hold } = given();
    let up: (name: string) => void = () => undefined;
    const holding = lifecycle.hold('database', () => new Promise<string>((resolve) => (up = resolve)), (name) => void happened.push(`closed ${name}`));
    const outcome = holding.catch((error: unknown) => error);
    await Promise.resolve();
    const stopped = lifecycle.stop(0);
    up('database');
    expect(await outcome).toBeInstanceOf(StoppedWhileStarting);
    await stopped;
    await expect(hold('server')).rejects.toBeInstanceOf(StoppedWhileStarting);
    expect(happened).toEqual(['closed database']);
    expect(await exit).toBe(0);
  });

  it('closes the rest when one thing fails to close, and says so in its exit code', async () => {
    const { lifecycle, happened, exit, hold } = given();
    await hold('database');
    await lifecycle.hold('server', () => 0, () => Promise.reject(new Error('port on fire')));
    await lifecycle.stop(0);
    expect(happened).toEqual(['Closing server: port on fire', 'closed database']);
    expect(await exit).toBe(1);
  });

  it('goes on to the database when the server does not close in its time', async () => {
    const { lifecycle, happened, exit, hold } = given();
    await hold('database');
    await lifecycle.hold('server', () => 0, () => new Promise(() => undefined), 20);
    await lifecycle.stop(0);
    expect(happened).toEqual(['Closing server: still busy after 0.02 s', 'closed database']);
    expect(await exit).toBe(1);
  });

  it('leaves at the hard limit whatever still hangs', async () => {
    const { lifecycle, happened, exit } = given();
    await lifecycle.hold('database', () => 0, () => new Promise(() => undefined), 60_000);
    void lifecycle.stop(0);
    expect(await exit).toBe(1);
    expect(happened).toEqual(['Not everything closed within 0.2 s; leaving.']);
  });

  it('has nothing to close of what failed to start', async () => {
    const { lifecycle, happened, exit } = given();
    await expect(lifecycle.hold('database', () => Promise.reject(new Error('no room')), () => void happened.push('closed'))).rejects.toThrow('no room');
    await lifecycle.stop(1);
    expect(happened).toEqual([]);
    expect(await exit).toBe(1);
  });
});
