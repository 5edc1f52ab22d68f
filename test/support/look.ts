import type { Database } from '../../src/platform/database/database.js';

interface SeenRequest {
  readonly state: string;
  readonly round: number;
  readonly acuity: number | null;
  readonly nextActionKind: string | null;
  readonly nextActionAt: Date | null;
}

export interface SeenOffer {
  readonly id: string;
  readonly personId: string;
  readonly seat: string;
  readonly status: string;
  readonly round: number;
  readonly expiresAt: Date;
}

export interface SeenAssignment {
  readonly id: string;
  readonly personId: string;
  readonly seat: string;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
}

export interface SeenEscalation {
  readonly id: string;
  readonly cause: string;
  readonly tier: string;
  readonly pagesSent: number;
  readonly closedAt: Date | null;
  readonly closeReason: string | null;
}

export interface SeenAlarm {
  readonly id: string;
  readonly kind: string;
  readonly subjectId: string;
  readonly pagesSent: number;
  readonly nextPageAt: Date | null;
  readonly acknowledgedBy: string | null;
  readonly closedAt: Date | null;
}

interface SeenPage {
  /** Null is every coordinator's board. */
  readonly accountId: string | null;
  readonly number: number;
  readonly acknowledgedAt: Date | null;
}

/** What the tables say, for a test to judge by: the records, not what a service makes of them. */
export class Look {
  constructor(private readonly db: Database) {}

  request(id: string): Promise<SeenRequest> {
    return this.db.read((tx) => tx.one<SeenRequest>('SELECT state, round, acuity, next_action_kind, next_action_at FROM crisis_request WHERE id = $1', [id]));
  }

  /** In the order they were made. */
  offers(requestId: string): Promise<SeenOffer[]> {
    return this.db.read((tx) =>
      tx.rows<SeenOffer>('SELECT id, person_id, seat, status, round, expires_at FROM offer WHERE subject_id = $1 ORDER BY made_at, id', [requestId]),
    );
  }

  async pendingOffer(requestId: string): Promise<SeenOffer> {
    const pending = (await this.offers(requestId)).filter(({ status }) => status === 'pending');
    const [only, ...more] = pending;
    if (!only || more.length > 0) throw new Error(`${pending.length} offers are pending for request ${requestId}`);
    return only;
  }

  assignments(requestId: string): Promise<SeenAssignment[]> {
    return this.db.read((tx) =>
      tx.rows<SeenAssignment>('SELECT id, person_id, seat, ended_at, end_reason FROM assignment WHERE request_id = $1 ORDER BY accepted_at, id', [requestId]),
    );
  }

  /** How many led the request after each transaction that changed it, from the first lead on. */
  async leadsOverTime(requestId: string): Promise<number[]> {
    const steps = await this.db.read((tx) =>
      tx.rows<{ change: number }>(
        `SELECT sum(change)::int AS change FROM (
           SELECT e.xact, -1 AS change FROM event e JOIN assignment a ON a.id = e.subject_id AND a.request_id = $1 AND a.seat = 'lead'
           WHERE e.type = 'assignment.ended'
           UNION ALL SELECT xact, 1 FROM event WHERE subject_id = $1 AND type = 'request.assigned') c GROUP BY xact ORDER BY xact`,
        [requestId],
      ),
    );
    let leads = 0;
    return steps.map(({ change }) => (leads += change));
  }

  escalations(requestId: string): Promise<SeenEscalation[]> {
    return this.db.read((tx) =>
      tx.rows<SeenEscalation>('SELECT id, cause, tier, pages_sent, closed_at, close_reason FROM escalation WHERE request_id = $1 ORDER BY opened_at, id', [requestId]),
    );
  }

  /** In the order they were raised. */
  alarms(): Promise<SeenAlarm[]> {
    return this.db.read((tx) =>
      tx.rows<SeenAlarm>('SELECT id, kind, subject_id, pages_sent, next_page_at, acknowledged_by, closed_at FROM alarm ORDER BY opened_at, id'),
    );
  }

  /** Of an escalation or an alarm, in the order they were sent. */
  pages(subjectId: string): Promise<SeenPage[]> {
    return this.db.read((tx) =>
      tx.rows<SeenPage>('SELECT account_id, number, acknowledged_at FROM page WHERE subject_id = $1 ORDER BY number, account_id NULLS LAST', [subjectId]),
    );
  }
}
