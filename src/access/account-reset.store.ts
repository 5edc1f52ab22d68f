import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { AccountReset, ResetKind } from './domain/account-reset.js';

const MOST = 200;
const RESET = `SELECT r.what, p.display_name AS by, r.at FROM account_reset r JOIN account a ON a.id = r.account_id
  LEFT JOIN account b ON b.id = r.by_account LEFT JOIN person p ON p.id = b.person_id`;

@Injectable()
export class AccountResetStore {
  async insert(tx: Tx, reset: { id: string; accountId: string; what: ResetKind; byAccount: string | null; at: Date }): Promise<void> {
    await tx.run('INSERT INTO account_reset (id, account_id, what, by_account, at) VALUES ($1, $2, $3, $4, $5)', [reset.id, reset.accountId, reset.what, reset.byAccount, reset.at]);
  }

  /** Index resets_of_account. */
  lastOf(tx: Tx, accountId: string): Promise<AccountReset | null> {
    return tx.maybe<AccountReset>(`${RESET} WHERE r.account_id = $1 ORDER BY r.at DESC, r.id DESC LIMIT 1`, [accountId]);
  }

  /** Newest first. */
  ofPerson(tx: Tx, personId: string): Promise<AccountReset[]> {
    return tx.rows<AccountReset>(`${RESET} WHERE a.person_id = $1 ORDER BY r.at DESC, r.id DESC LIMIT $2`, [personId, MOST]);
  }
}
