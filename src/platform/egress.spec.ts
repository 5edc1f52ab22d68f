import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Egress, isInside } from './egress.js';

const PUSH_SERVICES = ['fcm.googleapis.com', '*.push.services.mozilla.com'];

describe('what may be called', () => {
  const egress = new Egress(PUSH_SERVICES);
  it.each(['https://fcm.googleapis.com/fcm/send/abc', 'https://updates.push.services.mozilla.com/wpush/v2/abc', 'https://fcm.googleapis.com:443/x'])(
    'is %s', (address) => expect(egress.allows(address)).toBe(true),
  );

  it.each([
    'http://fcm.googleapis.com/fcm/send/abc', 'https://fcm.googleapis.com:8443/x', 'https://fcm.googleapis.com.evil.example/x', 'https://evilfcm.googleapis.com/x',
    'https://x.fcm.googleapis.com/x', 'https://push.services.mozilla.com/x', 'https://.push.services.mozilla.com/x', 'https://me:secret@fcm.googleapis.com/x',
    'https://fcm.googleapis.com@evil.example/x', 'https://127.0.0.1/x', 'https://[::1]/x', 'https://169.254.169.254/latest/meta-data', 'https://localhost/x',
    'file:///etc/passwd', 'ftp://fcm.googleapis.com/x', 'fcm.googleapis.com', '', 'https://',
  ])('is not %s', (address) => expect(egress.allows(address)).toBe(false));

  it.each([['10.1.2.3', 4], ['127.0.0.1', 4], ['169.254.169.254', 4], ['192.168.0.1', 4], ['172.31.0.1', 4], ['::1', 6], ['::ffff:10.0.0.1', 6], ['fd00::1', 6], ['fe80::1', 6]])(
    'is never inside our walls: %s', (address, family) => expect(isInside({ address, family })).toBe(true),
  );

  it.each([['142.250.80.10', 4], ['172.32.0.1', 4], ['2a00:1450:4001::1', 6]])('may be on the open internet: %s', (address, family) => {
    expect(isInside({ address, family })).toBe(false);
  });
});

describe('a call', () => {
  let server: Server;
  let origin: string;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  const post = (egress: Egress, address: string, signal?: AbortSignal) => egress.post(address, { headers: { ttl: '5' }, body: Buffer.from('text'), signal });

  beforeAll(async () => {
    server = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('tells the status and how long to wait', async () => {
    answer = (_, response) => response.writeHead(429, { 'retry-after': '7' }).end('later');
    expect(await post(new Egress([], [origin]), `${origin}/x`)).toEqual({ status: 429, retryAfter: '7' });
  });

  it('follows no redirect', async () => {
    const seen: string[] = [];
    answer = (request, response) => {
      seen.push(request.url ?? '');
      response.writeHead(307, { location: `${origin}/elsewhere` }).end();
    };
    expect(await post(new Egress([], [origin]), `${origin}/x`)).toMatchObject({ status: 307 });
    expect(seen).toEqual(['/x']);
  });

  it('is not made to what is not on the list', async () => {
    answer = () => {
      throw new Error('called');
    };
    await expect(post(new Egress(PUSH_SERVICES), `${origin}/x`)).rejects.toMatchObject({ reason: 'not-allowed' });
  });

  it('is not made when an allowed name points inside', async () => {
    await expect(post(new Egress(['localhost']), 'https://localhost/x')).rejects.toMatchObject({ reason: 'unreachable' });
  });

  it('does not swallow an endless answer', async () => {
    let closed: Promise<unknown> = Promise.resolve();
    answer = (_, response) => {
      closed = once(response, 'close');
      response.writeHead(201);
      const pour = (): boolean => response.destroyed || response.write(Buffer.alloc(64 * 1024), pour);
      pour();
    };
    expect(await post(new Egress([], [origin]), `${origin}/x`)).toMatchObject({ status: 201 });
    await closed;
  });

  it('ends when it is given up', async () => {
    const giveUp = new AbortController();
    answer = () => giveUp.abort();
    await expect(post(new Egress([], [origin]), `${origin}/x`, giveUp.signal)).rejects.toMatchObject({ reason: 'unreachable' });
  });

  it('says so when nobody answers', async () => {
    await expect(post(new Egress([], ['http://127.0.0.1:1']), 'http://127.0.0.1:1/x')).rejects.toMatchObject({ reason: 'unreachable' });
  });
});
