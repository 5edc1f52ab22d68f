import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ACCESS, EVENTS } from './first-schema/people.js';
import { REQUESTS, DISPATCH } from './first-schema/requests.js';
import { PROGRAMMES, PEERS, SHIFTS, NOTIFY } from './first-schema/service.js';

/**
 * The first schema. What is dear to change later is here from the start: the person as the key of everything,
 * the purpose and round of an offer, seats and slots of an assignment, escalation and page rows, policy versions,
 * events that can be resumed after a restore, keyed requester hashes and sealed texts.
 * Runs as pd_owner; pd_app gets the rights it needs and owns nothing.
 */
export class FirstSchema1763769600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, ...GRANTS]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...NAMES].reverse()) await runner.query(`DROP TABLE ${table}`);
  }
}

const TABLES = [...ACCESS, ...EVENTS, ...PROGRAMMES, ...PEERS, ...SHIFTS, ...NOTIFY, ...REQUESTS, ...DISPATCH];
const NAMES = TABLES.flatMap((statement) => /^CREATE TABLE (\w+)/.exec(statement)?.[1] ?? []);

/** What pd_app may change; a table that is missing here is read and appended to only. */
const UPDATED = [
  'account', 'session', 'api_key', 'idempotency_key', 'sealed_text', 'programme', 'area', 'catalogue_item', 'peer_profile',
  'peer_trait', 'on_duty', 'channel', 'page', 'crisis_request', 'escalation', 'offer', 'assignment', 'deployment',
];
const DELETED = ['failed_sign_in', 'idempotency_key', 'programme_member', 'on_call_entry', 'peer_trait', 'on_duty', 'channel'];
const GRANTS = [
  `GRANT USAGE ON SCHEMA public TO pd_app`,
  // Readiness compares what was applied with what this build knows.
  `GRANT SELECT ON migration TO pd_app`,
  `GRANT SELECT, INSERT ON ${NAMES.join(', ')} TO pd_app`,
  `GRANT UPDATE ON ${UPDATED.join(', ')} TO pd_app`,
  `GRANT DELETE ON ${DELETED.join(', ')} TO pd_app`,
];
