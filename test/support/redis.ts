import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { needs, pathOf } from './needs.js';

export interface RedisServer {
  readonly url: string;
  stop(): Promise<void>;
}

const TRIES = 3;

/** A Redis of its own on a free port, in memory only. Never the machine's. */
export async function startRedis(): Promise<RedisServer> {
  for (let tries = 1; ; tries += 1) {
    const port = await freePort();
    const server = await launch(port);
    if (server) return server;
    // Somebody else took the port between our look and Redis' own.
    if (tries >= TRIES) throw new Error(`redis-server did not start in ${TRIES} tries`);
  }
}

async function launch(port: number): Promise<RedisServer | null> {
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--daemonize', 'no'];
  const child = spawn(pathOf(needs.redisServer), options, { cwd: '/', stdio: ['ignore', 'pipe', 'inherit'] });
  return (await saysReady(child)) ? { url: `redis://127.0.0.1:${port}`, stop: () => stop(child) } : null;
}

async function saysReady(child: ChildProcess): Promise<boolean> {
  if (!child.stdout) throw new Error('redis-server has no standard output');
  for await (const line of createInterface({ input: child.stdout })) {
    if (/ready to accept connections/i.test(line)) {
      child.stdout.resume();
      return true;
    }
  }
  return false;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
