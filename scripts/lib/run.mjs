import { spawn } from 'node:child_process';

const running = new Set();
let interrupted = false;

/**
 * Runs a command in its own process group, shows its output and keeps a copy.
 * After `timeoutMs`, or once the output matches `stopOn`, the whole group is asked to end, and `graceMs` later killed.
 */
export function run(command, args, { timeoutMs, stopOn, graceMs = 5_000, cwd, env = process.env }) {
  if (interrupted) return Promise.reject(new Error('interrupted'));
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let output = '';
    let timedOut = false;
    let hardStop;
    const stop = () => {
      signalGroup(child, 'SIGTERM');
      hardStop ??= setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
    };
    const limit = setTimeout(() => {
      timedOut = true;
      stop();
    }, timeoutMs);
    for (const [from, to] of [[child.stdout, process.stdout], [child.stderr, process.stderr]]) {
      from.on('data', (chunk) => {
        output += chunk;
        to.write(chunk);
        if (stopOn?.test(output)) stop();
      });
    }
    const end = (exitCode) => {
      clearTimeout(limit);
      clearTimeout(hardStop);
      running.delete(child);
      resolve({ exitCode, output, timedOut });
    };
    child.once('error', (error) => {
      output += String(error);
      end(null);
    });
    child.once('exit', (exitCode) => {
      // What the command left behind in its group (a stray worker) must not outlive it.
      signalGroup(child, 'SIGKILL');
      // The last output arrives before 'close', but a stranger who inherited the pipes could hold that back for ever.
      const patience = setTimeout(() => end(exitCode), 2_000);
      child.once('close', () => {
        clearTimeout(patience);
        end(exitCode);
      });
    });
  });
}

/** Ctrl-C reaches only our own group: hand it on to what runs, and start nothing more. */
export function forwardSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      interrupted = true;
      for (const child of running) signalGroup(child, 'SIGTERM');
      setTimeout(() => {
        for (const child of running) signalGroup(child, 'SIGKILL');
      }, 5_000).unref();
    });
  }
}

function signalGroup(child, signal) {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
