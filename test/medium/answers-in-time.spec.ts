import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import pg from 'pg';
import { connected } from '../../src/platform/database/connecting.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { StartupFault } from '../../src/platform/startup-fault.js';
import { freshDatabase, type FreshDatabase } from '../support/database.js';

const PATIENCE = { connectMs: 150, turnMs: 150, lockMs: 150 };
const silent = (): undefined => undefined;

/** A server that takes every connection and says nothing. */
let mute: Server;
let muteUrl: string;
const taken = new Set<Socket>();
let database: FreshDatabase;
beforeEach(async () => {
  database = await freshDatabase();
  mute = createServer((socket) => {
    taken.add(socket.on('error', () => socket.destroy()).on('close', () => taken.delete(socket)));
  });
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
  muteUrl = `postgresql://nobody:nothing@127.0.0.1:${(mute.address() as AddressInfo).port}/nowhere`;
});
afterEach(async () => {
  for (const socket of taken) socket.destroy();
  await new Promise((resolve) => mute.close(resolve));
  await database.drop();
});

it('a server that takes the connection and never answers is given up in time, and the fault names it', async () => {
  const said = expect.objectContaining({ name: 'StartupFault', message: expect.stringMatching(/127\.0\.0\.1:\d+ did not answer within 0\.15 s/) });
  await expect(connected({ connectionString: muteUrl, connectionTimeoutMillis: PATIENCE.connectMs })).rejects.toEqual(said);
  await expect(migrate({ databaseUrl: muteUrl, migrateDatabaseUrl: muteUrl }, silent, PATIENCE)).rejects.toEqual(said);
});

it.each([
  ['its turn', 'SELECT pg_advisory_lock(1346652499)'],
  ['the lock of a table', 'LOCK TABLE migration IN ACCESS EXCLUSIVE MODE'],
])('a migration does not wait for ever for %s, and says that it was rolled back', async (_, held) => {
  const other = new pg.Client({ connectionString: database.url });
  await other.connect();
  const migrating = () => migrate({ databaseUrl: database.url, migrateDatabaseUrl: database.url }, silent, PATIENCE);
  try {
    await other.query('BEGIN');
    await other.query(held);
    await expect(migrating()).rejects.toThrow(StartupFault);
  } finally {
    await other.end();
  }
  await migrating();
});
