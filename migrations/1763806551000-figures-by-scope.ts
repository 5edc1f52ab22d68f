import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Figures for operations are read with a scope of their own: a partner's key shows no partner how the agency works. What was
 * kept for repeats of "I know them" is removed: that it was said is nobody's to read.
 */
export class FiguresByScope1763806551000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await allow(runner, ['requests:write', 'triage', 'alerts:write', 'operations:read']);
    await runner.query(`DELETE FROM idempotency_key WHERE route ~ '/(known-person|decline|hand-back)$'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE api_key SET scopes = array_remove(scopes, 'operations:read')`);
    await allow(runner, ['requests:write', 'triage', 'alerts:write']);
  }
}

async function allow(runner: QueryRunner, scopes: readonly string[]): Promise<void> {
  await runner.query('ALTER TABLE api_key DROP CONSTRAINT known_scopes');
  await runner.query(`ALTER TABLE api_key ADD CONSTRAINT known_scopes CHECK (scopes <@ ARRAY[${scopes.map((scope) => `'${scope}'`).join(',')}]::text[])`);
}
