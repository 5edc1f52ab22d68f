import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is called first for what needs a clinician. A list of its own: nobody on it stands behind peers by that. */
export class CliniciansOnCall1763806475000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE clinician_on_call (
      programme_id uuid NOT NULL REFERENCES programme,
      position integer NOT NULL CHECK (position > 0),
      account_id uuid NOT NULL REFERENCES account,
      PRIMARY KEY (programme_id, position),
      CONSTRAINT once_among_clinicians_on_call UNIQUE (programme_id, account_id))`);
    await runner.query('GRANT SELECT, INSERT, DELETE ON clinician_on_call TO pd_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE clinician_on_call');
  }
}
