import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A browser is told for as long as the session that asked for it was not ended: signed out everywhere ends the pushes as well. */
export class PushesOfSessions1763806542000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE channel ADD COLUMN session_id uuid REFERENCES session ON DELETE SET NULL');
    // Nobody knows which session asked for those that are there: the newest open one of the person, until the browser comes again.
    await runner.query(
      `UPDATE channel c SET session_id = (
         SELECT s.id FROM session s JOIN account a ON a.id = s.account_id WHERE a.person_id = c.person_id
         ORDER BY s.ended_at IS NULL DESC, s.last_seen_at DESC LIMIT 1)
       WHERE c.kind = 'web-push'`,
    );
    await runner.query('CREATE INDEX channels_of_session ON channel (session_id) WHERE session_id IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE channel DROP COLUMN session_id');
  }
}
