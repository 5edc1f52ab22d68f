import type { ClientBase } from 'pg';
import { ANSWERS_IN_TIME, connected } from './connecting.js';
import { StartupFault } from '../startup-fault.js';

/**
 * The four database roles (architecture §1). pd_owner owns the tables and is used by the migrate step only; pd_app
 * serves requests and owns nothing; pd_wellness reads behind the wellness walls; pd_queue owns schema bullmq.
 */
export const ROLES = ['pd_owner', 'pd_app', 'pd_wellness', 'pd_queue'] as const;
export type DatabaseRole = (typeof ROLES)[number];

const SET_OPTION_SINCE = 160_000;

/** Whom the urls name. Unset for the wellness walls: the application's login stands in. */
interface Logins {
  readonly app: string;
  readonly wellness: string | null;
}

/** What a login may become: the application never what reads behind the walls, unless it is the only login there is. */
function rolesOf(login: string, { app, wellness }: Logins, migrating: string): ReadonlySet<DatabaseRole> {
  return new Set<DatabaseRole>([
    ...(login === migrating ? (['pd_owner', 'pd_queue'] as const) : []),
    ...(login === app ? (['pd_app', 'pd_queue'] as const) : []),
    ...(login === (wellness ?? app) ? (['pd_wellness'] as const) : []),
  ]);
}

/** Creates the roles where missing, lets each login become those it serves as, and no other. Runs as the migrate login. */
export async function ensureRoles(client: ClientBase, logins: Logins): Promise<void> {
  const { rows } = await client.query(`SELECT current_user AS me, current_setting('server_version_num')::int AS version`);
  const { me, version } = rows[0] as { me: string; version: number };
  const withSet = version >= SET_OPTION_SINCE;
  for (const role of ROLES) {
    const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
    if (found.rowCount === 0) await client.query(`CREATE ROLE ${role} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE`);
  }
  for (const login of new Set([me, logins.app, ...(logins.wellness ? [logins.wellness] : [])])) {
    const serves = rolesOf(login, logins, me);
    for (const role of serves) await client.query(`GRANT ${role} TO ${client.escapeIdentifier(login)}${withSet ? ' WITH SET TRUE' : ''}`);
    await revokeAllBut(client, login, serves, withSet);
  }
}

/** What an earlier version, or other urls, had let it become. That whoever made a role may grant it lets nobody become it. */
async function revokeAllBut(client: ClientBase, login: string, serves: ReadonlySet<DatabaseRole>, withSet: boolean): Promise<void> {
  const { rows } = await client.query<{ role: string; grantor: string }>(
    `SELECT m.roleid::regrole::text AS role, g.rolname AS grantor FROM pg_auth_members m JOIN pg_roles l ON l.oid = m.member JOIN pg_roles r ON r.oid = m.roleid JOIN pg_roles g ON g.oid = m.grantor
     WHERE l.rolname = $1 AND r.rolname = ANY($2) ${withSet ? 'AND (m.set_option OR m.inherit_option)' : ''}`,
    [login, ROLES.filter((role) => !serves.has(role))],
  );
  for (const { role, grantor } of rows) {
    await client.query(`REVOKE ${role} FROM ${client.escapeIdentifier(login)}${withSet ? ` GRANTED BY ${client.escapeIdentifier(grantor)}` : ''}`);
  }
}

/** Connects once as `role` would and refuses when that, or in production the login itself, is over-privileged. */
export async function checkRole(url: string, role: DatabaseRole, production: boolean): Promise<void> {
  const client = await connected({ connectionString: url, options: `-c role=${role}`, ...ANSWERS_IN_TIME });
  try {
    await refuseOverPrivilegedRole(client, role);
    if (production) await refuseSuperuserLogin(client, role);
  } finally {
    await client.end();
  }
}

/** One sentence for operators when one login serves what should have logins of their own; null when all is separate. */
export function sharedLoginWarning(urls: { databaseUrl: string; migrateDatabaseUrl: string; wellnessDatabaseUrl?: string | undefined }): string | null {
  const { databaseUrl, migrateDatabaseUrl, wellnessDatabaseUrl = databaseUrl } = urls;
  if (new Set([databaseUrl, migrateDatabaseUrl, wellnessDatabaseUrl].map((url) => new URL(url).username)).size === 3) return null;
  return (
    'One database login serves several roles: that guards against mistakes, not against injected SQL. ' +
    'Give MIGRATE_DATABASE_URL and WELLNESS_DATABASE_URL logins of their own.'
  );
}

/**
 * Refuses a pool whose effective role could walk around the walls.
 * Throws when the role is a superuser or owns a table in a schema of ours.
 */
async function refuseOverPrivilegedRole(client: Pick<ClientBase, 'query'>, expected: DatabaseRole): Promise<void> {
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

/** Whoever gets to say `RESET ROLE` is the login again; as a superuser they would stand inside every wall. Throws {@link StartupFault}. */
async function refuseSuperuserLogin(client: Pick<ClientBase, 'query'>, expected: DatabaseRole): Promise<void> {
  const { rows } = await client.query('SELECT r.rolname AS login, r.rolsuper AS superuser FROM pg_roles r WHERE r.rolname = session_user');
  const found = rows[0] as { login: string; superuser: boolean } | undefined;
  if (found && !found.superuser) return;
  throw new StartupFault(
    `The database login "${found?.login ?? 'unknown'}" is a superuser, which no login may be that serves as ${expected} in production. ` +
      'Give DATABASE_URL and WELLNESS_DATABASE_URL plain logins, and MIGRATE_DATABASE_URL one that may create roles.',
  );
}
