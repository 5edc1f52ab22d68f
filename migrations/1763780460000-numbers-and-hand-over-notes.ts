import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A number for each request that people can say aloud, and the note one coordinator leaves for the next. */
export class NumbersAndHandOverNotes1763780460000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  // Requests that are there already are numbered as they lie; from here on by arrival.
  `ALTER TABLE crisis_request ADD COLUMN number integer GENERATED ALWAYS AS IDENTITY`,
  `ALTER TABLE crisis_request ADD CONSTRAINT one_number_per_request UNIQUE (number)`,
  // The text is sealed; beside it stand figures only.
  `CREATE TABLE hand_over_note (
    id uuid PRIMARY KEY,
    programme_id uuid NOT NULL REFERENCES programme,
    written_by uuid NOT NULL REFERENCES account,
    written_at timestamptz NOT NULL,
    facts jsonb NOT NULL,
    taken_by uuid REFERENCES account,
    taken_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT a_taken_note_says_when CHECK ((taken_by IS NULL) = (taken_at IS NULL)),
    CONSTRAINT nobody_takes_their_own_note CHECK (taken_by <> written_by))`,
  `CREATE UNIQUE INDEX one_open_hand_over_note_per_programme ON hand_over_note (programme_id) WHERE taken_at IS NULL`,
  `CREATE INDEX hand_over_notes_by_time ON hand_over_note (programme_id, written_at DESC, id DESC)`,
  `GRANT SELECT, INSERT, UPDATE ON hand_over_note TO pd_app`,
];

const DOWN = [
  `DELETE FROM sealed_text WHERE table_name = 'hand_over_note'`,
  `DROP TABLE hand_over_note`,
  `ALTER TABLE crisis_request DROP COLUMN number`,
];
