import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The away a peer had set for themself when an agreed leave took its place: theirs again when the leave is over. Behind the walls. */
export class OwnAwayKept1763806470000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE wellness.agreement ADD COLUMN own_away jsonb');
    await runner.query(door([...BEFORE, 'own_away']));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(door(BEFORE));
    await runner.query('ALTER TABLE wellness.agreement DROP COLUMN own_away');
  }
}

const BEFORE = ['answer', 'answered_at', 'began_at', 'due_at', 'signed_off_by', 'signed_off_at', 'ended_at', 'own_limits', 'away_id'];

/** The door that is there, with its rights as they are. */
const door = (columns: readonly string[]): string =>
  `CREATE OR REPLACE FUNCTION wellness.put_agreement(p_row jsonb) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO wellness.agreement SELECT * FROM jsonb_populate_record(NULL::wellness.agreement, p_row)
    ON CONFLICT (id) DO UPDATE SET ${columns.map((column) => `${column} = EXCLUDED.${column}`).join(', ')} $$`;
