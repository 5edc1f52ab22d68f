import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { baseUrl, choosePort, probePort } from './address.js';

describe('the address to serve on', () => {
  let other: Server;
  let taken: number;
  beforeEach(async () => {
    other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    taken = typeof address === 'object' && address ? address.port : 0;
  });
  afterEach(() => new Promise((resolve) => other.close(resolve)));

  it('lets a default port that is taken give way', async () => {
    const said: string[] = [];
    expect(await choosePort({ port: taken, portMayMove: true, host: '127.0.0.1' }, (line) => said.push(line))).toBe(0);
    expect(said).toEqual([`Port ${taken} is taken; using another one.`]);
  });

  it('refuses a chosen port that is taken', async () => {
    await expect(choosePort({ port: taken, portMayMove: false, host: '127.0.0.1' }, () => undefined)).rejects.toThrow(`Port ${taken} on 127.0.0.1 is taken`);
  });

  it('keeps a port that is free', async () => {
    const free = await probePort(0, '127.0.0.1');
    expect(await choosePort({ port: free, portMayMove: false, host: '127.0.0.1' }, () => undefined)).toBe(free);
  });

  it('refuses a host that is not this machine', async () => {
    await expect(choosePort({ port: 0, portMayMove: false, host: '192.0.2.1' }, () => undefined)).rejects.toThrow(/not an address of this machine/);
  });

  it('shows an address one can open', () => {
    expect(baseUrl('0.0.0.0', 80)).toBe('http://127.0.0.1:80');
    expect(baseUrl('::1', 80)).toBe('http://[::1]:80');
    expect(baseUrl('localhost', 80)).toBe('http://localhost:80');
  });
});
