import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';

@Injectable()
export class SignInStore {
  /** The newest failures first, at most `limit`, none older than `since`. */
  async failuresOfAccount(tx: Tx, accountKey: Buffer, since: Date, limit: number): Promise<Date[]> {
    const rows = await tx.rows<{ at: Date }>(
      'SELECT at FROM failed_sign_in WHERE account_key = $1 AND at > $2 ORDER BY at DESC LIMIT $3',
      [accountKey, since, limit],
    );
    return rows.map((row) => row.at);
  }

  async failuresOfAccountFrom(tx: Tx, accountKey: Buffer, address: string, since: Date, limit: number): Promise<Date[]> {
    const rows = await tx.rows<{ at: Date }>(
      'SELECT at FROM failed_sign_in WHERE account_key = $1 AND address = $2 AND at > $3 ORDER BY at DESC LIMIT $4',
      [accountKey, address, since, limit],
    );
    return rows.map((row) => row.at);
  }

  async failuresFromAddress(tx: Tx, address: string, since: Date, limit: number): Promise<Date[]> {
    const rows = await tx.rows<{ at: Date }>(
      'SELECT at FROM failed_sign_in WHERE address = $1 AND at > $2 ORDER BY at DESC LIMIT $3',
      [address, since, limit],
    );
    return rows.map((row) => row.at);
  }

  async insertFailure(tx: Tx, failure: { id: string; accountKey: Buffer; address: string; at: Date }): Promise<void> {
    await tx.run('INSERT INTO failed_sign_in (id, account_key, address, at) VALUES ($1, $2, $3, $4)', [
      failure.id, failure.accountKey, failure.address, failure.at,
    ]);
  }

  /** A few at a time, by whoever adds one: the table never grows beyond what the window holds for long. */
  async removeSome(tx: Tx, before: Date, limit: number): Promise<void> {
    await tx.run('DELETE FROM failed_sign_in WHERE id IN (SELECT id FROM failed_sign_in WHERE at <= $1 LIMIT $2)', [before, limit]);
  }
}
