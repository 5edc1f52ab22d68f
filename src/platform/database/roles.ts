import pg, { type ClientBase } from 'pg';

/**
 * The four database roles (architecture §1). pd_owner owns the tables and is used by the migrate step only; pd_app
 * serves requests and owns nothing; pd_wellness reads behind the wellness walls; pd_queue owns schema bullmq.
 */
export const ROLES = ['pd_owner', 'pd_app', 'pd_wellness', 'pd_queue'] as const;
export type DatabaseRole = (typeof ROLES)[number];

const SET_OPTION_SINCE = 160_000;

/** Creates the roles where missing and lets `logins` become them. Runs as the migrate login. */
export async function ensureRoles(client: ClientBase, logins: readonly string[]): Promise<void> {
  const { rows } = await client.query(`SELECT current_user AS me, current_setting('server_version_num')::int AS version`);
  const { me, version } = rows[0] as { me: string; version: number };
  const withSet = version >= SET_OPTION_SINCE ? ' WITH SET TRUE' : '';
  for (const role of ROLES) {
    const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
    if (found.rowCount === 0) await client.query(`CREATE ROLE ${role} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE`);
    const members = role === 'pd_owner' ? [me] : [me, ...logins];
    for (const login of new Set(members)) {
      if (login !== role) await client.query(`GRANT ${role} TO "${login.replaceAll('"', '""')}"${withSet}`);
    }
  }
}

/** Connects once as `role` would and refuses when that is over-privileged. */
export async function checkRole(url: string, role: DatabaseRole): Promise<void> {
  const client = new pg.Client({ connectionString: url, options: `-c role=${role}` });
  await client.connect();
  try {
    await refuseOverPrivilegedRole(client, role);
  } finally {
    await client.end();
  }
}

/** One sentence for operators when one login serves what should have logins of their own; null when all is separate. */
export function sharedLoginWarning(urls: { databaseUrl: string; migrateDatabaseUrl: string; wellnessDatabaseUrl?: string | undefined }): string | null {
  const login = (url: string): string => new URL(url).username;
  const served = [urls.migrateDatabaseUrl, urls.wellnessDatabaseUrl ?? urls.databaseUrl].map(login);
  if (!served.includes(login(urls.databaseUrl))) return null;
  return (
    'One database login serves several roles: that guards against mistakes, not against injected SQL. ' +
    'Give MIGRATE_DATABASE_URL and WELLNESS_DATABASE_URL logins of their own.'
  );
}

/**
 * Refuses a pool whose effective role could walk around the walls.
 * Throws when the role is a superuser or owns a table in a schema of ours.
 */
export async function refuseOverPrivilegedRole(client: Pick<ClientBase, 'query'>, expected: DatabaseRole): Promise<void> {
  const { rows } = await client.query(`
    SELECT current_user AS role, r.rolsuper AS superuser,
           EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid AND c.relkind IN ('r','p')) AS owner
    FROM pg_roles r WHERE r.rolname = current_user`);
  const found = rows[0] as { role: string; superuser: boolean; owner: boolean } | undefined;
  if (!found || found.superuser || found.owner) {
    throw new Error(
      `The database role "${found?.role ?? 'unknown'}" may not serve as ${expected}: it is a superuser or owns tables. ` +
        'Give the login the plain role and leave ownership with pd_owner.',
    );
  }
}
