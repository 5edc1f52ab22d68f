import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an offer explains, in which language people are told how to call, and how long notes and looks are kept. */
export class WhatPeopleKeep1763805700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  // The figure could tell a match-only experience (docs/decisions/0014); it is not brought back by going down.
  `UPDATE offer SET why = jsonb_set(why, '{terms}', coalesce((SELECT jsonb_agg(t.term ORDER BY t.at) FROM jsonb_array_elements(why->'terms') WITH ORDINALITY AS t (term, at)
     WHERE t.term->>'term' <> 'fit'), '[]')) WHERE why->'terms' @> '[{"term": "fit"}]'`,
  // Null: there are only the words of calling_instruction, for everybody.
  `ALTER TABLE programme ADD COLUMN calling_instruction_es text`,
  `ALTER TABLE hand_over_note ADD COLUMN forgotten_at timestamptz CONSTRAINT only_taken_notes_are_forgotten CHECK (forgotten_at IS NULL OR taken_at IS NOT NULL)`,
  `CREATE INDEX hand_over_notes_to_forget ON hand_over_note (taken_at) WHERE forgotten_at IS NULL`,
  // Who asked whether a requester has an open request, for the limit on asking. Never whom they asked about.
  `CREATE TABLE requester_look (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account,
    at timestamptz NOT NULL)`,
  `CREATE INDEX requester_looks_of_account ON requester_look (account_id, at)`,
  `GRANT SELECT, INSERT, DELETE ON requester_look TO pd_app`,
];

const DOWN = [
  `DROP TABLE requester_look`,
  `ALTER TABLE hand_over_note DROP COLUMN forgotten_at`,
  `ALTER TABLE programme DROP COLUMN calling_instruction_es`,
];
