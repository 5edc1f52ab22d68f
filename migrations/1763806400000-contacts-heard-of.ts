import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ALARM_KINDS, alsoAllow, noLongerAllow } from './listed-values.js';

/** A lead in a long contact from afar is asked whether they are still there; in person the safety checks ask. */
export class ContactsHeardOf1763806400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE assignment ADD COLUMN check_asked_at timestamptz');
    await runner.query(
      `ALTER TABLE assignment ADD CONSTRAINT only_a_live_contact_is_asked_about
         CHECK (check_asked_at IS NULL OR (contact_made_at IS NOT NULL AND next_check_at IS NOT NULL AND ended_at IS NULL))`,
    );
    await runner.query(
      `UPDATE assignment a SET next_check_at = NULL FROM crisis_request r
       WHERE r.id = a.request_id AND r.contact_kind = 'in-person' AND a.ended_at IS NULL AND a.safety_check_at IS NOT NULL`,
    );
    await alsoAllow(runner, ALARM_KINDS, 'contact-unheard');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM page WHERE subject_type = 'alarm' AND subject_id IN (SELECT id FROM alarm WHERE kind = 'contact-unheard')`);
    await runner.query(`DELETE FROM alarm WHERE kind = 'contact-unheard'`);
    await noLongerAllow(runner, ALARM_KINDS, 'contact-unheard');
    await runner.query('ALTER TABLE assignment DROP COLUMN check_asked_at');
  }
}
