import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * A way to the database that can lose its connections as a network does: nobody is told, they stand open, and nothing
 * passes any more. Whoever connects afterwards gets through.
 */
export class WayToDatabase {
  private readonly pairs = new Map<Socket, Socket>();
  private readonly lost = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async to(databaseUrl: string): Promise<WayToDatabase> {
    const { hostname, port } = new URL(databaseUrl);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = new URL(databaseUrl);
    url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const way = new WayToDatabase(server, url.href);
    server.on('connection', (near) => way.join(near, connect(Number(port), hostname)));
    return way;
  }

  /** From now on nothing passes through the connections there are. */
  lose(): void {
    for (const [near, far] of this.pairs) {
      near.unpipe(far).resume();
      far.unpipe(near).resume();
      this.lost.add(near);
    }
  }

  /** Lost connections that the other side still holds. */
  get stillHeld(): number {
    return this.lost.size;
  }

  close(): Promise<void> {
    for (const pair of this.pairs) for (const socket of pair) socket.destroy();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private join(near: Socket, far: Socket): void {
    this.pairs.set(near, far);
    near.pipe(far).pipe(near);
    for (const socket of [near, far]) socket.on('error', () => socket.destroy());
    near.on('close', () => {
      this.lost.delete(near);
      this.pairs.delete(near);
      far.destroy();
    });
  }
}
