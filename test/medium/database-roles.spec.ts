import pg from 'pg';
import { appDataSource } from '../../src/platform/database/data-source.js';
import { checkRole, sharedLoginWarning } from '../../src/platform/database/roles.js';
import { freshDatabase } from '../support/database.js';

let database: Awaited<ReturnType<typeof freshDatabase>>;
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

describe('the database roles', () => {
  it.each(['pd_app', 'pd_wellness'] as const)('let %s serve, which owns nothing', async (role) => {
    await expect(checkRole(database.url, role)).resolves.toBeUndefined();
  });

  it('refuse to serve as the owner of the tables', async () => {
    await expect(checkRole(database.url, 'pd_owner')).rejects.toThrow('superuser or owns tables');
  });

  it('refuse pd_app as soon as it owns a table', async () => {
    await client.query('CREATE TABLE stray (id int)');
    await client.query('ALTER TABLE stray OWNER TO pd_app');
    await expect(checkRole(database.url, 'pd_app')).rejects.toThrow('pd_app');
    await client.query('DROP TABLE stray');
  });

  it('keep pd_app from changing the trail, and pd_wellness from reading anything outside its walls', async () => {
    await client.query('SET ROLE pd_app');
    await expect(client.query(`UPDATE event SET type = 'x'`)).rejects.toThrow('permission denied');
    await expect(client.query('DELETE FROM audit')).rejects.toThrow('permission denied');
    await client.query('RESET ROLE; SET ROLE pd_wellness');
    await expect(client.query('SELECT 1 FROM crisis_request')).rejects.toThrow('permission denied');
    await client.query('RESET ROLE');
  });
});

describe('a transaction of the application', () => {
  it('is READ COMMITTED whatever the database was set to', async () => {
    const { rows } = await client.query('SELECT quote_ident(current_database()) AS name');
    const { name } = rows[0] as { name: string };
    await client.query(`ALTER DATABASE ${name} SET default_transaction_isolation = 'serializable'`);
    const source = await appDataSource(database.url, [], 1).initialize();
    try {
      expect(await source.query('SHOW transaction_isolation')).toEqual([{ transaction_isolation: 'read committed' }]);
    } finally {
      await source.destroy();
    }
  });
});

describe('one login for several roles', () => {
  it('is warned about, and separate logins are not', () => {
    const one = 'postgres://app:x@db/pd';
    expect(sharedLoginWarning({ databaseUrl: one, migrateDatabaseUrl: one })).toContain('MIGRATE_DATABASE_URL');
    const separate = { databaseUrl: one, migrateDatabaseUrl: 'postgres://owner:x@db/pd', wellnessDatabaseUrl: 'postgres://wellness:x@db/pd' };
    expect(sharedLoginWarning(separate)).toBeNull();
  });
});
