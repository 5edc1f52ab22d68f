import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';

export interface SecondFactorRow {
  readonly accountId: string;
  readonly confirmedAt: Date | null;
  readonly lastStep: number;
}

const ROW = 'account_id, confirmed_at, last_step::int AS last_step';

@Injectable()
export class SecondFactorStore {
  find(tx: Tx, accountId: string): Promise<SecondFactorRow | null> {
    return tx.maybe<SecondFactorRow>(`SELECT ${ROW} FROM second_factor WHERE account_id = $1`, [accountId]);
  }

  lock(tx: Tx, accountId: string): Promise<SecondFactorRow | null> {
    return tx.maybe<SecondFactorRow>(`SELECT ${ROW} FROM second_factor WHERE account_id = $1 FOR UPDATE`, [accountId]);
  }

  /** In place of one that was begun and never confirmed. */
  async begin(tx: Tx, accountId: string, at: Date): Promise<void> {
    await tx.run(
      `INSERT INTO second_factor (account_id, started_at) VALUES ($1, $2)
       ON CONFLICT (account_id) DO UPDATE SET started_at = EXCLUDED.started_at, confirmed_at = NULL, last_step = 0`,
      [accountId, at],
    );
  }

  async confirm(tx: Tx, accountId: string, step: number, at: Date): Promise<void> {
    await tx.run('UPDATE second_factor SET confirmed_at = $2, last_step = $3 WHERE account_id = $1', [accountId, at, step]);
  }

  async remember(tx: Tx, accountId: string, step: number): Promise<void> {
    await tx.run('UPDATE second_factor SET last_step = $2 WHERE account_id = $1', [accountId, step]);
  }

  /** False when there was none. */
  async remove(tx: Tx, accountId: string): Promise<boolean> {
    await tx.run('DELETE FROM recovery_code WHERE account_id = $1', [accountId]);
    return (await tx.run('DELETE FROM second_factor WHERE account_id = $1', [accountId])) > 0;
  }

  async replaceRecoveryCodes(tx: Tx, accountId: string, codeHashes: readonly Buffer[], at: Date): Promise<void> {
    await tx.run('DELETE FROM recovery_code WHERE account_id = $1', [accountId]);
    for (const codeHash of codeHashes) {
      await tx.run('INSERT INTO recovery_code (account_id, code_hash, made_at) VALUES ($1, $2, $3)', [accountId, codeHash, at]);
    }
  }

  /** False when there is no such unused code. */
  async useRecoveryCode(tx: Tx, accountId: string, codeHash: Buffer, at: Date): Promise<boolean> {
    return (await tx.run('UPDATE recovery_code SET used_at = $3 WHERE account_id = $1 AND code_hash = $2 AND used_at IS NULL', [accountId, codeHash, at])) > 0;
  }

  async recoveryCodesLeft(tx: Tx, accountId: string): Promise<number> {
    const { left } = await tx.one<{ left: number }>('SELECT count(*)::int AS left FROM recovery_code WHERE account_id = $1 AND used_at IS NULL', [accountId]);
    return left;
  }
}
