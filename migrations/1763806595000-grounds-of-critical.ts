import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Several people may have sat in one contact, and each lead's word is their own: somebody waits while any ground stands. */
export class GroundsOfCritical1763806595000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE critical_ground');
  }
}

const UP = [
  `CREATE TABLE critical_ground (
    assignment_id uuid NOT NULL REFERENCES critical_contact ON DELETE CASCADE,
    lead_assignment_id uuid NOT NULL REFERENCES assignment,
    ground text NOT NULL CHECK (ground IN ('word','danger','silence')),
    PRIMARY KEY (assignment_id, lead_assignment_id, ground))`,
  'CREATE INDEX critical_grounds_of_lead ON critical_ground (lead_assignment_id, ground)',
  // Of those that were open before: the latest lead of the request stands behind them.
  `INSERT INTO critical_ground (assignment_id, lead_assignment_id, ground)
   SELECT c.assignment_id, l.id, CASE WHEN l.intensity = 'critical' THEN 'word' ELSE 'silence' END
   FROM critical_contact c JOIN assignment a ON a.id = c.assignment_id
   CROSS JOIN LATERAL (
     SELECT id, intensity FROM assignment WHERE request_id = a.request_id AND seat = 'lead' ORDER BY (id = a.id) DESC, accepted_at DESC LIMIT 1) l
   WHERE c.supervisor_contact_at IS NULL`,
  'GRANT SELECT, INSERT, DELETE ON critical_ground TO pd_app',
];
