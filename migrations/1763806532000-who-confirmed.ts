import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who confirmed that help is there is a code, whatever language the desk works in; whoever has none keeps the desk's own word. */
export class WhoConfirmed1763806532000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE escalation ADD COLUMN contact_confirmed_name text');
    await runner.query(`UPDATE escalation e SET contact_confirmed_by = COALESCE(w.code, 'other'), contact_confirmed_name = CASE WHEN w.code IS NULL THEN e.contact_confirmed_by END
      FROM (SELECT DISTINCT contact_confirmed_by AS said FROM escalation WHERE contact_confirmed_by IS NOT NULL) f
      LEFT JOIN (VALUES ${WORDS.map(([word, code]) => `('${word}', '${code}')`).join(', ')}) AS w(word, code) ON w.word = lower(btrim(f.said))
      WHERE e.contact_confirmed_by = f.said`);
    await runner.query(`ALTER TABLE escalation
      ADD CONSTRAINT known_confirmations CHECK (contact_confirmed_by IN ('988','911','mobile-team','clinician','partner','supervisor','other')),
      ADD CONSTRAINT somebody_else_has_a_name CHECK ((contact_confirmed_by IS NOT DISTINCT FROM 'other') = (contact_confirmed_name IS NOT NULL))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE escalation DROP CONSTRAINT somebody_else_has_a_name, DROP CONSTRAINT known_confirmations');
    await runner.query(`UPDATE escalation SET contact_confirmed_by = contact_confirmed_name WHERE contact_confirmed_by = 'other'`);
    await runner.query('ALTER TABLE escalation DROP COLUMN contact_confirmed_name');
  }
}

/** As the buttons said it, in either language. */
const WORDS = [
  ['988', '988'], ['911', '911'], ['mobile-team', 'mobile-team'], ['mobile team', 'mobile-team'], ['equipo móvil', 'mobile-team'],
  ['clinician', 'clinician'], ['personal clínico', 'clinician'], ['supervisor', 'supervisor'], ['supervisión', 'supervisor'], ['partner', 'partner'],
] as const;
