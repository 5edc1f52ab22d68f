import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { PolicyDates, PolicyFacts, PolicyWords } from './domain/relapse-policy.js';

export interface RelapsePolicyRow extends PolicyWords {
  readonly id: string;
  readonly programmeId: string;
  readonly number: number;
  readonly state: 'draft' | 'approved';
  readonly writtenBy: string | null;
  readonly writtenByName: string | null;
  readonly writtenAt: Date;
  readonly approvedBy: string | null;
  readonly approvedByName: string | null;
  readonly approvedAt: Date | null;
  readonly effectiveAt: Date | null;
  readonly reviewAt: Date | null;
  readonly expiresAt: Date | null;
  readonly version: number;
}

/** One that holds for somebody now, or will. */
export interface PolicyForPerson extends PolicyWords {
  readonly id: string;
  readonly programmeId: string;
  readonly effectiveAt: Date;
  readonly expiresAt: Date;
  readonly acknowledgedAt: Date | null;
}

interface PolicyDraft extends PolicyWords {
  readonly id: string;
  readonly programmeId: string;
  readonly number: number;
  readonly by: string | null;
}

export interface Acknowledgements {
  readonly policyId: string;
  readonly acknowledged: number;
  readonly peers: number;
}

interface PolicyNotice {
  readonly policyId: string;
  /** Whoever comes after them has not been told yet. */
  readonly toldUpTo: string | null;
}

const POLICY = `SELECT r.id, r.programme_id, r.number, r.state, r.label, r.body AS text, r.contact_hours, r.written_by, w.display_name AS written_by_name, r.written_at,
    r.approved_by, a.display_name AS approved_by_name, r.approved_at, r.effective_at, r.review_at, r.expires_at, r.version
  FROM wellness.relapse_policy r
  LEFT JOIN account wa ON wa.id = r.written_by LEFT JOIN person w ON w.id = wa.person_id
  LEFT JOIN account aa ON aa.id = r.approved_by LEFT JOIN person a ON a.id = aa.person_id`;
const MOST_POLICIES = 200;
const MOST_ASKED = 200;

/** Relapse policies: the tables of schema wellness that are no secret, written through its functions alone, and who is yet to hear of a version. */
@Injectable()
export class RelapsePolicyStore {
  async inEffect(tx: Tx, programmeId: string, now: Date): Promise<string | null> {
    const found = await tx.maybe<{ policyId: string }>(
      'SELECT policy_id FROM wellness.relapse_policy_standing WHERE programme_id = $1 AND from_at <= $2 AND (until_at IS NULL OR until_at > $2)', [programmeId, now],
    );
    return found?.policyId ?? null;
  }

  byId(tx: Tx, id: string): Promise<RelapsePolicyRow | null> {
    return tx.maybe<RelapsePolicyRow>(`${POLICY} WHERE r.id = $1`, [id]);
  }

  /** Newest first. */
  ofProgramme(tx: Tx, programmeId: string): Promise<RelapsePolicyRow[]> {
    return tx.rows<RelapsePolicyRow>(`${POLICY} WHERE r.programme_id = $1 ORDER BY r.number DESC LIMIT $2`, [programmeId, MOST_POLICIES]);
  }

  /** Everything the standing follows from; each part is one look into an index. */
  facts(tx: Tx, programmeId: string, now: Date): Promise<PolicyFacts> {
    return tx.one<PolicyFacts>(
      `SELECT (SELECT expires_at FROM wellness.relapse_policy WHERE programme_id = $1 AND state = 'approved' AND effective_at <= $2
               ORDER BY effective_at DESC, number DESC LIMIT 1) AS expires_at,
              (SELECT began_at FROM wellness.relapse_policy_grace WHERE programme_id = $1) AS grace_began_at,
              (SELECT at FROM wellness.relapse_policy_confirmation WHERE programme_id = $1 ORDER BY at DESC LIMIT 1) AS confirmed_at`,
      [programmeId, now],
    );
  }

  /** When the next approved version takes effect; null: none waits for its day. */
  async nextEffectiveAt(tx: Tx, programmeId: string, now: Date): Promise<Date | null> {
    const { at } = await tx.one<{ at: Date | null }>(
      `SELECT min(effective_at) AS at FROM wellness.relapse_policy WHERE programme_id = $1 AND state = 'approved' AND effective_at > $2`, [programmeId, now],
    );
    return at;
  }

