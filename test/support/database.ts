import { randomUUID } from 'node:crypto';
import pg from 'pg';

export interface FreshDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/**
 * A migrated database of its own, copied from the run's template. The login is the superuser; pools take their role
 * themselves. `drop()` fails while a connection is open, so a pool somebody forgot to close is found here.
 */
export async function freshDatabase(): Promise<FreshDatabase> {
  const { adminUrl, template } = cluster();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => asAdmin(adminUrl, `DROP DATABASE ${name}`) };
}

export interface PlainLogin {
  readonly name: string;
  readonly url: string;
  drop(): Promise<void>;
}

/** Somebody who may sign in to this database and is nothing else, unless given `roles`. */
export async function plainLogin(databaseUrl: string, roles: readonly string[] = []): Promise<PlainLogin> {
  const name = `login_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(databaseUrl, `CREATE ROLE ${name} LOGIN PASSWORD 'plain'`);
  for (const role of roles) await asAdmin(databaseUrl, `GRANT ${role} TO ${name}`);
  const url = new URL(databaseUrl);
  [url.username, url.password] = [name, 'plain'];
  return { name, url: url.href, drop: () => asAdmin(databaseUrl, `DROP OWNED BY ${name}; DROP ROLE ${name}`) };
}

function cluster(): { adminUrl: string; template: string } {
  const { TEST_DATABASE_ADMIN_URL: adminUrl, TEST_DATABASE_TEMPLATE: template } = process.env;
  if (!adminUrl || !template) throw new Error('no test cluster: run these tests with `npm run test:medium`');
  return { adminUrl, template };
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
