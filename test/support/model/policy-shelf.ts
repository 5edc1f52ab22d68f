import type pg from 'pg';
import { after, HOUR_MS, MINUTE_MS } from '../../../src/platform/time.js';
import type { Crew } from './crew.js';

const DAY_MS = 24 * HOUR_MS;
/** Beside the policies: cases, and what belongs to them. */
const FORGOTTEN = ['case_step', 'support', 'agreement', 'exit_approval', 'note', 'read_log', 'outbox', 'second_raise', 'flag_case', 'relapse_policy_confirmation', 'relapse_policy_grace', 'relapse_policy_due'];

/** How a programme stands by its relapse policy when a run begins. */
export const STANDINGS = ['in-force', 'expires-soon', 'to-be-confirmed', 'grace-over-soon', 'over'] as const;
export type Standing = (typeof STANDINGS)[number];
const LONG_MS = 365 * DAY_MS;
/** Until the policy expires. */
const EXPIRES_IN_MS: Readonly<Record<Standing, number>> = {
  'in-force': LONG_MS, 'expires-soon': 10 * MINUTE_MS, 'to-be-confirmed': 10 * MINUTE_MS - DAY_MS, 'grace-over-soon': 10 * MINUTE_MS - 14 * DAY_MS, over: -15 * DAY_MS,
};

/** The relapse policies the crew has read; each run begins with them, and with nothing else behind the wellness walls. */
export class PolicyShelf {
  private constructor(
    private readonly client: pg.Client,
    private readonly crew: Crew,
    private readonly ids: readonly string[],
  ) {}

  static async open(client: pg.Client, crew: Crew): Promise<PolicyShelf> {
    const { rows } = await client.query<{ id: string }>('SELECT id FROM wellness.relapse_policy');
    return new PolicyShelf(client, crew, rows.map(({ id }) => id));
  }

  async startOver(now: Date, standing: Standing): Promise<void> {
    const [first] = this.crew.programmes;
    await this.client.query(FORGOTTEN.map((table) => `DELETE FROM wellness.${table}`).join('; '));
    await this.client.query('DELETE FROM wellness.relapse_policy_acknowledgement WHERE policy_id <> ALL($1)', [this.ids]);
    await this.client.query('DELETE FROM wellness.relapse_policy WHERE id <> ALL($1)', [this.ids]);
    const expiresAt = after(now, EXPIRES_IN_MS[standing]);
    await this.client.query(
      `UPDATE wellness.relapse_policy SET effective_at = $1, review_at = $1, expires_at = CASE WHEN programme_id = $2 THEN $3::timestamptz ELSE $4::timestamptz END`,
      [after(now, -LONG_MS), first?.id, expiresAt, after(now, LONG_MS)],
    );
    // As a migration leaves it: the first sweep knows when each is due.
    await this.client.query('INSERT INTO wellness.relapse_policy_due (programme_id, due_at) SELECT id, $1 FROM programme', [now]);
    if (standing === 'grace-over-soon') {
      await this.client.query('INSERT INTO wellness.relapse_policy_confirmation (id, programme_id, by_account, at) VALUES (gen_random_uuid(), $1, $2, $3)', [
        first?.id, this.crew.supervisors[0]?.accountId, after(now, -HOUR_MS),
      ]);
    }
  }
}
