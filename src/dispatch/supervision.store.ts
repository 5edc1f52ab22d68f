import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { Escalation } from '../requests/domain/escalation.js';
import type { Acuity } from '../requests/domain/request.js';

/** The request's side of what a supervisor decides about. */
interface Kind {
  readonly requestNumber: number;
  readonly programmeId: string;
  readonly urgency: Acuity;
  readonly contactKind: string;
  readonly language: string;
  readonly countyFips: string | null;
}

export interface EscalationRow extends Escalation, Kind {
  readonly holderName: string | null;
  readonly leadName: string | null;
  readonly leadPersonId: string | null;
  readonly leadEnRouteAt: Date | null;
  readonly leadContactAt: Date | null;
  readonly leadHandingOverAt: Date | null;
}

export interface HandingOverRow extends Kind {
  readonly requestId: string;
  readonly assignmentId: string;
  readonly peerName: string;
  readonly since: Date;
}

/** More than anybody could take on; what lies behind them comes up as these are taken. */
const AT_HAND = 100;
const OPEN = `SELECT e.*, r.number AS request_number, r.programme_id, r.urgency, r.contact_kind, r.language, r.county_fips, p.display_name AS lead_name, l.person_id AS lead_person_id, h.display_name AS holder_name,
    l.en_route_at AS lead_en_route_at, l.contact_made_at AS lead_contact_at, l.handing_over_at AS lead_handing_over_at
  FROM escalation e JOIN crisis_request r ON r.id = e.request_id
  LEFT JOIN assignment l ON l.request_id = r.id AND l.seat = 'lead' AND l.ended_at IS NULL
  LEFT JOIN person p ON p.id = l.person_id
  LEFT JOIN account k ON k.id = e.acknowledged_by LEFT JOIN person h ON h.id = k.person_id
  WHERE e.closed_at IS NULL AND r.programme_id = ANY($1)`;

/** Reads for those who stand behind the peers. Open escalations are few: index one_open_escalation_per_cause holds no others. */
@Injectable()
export class SupervisionStore {
  /** Open, and no supervisor has it, whoever has it at the desk. */
  untaken(tx: Tx, programmeIds: readonly string[]): Promise<EscalationRow[]> {
    return tx.rows<EscalationRow>(`${OPEN} AND e.supervisor_at IS NULL ORDER BY e.opened_at, e.id LIMIT $2`, [programmeIds, AT_HAND]);
  }

  ownedBy(tx: Tx, accountId: string, programmeIds: readonly string[]): Promise<EscalationRow[]> {
    return tx.rows<EscalationRow>(`${OPEN} AND e.owner_account_id = $2 ORDER BY e.next_page_at NULLS LAST, e.opened_at, e.id LIMIT $3`, [programmeIds, accountId, AT_HAND]);
  }

  handingOver(tx: Tx, programmeIds: readonly string[]): Promise<HandingOverRow[]> {
    return tx.rows<HandingOverRow>(
      `SELECT r.id AS request_id, r.number AS request_number, a.id AS assignment_id, p.display_name AS peer_name, a.handing_over_at AS since, r.programme_id, r.urgency,
              r.contact_kind, r.language, r.county_fips
       FROM assignment a JOIN crisis_request r ON r.id = a.request_id JOIN person p ON p.id = a.person_id
       WHERE a.ended_at IS NULL AND a.handing_over_at IS NOT NULL AND a.seat = 'lead' AND r.programme_id = ANY($1)
       ORDER BY a.handing_over_at, a.id LIMIT $2`,
      [programmeIds, AT_HAND],
    );
  }
}
