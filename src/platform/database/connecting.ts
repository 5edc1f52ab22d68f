import pg from 'pg';
import { StartupFault } from '../startup-fault.js';
import { SECOND_MS } from '../time.js';

const STATEMENT_TIMEOUT_MS = 10_000;
/**
 * Longer than Postgres lets a statement take: whoever has not answered by then is not there any more, though the connection
 * stands open, and pg closes it. Idle ones are closed after 10 s anyway.
 */
const ANSWER_TIMEOUT_MS = 12_000;
export const CONNECT_TIMEOUT_MS = 10_000;

/** What every connection goes by whose statements are short: all but the migrate step's. */
export const ANSWERS_IN_TIME = {
  query_timeout: ANSWER_TIMEOUT_MS,
  statement_timeout: STATEMENT_TIMEOUT_MS,
  idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
} as const satisfies pg.ClientConfig;

/**
 * Opening a connection has an end. Waiting for a free one has none, and the pool's own setting would give it one: in a flood
 * whoever waits is served in turn, and thousands of accepts at once are all answered.
 */
export class ConnectingInTime extends pg.Client {
  constructor(config: pg.ClientConfig) {
    super({ ...config, connectionTimeoutMillis: config.connectionTimeoutMillis ?? CONNECT_TIMEOUT_MS });
  }
}

/**
 * One open connection, for what is not served by a pool. A {@link StartupFault} when nobody answers in time; the system's
 * keep-alive finds out about one that the network loses later.
 */
export async function connected(config: pg.ClientConfig): Promise<pg.Client> {
  const client = new ConnectingInTime({ keepAlive: true, ...config });
  try {
    await client.connect();
  } catch (error) {
    // pg says no more than that its time was up.
    if (!(error instanceof Error) || error.message !== 'timeout expired') throw error;
    throw new StartupFault(`Postgres at ${client.host}:${client.port} did not answer within ${(config.connectionTimeoutMillis ?? CONNECT_TIMEOUT_MS) / SECOND_MS} s.`);
  }
  return client;
}
