import { Injectable } from '@nestjs/common';
import type { EndReason } from '../dispatch/domain/assignment.js';
import type { Tx } from '../platform/database/tx.js';
import type { RequestState } from '../requests/domain/request.js';

export interface MyOutcome {
  readonly assignmentId: string;
  readonly endedAt: Date;
  readonly myEnd: EndReason;
  readonly requestOutcome: string | null;
  readonly requestState: RequestState;
  readonly takenUp: boolean;
  readonly howItWasAsked: boolean;
}

/** Reads, never writes, what dispatch keeps about a peer's own assignments. */
@Injectable()
export class OutcomesStore {
  /** Ended since then, the latest first. Nothing of it tells who, where, or which other peer (index assignments_of_person). As `maySayHowItWas` has it: of one that ended since then. */
  endedOf(tx: Tx, personId: string, since: Date, sayableSince: Date, page: { before: { endedAt: Date; assignmentId: string } | null; limit: number }): Promise<MyOutcome[]> {
    return tx.rows<MyOutcome>(
      `SELECT a.id AS assignment_id, a.ended_at, a.end_reason AS my_end, r.state AS request_state,
              (SELECT e.outcome FROM encounter e JOIN assignment o ON o.id = e.assignment_id WHERE o.request_id = r.id
               ORDER BY e.closed_at DESC, e.assignment_id LIMIT 1) AS request_outcome,
              EXISTS (SELECT 1 FROM assignment o WHERE o.request_id = r.id AND o.seat = a.seat AND o.person_id <> a.person_id AND o.accepted_at >= a.ended_at) AS taken_up,
              (a.seat = 'lead' AND a.contact_made_at IS NOT NULL AND a.intensity IS NULL AND a.end_reason NOT IN ('closed','contact-confirmed') AND a.ended_at >= $6) AS how_it_was_asked
       FROM assignment a JOIN crisis_request r ON r.id = a.request_id
       WHERE a.person_id = $1 AND a.ended_at >= $2 AND ($3::timestamptz IS NULL OR (a.ended_at, a.id) < ($3, $4::uuid))
       ORDER BY a.ended_at DESC, a.id DESC LIMIT $5`,
      [personId, since, page.before?.endedAt ?? null, page.before?.assignmentId ?? null, page.limit, sayableSince],
    );
  }
}
