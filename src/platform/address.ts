import { createServer } from 'node:net';
import { StartupFault } from './startup-fault.js';

/** Resolves to the port that was bound (and let go again): `port` itself, or any free one for 0. Rejects as listening would. */
export function probePort(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(port, host, () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

/** A sentence for the ways in which listening fails; null for anything else. */
export function listenFault(error: unknown, port: number, host: string): StartupFault | null {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new StartupFault(`Port ${port} on ${host} is taken; set PORT to another one, or to 0 for any free one.`);
    case 'EACCES':
      return new StartupFault(`Port ${port} needs rights this process does not have; set PORT to one above 1023.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartupFault(`HOST ${host} is not an address of this machine.`);
    default:
      return null;
  }
}

/** The port to listen on: a default that is taken gives way to any free one, a chosen one does not. */
export async function choosePort(wish: { port: number; portMayMove: boolean; host: string }, log: (line: string) => void): Promise<number> {
  try {
    await probePort(wish.port, wish.host);
    return wish.port;
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    if (!taken || !wish.portMayMove) throw listenFault(error, wish.port, wish.host) ?? error;
    log(`Port ${wish.port} is taken; using another one.`);
    return 0;
  }
}

/** What a person types into the browser: an address that stands for all interfaces is of no use there. */
export function baseUrl(host: string, port: number): string {
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
}