  /** Programmes whose policy somebody must see to; index relapse_policies_due. */
  async due(tx: Tx, now: Date, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ programmeId: string }>('SELECT programme_id FROM wellness.relapse_policy_due WHERE due_at <= $1 ORDER BY due_at LIMIT $2', [now, limit]);
    return rows.map(({ programmeId }) => programmeId);
  }

  /** Since when; null: somebody has seen to it. */
  async dueSince(tx: Tx, programmeId: string, now: Date): Promise<Date | null> {
    const found = await tx.maybe<{ dueAt: Date }>('SELECT due_at FROM wellness.relapse_policy_due WHERE programme_id = $1 AND due_at <= $2', [programmeId, now]);
    return found?.dueAt ?? null;
  }

  /** The dates of the newest that has taken effect, expired or not, while no approved one waits to follow it. */
  toReview(tx: Tx, programmeId: string, now: Date): Promise<PolicyDates | null> {
    return tx.maybe<PolicyDates>(
      `SELECT effective_at, review_at, expires_at FROM wellness.relapse_policy r
       WHERE programme_id = $1 AND state = 'approved' AND effective_at <= $2
         AND NOT EXISTS (SELECT 1 FROM wellness.relapse_policy n WHERE n.programme_id = $1 AND n.state = 'approved' AND n.effective_at > $2)
         AND EXISTS (SELECT 1 FROM programme p WHERE p.id = $1 AND p.status = 'active')
       ORDER BY effective_at DESC, number DESC LIMIT 1`,
      [programmeId, now],
    );
  }

  /** Whoever may approve the next version: admins, and the supervisor leads of the programme. */
  async approvers(tx: Tx, programmeId: string): Promise<string[]> {
    const rows = await tx.rows<{ personId: string }>(
      `SELECT a.person_id FROM account a WHERE a.status = 'active' AND ('admin' = ANY(a.roles) OR ('supervisor-lead' = ANY(a.roles)
         AND EXISTS (SELECT 1 FROM programme_member m WHERE m.person_id = a.person_id AND m.programme_id = $1))) ORDER BY a.person_id LIMIT $2`,
      [programmeId, MOST_ASKED],
    );
    return rows.map(({ personId }) => personId);
  }

  /** null: nothing is owed until somebody approves or confirms. */
  async setDue(tx: Tx, programmeId: string, dueAt: Date | null): Promise<void> {
    await tx.run('SELECT wellness.set_relapse_policy_due($1, $2)', [programmeId, dueAt]);
  }

  /** Whoever may confirm for the programme: those who are not away, or everybody where all are. */
  async supervisorsToAsk(tx: Tx, programmeId: string, now: Date): Promise<string[]> {
    const rows = await tx.rows<{ personId: string; here: boolean }>(
      `SELECT a.person_id, NOT EXISTS (SELECT 1 FROM away w WHERE w.person_id = a.person_id AND w.ended_at IS NULL AND w.from_at <= $2
           AND (w.until_at IS NULL OR w.until_at > $2)) AS here
       FROM programme_member m JOIN account a ON a.person_id = m.person_id AND a.status = 'active' AND 'supervisor' = ANY(a.roles)
       WHERE m.programme_id = $1 ORDER BY a.person_id LIMIT $3`,
      [programmeId, now, MOST_ASKED],
    );
    const here = rows.filter((row) => row.here);
    return (here.length > 0 ? here : rows).map(({ personId }) => personId);
  }

  /** In force now in the person's programmes, and those to come; by programme, in the order they take effect. */
  forPerson(tx: Tx, personId: string, now: Date): Promise<PolicyForPerson[]> {
    return tx.rows<PolicyForPerson>(
      `SELECT r.id, r.programme_id, r.label, r.body AS text, r.contact_hours, r.effective_at, r.expires_at, k.at AS acknowledged_at
       FROM programme_member m JOIN programme p ON p.id = m.programme_id AND p.status = 'active'
       JOIN wellness.relapse_policy_standing s ON s.programme_id = m.programme_id AND (s.until_at IS NULL OR s.until_at > $2)
       JOIN wellness.relapse_policy r ON r.id = s.policy_id
       LEFT JOIN wellness.relapse_policy_acknowledgement k ON k.policy_id = r.id AND k.person_id = m.person_id
       WHERE m.person_id = $1 ORDER BY p.name, s.from_at LIMIT $3`,
      [personId, now, MOST_POLICIES],
    );
  }

  /** Whether they serve as a peer, with whatever standing: a policy protects peers and is acknowledged by them alone. */
  async isPeer(tx: Tx, personId: string): Promise<boolean> {
    return (await tx.maybe('SELECT 1 FROM peer_profile WHERE person_id = $1', [personId])) !== null;
  }

  /** How many of the programme's peers have acknowledged each version; a count, and nobody's name. */
  acknowledgements(tx: Tx, programmeId: string): Promise<Acknowledgements[]> {
    return tx.rows<Acknowledgements>(
      `SELECT r.id AS policy_id, count(k.person_id)::int AS acknowledged, count(*)::int AS peers
       FROM wellness.relapse_policy r JOIN programme_member m ON m.programme_id = r.programme_id
       JOIN peer_profile f ON f.person_id = m.person_id AND f.status = 'active'
       LEFT JOIN wellness.relapse_policy_acknowledgement k ON k.policy_id = r.id AND k.person_id = m.person_id
       WHERE r.programme_id = $1 AND r.state = 'approved' GROUP BY r.id LIMIT $2`,
      [programmeId, MOST_POLICIES],
    );
  }

  async insertNotice(tx: Tx, id: string, policyId: string, dueAt: Date): Promise<void> {
    await tx.run('INSERT INTO relapse_policy_notice (id, policy_id, due_at) VALUES ($1, $2, $3)', [id, policyId, dueAt]);
  }

  /** Index relapse_policy_notices_due. */
  async noticesDue(tx: Tx, now: Date, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>('SELECT id FROM relapse_policy_notice WHERE sent_at IS NULL AND due_at <= $1 ORDER BY due_at LIMIT $2', [now, limit]);
    return rows.map(({ id }) => id);
  }

  lockNotice(tx: Tx, id: string): Promise<PolicyNotice | null> {
    return tx.maybe<PolicyNotice>('SELECT policy_id, told_up_to FROM relapse_policy_notice WHERE id = $1 AND sent_at IS NULL FOR UPDATE SKIP LOCKED', [id]);
  }

  /** The next peers of its programme, by person, who have not acknowledged it. */
  async toAnnounce(tx: Tx, { policyId, toldUpTo }: PolicyNotice, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ personId: string }>(
      `SELECT m.person_id FROM wellness.relapse_policy r JOIN programme p ON p.id = r.programme_id AND p.status = 'active'
       JOIN programme_member m ON m.programme_id = r.programme_id JOIN peer_profile f ON f.person_id = m.person_id AND f.status = 'active'
       WHERE r.id = $1 AND ($2::uuid IS NULL OR m.person_id > $2)
         AND NOT EXISTS (SELECT 1 FROM wellness.relapse_policy_acknowledgement k WHERE k.policy_id = r.id AND k.person_id = m.person_id)
       ORDER BY m.person_id LIMIT $3`,
      [policyId, toldUpTo, limit],
    );
    return rows.map(({ personId }) => personId);
  }

  /** `sentAt` null: there are more to tell. */
  async markAnnounced(tx: Tx, id: string, toldUpTo: string | null, sentAt: Date | null): Promise<void> {
    await tx.run('UPDATE relapse_policy_notice SET told_up_to = COALESCE($2, told_up_to), sent_at = $3 WHERE id = $1', [id, toldUpTo, sentAt]);
  }

  /** Written anew, or over the draft of that id. */
  async writeDraft(tx: Tx, draft: PolicyDraft, now: Date): Promise<void> {
    await tx.run('SELECT wellness.write_relapse_draft($1, $2, $3, $4, $5, $6, $7, $8)', [
      draft.id, draft.programmeId, draft.number, draft.label, draft.text, draft.contactHours, draft.by, now,
    ]);
  }

  async approve(tx: Tx, id: string, by: string | null, dates: PolicyDates, now: Date): Promise<void> {
    await tx.run('SELECT wellness.approve_relapse_policy($1, $2, $3, $4, $5, $6)', [id, by, now, dates.effectiveAt, dates.reviewAt, dates.expiresAt]);
  }

  async acknowledge(tx: Tx, policyId: string, personId: string, now: Date): Promise<void> {
    await tx.run('SELECT wellness.acknowledge_relapse_policy($1, $2, $3)', [policyId, personId, now]);
  }

  async confirm(tx: Tx, id: string, programmeId: string, by: string, now: Date): Promise<void> {
    await tx.run('SELECT wellness.confirm_relapse_policy($1, $2, $3, $4)', [id, programmeId, by, now]);
  }
}
