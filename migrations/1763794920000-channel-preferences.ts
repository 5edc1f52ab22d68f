import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How each person wants to be told: kept beside the channels, which come and go with duties and browsers. */
export class ChannelPreferences1763794920000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE channel_preference');
  }
}

const UP = [
  `CREATE TABLE channel_preference (
    person_id uuid NOT NULL REFERENCES person,
    kind text NOT NULL CHECK (kind IN ('in-app','web-push')),
    position integer NOT NULL CHECK (position >= 0),
    delay_seconds integer NOT NULL,
    PRIMARY KEY (person_id, kind),
    CONSTRAINT a_delay_leaves_time_to_answer CHECK (delay_seconds BETWEEN 0 AND 20),
    CONSTRAINT the_app_tells_at_once CHECK (kind <> 'in-app' OR delay_seconds = 0))`,
  `GRANT SELECT, INSERT, UPDATE, DELETE ON channel_preference TO pd_app`,
];
