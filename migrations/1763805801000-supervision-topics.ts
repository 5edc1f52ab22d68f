import type { MigrationInterface, QueryRunner } from 'typeorm';
import { alsoAllow, CATALOGUE_KINDS, noLongerAllow } from './listed-values.js';

/** What supervision sessions are about, as the catalogue names it. */
export class SupervisionTopics1763805801000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await alsoAllow(runner, CATALOGUE_KINDS, 'supervision-topic');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM catalogue_item WHERE kind = 'supervision-topic'`);
    await noLongerAllow(runner, CATALOGUE_KINDS, 'supervision-topic');
  }
}
