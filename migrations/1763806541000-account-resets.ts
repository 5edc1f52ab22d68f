import type { MigrationInterface, QueryRunner } from 'typeorm';
import { alsoAllow, noLongerAllow, NOTICE_KINDS } from './listed-values.js';

/** When somebody else reset how a person signs in, and who: for a day the wellness pages of that account stay shut, and the person sees it for good. */
export class AccountResets1763806541000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
    await alsoAllow(runner, NOTICE_KINDS, 'sign-in-reset');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM notification WHERE kind = 'sign-in-reset'`);
    await noLongerAllow(runner, NOTICE_KINDS, 'sign-in-reset');
    await runner.query('DROP TABLE account_reset');
  }
}

const UP = [
  `CREATE TABLE account_reset (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account,
    what text NOT NULL CHECK (what IN ('password','second-factor')),
    by_account uuid REFERENCES account,
    at timestamptz NOT NULL)`,
  'CREATE INDEX resets_of_account ON account_reset (account_id, at)',
  // What was reset before is known by its link.
  `INSERT INTO account_reset (id, account_id, what, by_account, at)
     SELECT id, account_id, 'password', made_by, used_at FROM one_time_link WHERE purpose = 'password-reset' AND used_at IS NOT NULL`,
  'GRANT SELECT, INSERT ON account_reset TO pd_app',
];
