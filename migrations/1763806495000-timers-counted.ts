import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A timer or a letter that fails is counted and tried again as every other step: no door moves its time. */
export class TimersCounted1763806495000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION wellness.put_off(uuid, timestamptz)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE FUNCTION wellness.put_off(p_id uuid, p_until timestamptz) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
      UPDATE wellness.flag_case SET next_due_at = p_until WHERE id = p_id AND next_due_at < p_until;
      UPDATE wellness.outbox SET due_at = p_until WHERE id = p_id AND sent_at IS NULL $$`);
    await runner.query('REVOKE ALL ON FUNCTION wellness.put_off FROM PUBLIC');
    await runner.query('GRANT EXECUTE ON FUNCTION wellness.put_off TO pd_app');
  }
}
