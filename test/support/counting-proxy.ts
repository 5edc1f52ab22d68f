import { Agent, createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands before the server as an operator's proxy would, speaks HTTP/1.1 alone, and counts the streams it carries. */
export class CountingProxy {
  /** Of the streams of events, those that are open now. */
  streams = 0;
  private readonly agent = new Agent({ keepAlive: true });

  private constructor(private readonly server: Server, private target: string) {
    server.on('request', (asked: IncomingMessage, answer: ServerResponse) => this.carry(asked, answer));
  }

  static async before(target: string): Promise<CountingProxy> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return new CountingProxy(server, target);
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The server was started again, elsewhere. */
  nowBefore(target: string): void {
    this.target = target;
  }

  close(): Promise<unknown> {
    this.agent.destroy();
    this.server.closeAllConnections();
    return new Promise((closed) => this.server.close(closed));
  }

  /** The host stays as the browser sent it: the server refuses an origin that is not its own. */
  private carry(asked: IncomingMessage, answer: ServerResponse): void {
    const { method, headers } = asked;
    const onward = request(new URL(asked.url ?? '/', this.target), { method, headers, agent: this.agent });
    onward.on('response', (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      answer.flushHeaders();
      if (String(given.headers['content-type']).startsWith('text/event-stream')) this.count(answer);
      given.on('error', () => answer.destroy());
      given.pipe(answer);
    });
    onward.on('error', () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end()));
    answer.on('close', () => onward.destroy());
    asked.pipe(onward);
  }

  private count(answer: ServerResponse): void {
    this.streams += 1;
    answer.on('close', () => (this.streams -= 1));
  }
}
