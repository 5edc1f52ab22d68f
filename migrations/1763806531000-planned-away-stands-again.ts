import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What somebody had planned waits behind the away that came between, whoever set that and why: agreements keep no own copy of it. */
export class PlannedAwayStandsAgain1763806531000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE away ADD COLUMN then_from_at timestamptz, ADD COLUMN then_until_at timestamptz,
      ADD CONSTRAINT what_stands_again_is_a_span CHECK (then_until_at IS NULL OR (then_from_at IS NOT NULL AND then_until_at > then_from_at))`);
    await runner.query(`UPDATE away w SET then_from_at = (a.own_away->>'from')::timestamptz, then_until_at = (a.own_away->>'until')::timestamptz
      FROM wellness.agreement a WHERE a.away_id = w.id AND a.ended_at IS NULL AND a.own_away IS NOT NULL AND w.ended_at IS NULL`);
    await runner.query('ALTER TABLE wellness.agreement DROP COLUMN own_away');
    await runner.query(door(KEPT));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE wellness.agreement ADD COLUMN own_away jsonb');
    await runner.query(door([...KEPT, 'own_away']));
    await runner.query(`UPDATE wellness.agreement a SET own_away = jsonb_build_object('from', w.then_from_at, 'until', w.then_until_at)
      FROM away w WHERE w.id = a.away_id AND a.ended_at IS NULL AND w.then_from_at IS NOT NULL`);
    await runner.query('ALTER TABLE away DROP CONSTRAINT what_stands_again_is_a_span, DROP COLUMN then_from_at, DROP COLUMN then_until_at');
  }
}

const KEPT = ['answer', 'answered_at', 'began_at', 'due_at', 'signed_off_by', 'signed_off_at', 'ended_at', 'own_limits', 'away_id'];

/** The door that is there, with its rights as they are. */
const door = (columns: readonly string[]): string =>
  `CREATE OR REPLACE FUNCTION wellness.put_agreement(p_row jsonb) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO wellness.agreement SELECT * FROM jsonb_populate_record(NULL::wellness.agreement, p_row)
    ON CONFLICT (id) DO UPDATE SET ${columns.map((column) => `${column} = EXCLUDED.${column}`).join(', ')} $$`;
