import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who asks by request and who asks by person finds pending offers by an index of their own, and by no other. An index may
 * be read whole for any condition its predicate follows from; in the first minute of a surge, while the server's statistics
 * know of few offers, that seemed no dearer, and each search read all that were pending (57,000 pages for one count). Both
 * columns are never null, so what the predicates add holds of each row; it follows from a condition or a join on that column
 * alone.
 */
export class OffersOneWay1763806600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await rebuild(runner, ' AND person_id IS NOT NULL', ' AND subject_id IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await rebuild(runner, '', '');
  }
}

async function rebuild(runner: QueryRunner, byPerson: string, bySubject: string): Promise<void> {
  await runner.query('DROP INDEX one_pending_contact_offer_per_person, offered_once_per_round, offers_pending');
  await runner.query(`CREATE UNIQUE INDEX one_pending_contact_offer_per_person ON offer (person_id) WHERE status = 'pending' AND purpose = 'contact'${byPerson}`);
  await runner.query(`CREATE UNIQUE INDEX offered_once_per_round ON offer (purpose, subject_id, person_id, round) WHERE status <> 'superseded'${bySubject}`);
  await runner.query(`CREATE INDEX offers_pending ON offer (subject_id, made_at) WHERE status = 'pending' AND purpose = 'contact'${bySubject}`);
}
