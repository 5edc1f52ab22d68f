import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { setImmediate as later } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { TickSocket } from './tick-socket.js';

/** Notes what would be sent together instead of sending it. */
class NotedSocket extends TickSocket {
  readonly sends: string[] = [];

  override _writev(chunks: readonly { readonly chunk: unknown }[], done: () => void): void {
    this.sends.push(chunks.map(({ chunk }) => String(chunk)).join(' '));
    done();
  }
}

let server: Server;
let socket: NotedSocket;
beforeEach(async () => {
  server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  socket = new NotedSocket();
  await once(socket.connect((server.address() as AddressInfo).port, '127.0.0.1'), 'connect');
});
afterEach(() => {
  socket.destroy();
  server.close();
});

/** As pg writes one statement. */
function say(...parts: readonly string[]): void {
  socket.cork();
  for (const part of parts) socket.write(part);
  socket.uncork();
}

it('what is said in one tick is sent at once, in the order it was said', async () => {
  say('parse', 'bind');
  say('bind again', 'execute');
  await later();
  expect(socket.sends).toEqual(['parse bind bind again execute']);
});

it('what is said later is not held back', async () => {
  for (const statement of ['one', 'two']) {
    say('bind', statement);
    await later();
  }
  expect(socket.sends).toEqual(['bind one', 'bind two']);
});
