import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { APP_SESSION } from '../../src/platform/database/data-source.js';
import type { World } from '../support/world.js';

/** A statement as it went to the database, to be sent again just so. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: unknown[];
}

type Query = (this: pg.Client, said: string | Statement, values?: unknown[]) => Promise<pg.QueryResult>;

/** Writes down what the application says to its database, for whoever asks for it, in the order it was said. */
export class Recorder {
  private readonly listening = new AsyncLocalStorage<Statement[]>();

  private constructor() {}

  /** Begin with this: connections that are open already are cut, and those opened from now on are heard. */
  static async of(world: World): Promise<Recorder> {
    const recorder = new Recorder();
    const { master } = world.app.get(DataSource, { strict: false }).driver as unknown as { master: pg.Pool };
    master.on('connect', (client) => recorder.hear(client as unknown as { query: Query }));
    await cutConnections(world.databaseUrl);
    return recorder;
  }

  /** Everything said while `work` runs, whatever else runs beside it. */
  async during<T>(work: () => Promise<T>): Promise<{ tape: Statement[]; result: T }> {
    const tape: Statement[] = [];
    const result = await this.listening.run(tape, work);
    return { tape, result };
  }

  private hear(client: { query: Query }): void {
    const { query } = client;
    const { listening } = this;
    client.query = function heard(this: pg.Client, said, values) {
      listening.getStore()?.push(typeof said === 'string' ? { text: said, ...(values?.length ? { values } : {}) } : said);
      return query.call(this, said, values);
    };
  }
}

/** The same database once more, as it is now; the copy is dropped by its owner. */
export async function twinOf(world: World): Promise<{ url: string; drop(): Promise<void> }> {
  const url = new URL(world.databaseUrl);
  const name = url.pathname.slice(1);
  const twin = `${name}_twin`;
  await cutConnections(world.databaseUrl);
  await asAdmin((client) => client.query(`CREATE DATABASE ${twin} TEMPLATE ${name}`));
  url.pathname = `/${twin}`;
  return { url: url.href, drop: async () => void (await asAdmin((client) => client.query(`DROP DATABASE ${twin}`))) };
}

/** A plain connection that is what the application's are. */
export async function bareClient(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, options: APP_SESSION });
  await client.connect();
  return client;
}

export async function play(client: pg.Client, tape: readonly Statement[]): Promise<void> {
  for (const { name, text, values } of tape) await client.query(name ? { name, text, values } : { text, values });
}

async function cutConnections(url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await asAdmin(async (client) => {
    await client.query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1', [name]);
  });
}

async function asAdmin<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: process.env.TEST_DATABASE_ADMIN_URL });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
