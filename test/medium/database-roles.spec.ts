import pg from 'pg';
import { appDataSource } from '../../src/platform/database/data-source.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { checkRole, ROLES, sharedLoginWarning } from '../../src/platform/database/roles.js';
import { freshDatabase, plainLogin, type PlainLogin } from '../support/database.js';

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
    await expect(checkRole(database.url, role, false)).resolves.toBeUndefined();
  });

  it('refuse to serve as the owner of the tables', async () => {
    await expect(checkRole(database.url, 'pd_owner', false)).rejects.toThrow('superuser or owns tables');
  });

  it('refuse pd_app as soon as it owns a table', async () => {
    await client.query('CREATE TABLE stray (id int)');
    await client.query('ALTER TABLE stray OWNER TO pd_app');
    await expect(checkRole(database.url, 'pd_app', false)).rejects.toThrow('pd_app');
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

describe('logins of their own', () => {
  let [app, wellness, owner]: PlainLogin[] = [];
  beforeAll(async () => {
    // As an earlier version left them.
    app = await plainLogin(database.url, ['pd_app', 'pd_wellness', 'pd_queue', 'pd_owner']);
    wellness = await plainLogin(database.url, ['pd_app', 'pd_wellness', 'pd_queue']);
    owner = await plainLogin(database.url);
  });
  afterAll(async () => {
    for (const login of [app, wellness, owner]) await login?.drop();
  });

  const migrated = (wellnessDatabaseUrl?: string): Promise<void> =>
    migrate({ databaseUrl: app?.url ?? '', migrateDatabaseUrl: database.url, wellnessDatabaseUrl }, () => undefined);
  async function mayBecome(login: PlainLogin | undefined): Promise<string[]> {
    const one = new pg.Client({ connectionString: login?.url });
    await one.connect();
    const tried = (statement: string): Promise<boolean> => one.query(statement).then(() => true, (refused: Error) => !refused.message.includes('permission denied'));
    const may: string[] = [];
    for (const role of ROLES) if (await tried(`SET ROLE ${role}`)) may.push(role);
    await one.query('RESET ROLE');
    if (await tried('SELECT 1 FROM wellness.note')) may.push('reads notes');
    await one.end();
    return may;
  }

  it('become what they serve as and nothing else: the application never what reads behind the walls', async () => {
    await migrated(wellness?.url);
    expect([await mayBecome(app), await mayBecome(wellness), await mayBecome(owner)]).toEqual([['pd_app', 'pd_queue'], ['pd_wellness', 'reads notes'], []]);
  });

  it('let the application read behind the walls only while nobody else is named for it', async () => {
    await migrated();
    expect(await mayBecome(app)).toEqual(['pd_app', 'pd_wellness', 'pd_queue', 'reads notes']);
    await migrated(wellness?.url);
    expect(await mayBecome(app)).toEqual(['pd_app', 'pd_queue']);
  });

  it('may not be superusers in production, though the role they take is plain', async () => {
    for (const role of ['pd_app', 'pd_wellness'] as const) await expect(checkRole(database.url, role, true)).rejects.toThrow('is a superuser');
    await expect(checkRole(app?.url ?? '', 'pd_app', true)).resolves.toBeUndefined();
    await expect(checkRole(wellness?.url ?? '', 'pd_wellness', true)).resolves.toBeUndefined();
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
    expect(sharedLoginWarning({ ...separate, wellnessDatabaseUrl: separate.migrateDatabaseUrl })).toContain('WELLNESS_DATABASE_URL');
  });
});
