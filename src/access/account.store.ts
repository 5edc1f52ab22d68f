import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { AccountEntity, PersonEntity } from './account.entity.js';
import type { Account, AccountState } from './domain/account.js';
import type { Role } from './domain/principal.js';

export interface AccountCard {
  readonly id: string;
  readonly personId: string;
  readonly email: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly secondFactor: boolean;
}

/** An account as administrators see it. */
export interface AccountSeen extends AccountCard {
  readonly state: AccountState;
  readonly version: number;
  readonly createdAt: Date;
  /** Until when the open link works, if there is one. */
  readonly linkExpiresAt: Date | null;
}

export interface AccountSearch {
  /** Part of a name or an address; empty: everybody. */
  readonly text: string;
  readonly state: AccountState | null;
  /** Null: from the start; else those after this account, in order of name and id. */
  readonly afterId: string | null;
  readonly limit: number;
}

export interface Organisation {
  readonly name: string;
  readonly demo: boolean;
}

const HAS_SECOND_FACTOR = 'EXISTS (SELECT 1 FROM second_factor f WHERE f.account_id = a.id AND f.confirmed_at IS NOT NULL)';
const ACCOUNT = `a.id, a.person_id, a.email, p.display_name, a.roles, a.status AS state, a.password_hash IS NOT NULL AS has_password, a.version`;
const SEEN = `
  SELECT a.id, a.person_id, a.email, p.display_name, a.roles, a.status AS state, a.version, a.created_at, ${HAS_SECOND_FACTOR} AS second_factor,
    (SELECT l.expires_at FROM one_time_link l WHERE l.account_id = a.id AND l.used_at IS NULL AND l.withdrawn_at IS NULL) AS link_expires_at
  FROM account a JOIN person p ON p.id = a.person_id`;

@Injectable()
export class AccountStore {
  byEmail(tx: Tx, email: string): Promise<AccountEntity | null> {
    return tx.manager.getRepository(AccountEntity).findOneBy({ email });
  }

  async insert(tx: Tx, person: PersonEntity, account: Omit<AccountEntity, 'version'>): Promise<void> {
    await tx.manager.getRepository(PersonEntity).insert(person);
    await tx.manager.getRepository(AccountEntity).insert(account);
  }

  card(tx: Tx, accountId: string): Promise<AccountCard | null> {
    return tx.maybe<AccountCard>(
      `SELECT a.id, a.person_id, a.email, p.display_name, a.roles, ${HAS_SECOND_FACTOR} AS second_factor
       FROM account a JOIN person p ON p.id = a.person_id WHERE a.id = $1`,
      [accountId],
    );
  }

  seen(tx: Tx, accountId: string): Promise<AccountSeen | null> {
    return tx.maybe<AccountSeen>(`${SEEN} WHERE a.id = $1`, [accountId]);
  }

  page(tx: Tx, { text, state, afterId, limit }: AccountSearch): Promise<AccountSeen[]> {
    return tx.rows<AccountSeen>(
      `${SEEN} WHERE (strpos(lower(p.display_name), $1) > 0 OR strpos(a.email, $1) > 0) AND ($2::text IS NULL OR a.status = $2)
         AND ($3::uuid IS NULL OR (p.display_name, a.id) > (SELECT q.display_name, c.id FROM account c JOIN person q ON q.id = c.person_id WHERE c.id = $3))
       ORDER BY p.display_name, a.id LIMIT $4`,
      [text.toLowerCase(), state, afterId, limit],
    );
  }

  async exists(tx: Tx, accountId: string): Promise<boolean> {
    return (await tx.maybe('SELECT 1 FROM account WHERE id = $1', [accountId])) !== null;
  }

  /** Invited from the command line, and nobody came. */
  unusedFirstAdmin(tx: Tx): Promise<{ id: string } | null> {
    return tx.maybe<{ id: string }>(
      `SELECT a.id FROM account a WHERE a.status = 'invited'
         AND EXISTS (SELECT 1 FROM one_time_link l WHERE l.account_id = a.id AND l.purpose = 'first-admin') ORDER BY a.id LIMIT 1`,
    );
  }

  personOf(tx: Tx, accountId: string): Promise<{ personId: string } | null> {
    return tx.maybe('SELECT person_id FROM account WHERE id = $1', [accountId]);
  }

  /** NO KEY: rows that merely name the account go on being written by those who hold other locks we may want. */
  lock(tx: Tx, accountId: string): Promise<Account | null> {
    return tx.maybe<Account>(`SELECT ${ACCOUNT} FROM account a JOIN person p ON p.id = a.person_id WHERE a.id = $1 FOR NO KEY UPDATE OF a`, [accountId]);
  }

  /** Locked in order, before any other account: two admins who disable each other come one after the other. */
  async lockActiveAdmins(tx: Tx): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>(
      `SELECT id FROM account WHERE status = 'active' AND 'admin' = ANY(roles) ORDER BY id FOR NO KEY UPDATE`,
    );
    return rows.map(({ id }) => id);
  }

  async activeAdmins(tx: Tx): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>(`SELECT id FROM account WHERE status = 'active' AND 'admin' = ANY(roles) ORDER BY id`);
    return rows.map(({ id }) => id);
  }

  /** Counts the version up by one. */
  async save(tx: Tx, account: Account): Promise<void> {
    await tx.run('UPDATE account SET email = $2, roles = $3, status = $4, version = version + 1 WHERE id = $1', [
      account.id, account.email, account.roles, account.state,
    ]);
    await tx.run('UPDATE person SET display_name = $2 WHERE id = $1 AND display_name <> $2', [account.personId, account.displayName]);
  }

  /** Whoever has chosen a password is invited no longer. */
  async setPassword(tx: Tx, accountId: string, passwordHash: string): Promise<void> {
    await tx.run(`UPDATE account SET password_hash = $2, status = 'active', version = version + 1 WHERE id = $1 AND status <> 'disabled'`, [accountId, passwordHash]);
  }

  organisation(tx: Tx): Promise<Organisation> {
    return tx.one<Organisation>('SELECT organisation_name AS name, demo FROM deployment');
  }
}
