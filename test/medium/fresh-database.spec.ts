import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../support/database.js';

describe('a fresh database', () => {
  let database: FreshDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    database = await freshDatabase();
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it('is migrated', async () => {
    const { rows } = await client.query("SELECT to_regclass('public.person') AS person, to_regclass('public.migration') AS migration");
    expect(rows).toEqual([{ person: 'person', migration: 'migration' }]);
  });

  it('is not shared with another test file', async () => {
    const other = await freshDatabase();
    const { pathname } = new URL(database.url);
    expect(new URL(other.url).pathname).not.toBe(pathname);
    await other.drop();
  });
});
