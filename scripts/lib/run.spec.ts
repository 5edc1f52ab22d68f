import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { processState } from '../../src/platform/process-identity.js';
import { run } from './run.mjs';

const node = (script: string, limits: { timeoutMs?: number; graceMs?: number; stopOn?: RegExp } = {}) =>
  run(process.execPath, ['-e', script], { timeoutMs: 20_000, ...limits });

/** Starts a grandchild that outlives whatever its parent is told, prints its pid, and waits for ever. */
const stubbornFamily = `
  const { spawn } = require('node:child_process');
  process.on('SIGTERM', () => {});
  const child = spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1e6)"], { stdio: 'ignore' });
  console.log('grandchild ' + child.pid);
  setInterval(() => {}, 1e6);`;

/** A kill takes effect a moment after it is sent; 5 s is long past that moment. */
async function endOf(pid: number): Promise<string> {
  const giveUpAt = performance.now() + 5_000;
  while (processState(pid).state === 'alive' && performance.now() < giveUpAt) await nextTurn();
  return processState(pid).state;
}

describe('running a command', () => {
  it('gives its exit code and its last words', async () => {
    const ended = await node("console.log('first'); console.error('last'); process.exitCode = 3");
    expect(ended).toMatchObject({ exitCode: 3, timedOut: false });
    expect(ended.output).toContain('first');
    expect(ended.output).toContain('last');
  });

  it('ends what runs out of time, with everything it started', async () => {
    const ended = await node(stubbornFamily, { timeoutMs: 3_000, graceMs: 200 });
    expect(ended).toMatchObject({ exitCode: null, timedOut: true });
    const pid = Number(/grandchild (\d+)/.exec(ended.output)?.[1]);
    expect(pid).toBeGreaterThan(1);
    expect(await endOf(pid)).not.toBe('alive');
  });

  it('ends what says the agreed words', async () => {
    const ended = await node("console.log('did not exit'); setInterval(() => {}, 1e6)", { stopOn: /did not exit/ });
    expect(ended).toMatchObject({ exitCode: null, timedOut: false });
  });

  it('reports a command that does not exist', async () => {
    const ended = await run('/nowhere/no-such-command', [], { timeoutMs: 1_000 });
    expect(ended.exitCode).toBeNull();
    expect(ended.output).toContain('ENOENT');
  });
});
