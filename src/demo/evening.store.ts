import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { Evening, EveningEnd } from './domain/evening.js';

export interface Player {
  readonly personId: string;
  readonly accountId: string;
  readonly position: number;
  readonly dutySince: Date | null;
  readonly dutyVersion: number | null;
  /** What the duty is now; null when they are off duty. */
  readonly since: Date | null;
  readonly version: number | null;
  readonly stillHereAskedAt: Date | null;
}

export interface PlayerOffer {
  readonly id: string;
  readonly personId: string;
  readonly requestId: string;
  readonly externalRef: string | null;
  readonly round: number;
  readonly madeAt: Date;
}

export interface PlayerContact {
  readonly id: string;
  readonly personId: string;
  readonly requestId: string;
  readonly externalRef: string | null;
  readonly acceptedAt: Date;
  readonly contactMadeAt: Date | null;
  readonly endedAt: Date | null;
  readonly askedAdvice: boolean;
}

export interface PlayedRequest {
  readonly id: string;
  readonly externalRef: string;
  readonly open: boolean;
}

/** An account that acts in the evening. */
export interface Actor {
  readonly accountId: string;
  readonly personId: string;
}

const MOST = 500;

@Injectable()
export class EveningStore {
  async isDemo(tx: Tx): Promise<boolean> {
    return (await tx.one<{ demo: boolean }>('SELECT demo FROM deployment')).demo;
  }

  /** The one that has not ended. */
  current(tx: Tx): Promise<Evening | null> {
    return tx.maybe<Evening>('SELECT * FROM demo_evening WHERE ended_at IS NULL');
  }

  lock(tx: Tx, id: string): Promise<Evening | null> {
    return tx.maybe<Evening>('SELECT * FROM demo_evening WHERE id = $1 FOR UPDATE', [id]);
  }

  async insert(tx: Tx, e: Evening): Promise<void> {
    await tx.run(
      `INSERT INTO demo_evening (id, speed, seed, started_by, desk_account_id, started_at, lease_until, next_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
      [e.id, e.speed, e.seed, e.startedBy, e.deskAccountId, e.startedAt, e.leaseUntil, e.nextAt],
    );
  }

  /** Whose turn it may be: this process's own, one nobody has taken up, or one whose process has gone. */
  async due(tx: Tx, runner: string, now: Date): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>(
      `SELECT id FROM demo_evening WHERE ended_at IS NULL AND next_at <= $1 AND (runner IS NULL OR runner = $2 OR lease_until <= $1) LIMIT 1`, [now, runner],
    );
    return rows.map(({ id }) => id);
  }

  async take(tx: Tx, id: string, runner: string, leaseUntil: Date, nextAt: Date): Promise<void> {
    await tx.run('UPDATE demo_evening SET runner = $2, lease_until = $3, next_at = $4 WHERE id = $1', [id, runner, leaseUntil, nextAt]);
  }

  async markClosing(tx: Tx, id: string, reason: EveningEnd, now: Date): Promise<void> {
    await tx.run('UPDATE demo_evening SET closing_at = $2, end_reason = $3, next_at = $2 WHERE id = $1 AND closing_at IS NULL', [id, now, reason]);
  }

  /** False when it had ended already. */
  async markEnded(tx: Tx, id: string, now: Date): Promise<boolean> {
    return (await tx.run('UPDATE demo_evening SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL', [id, now])) === 1;
  }

  /** Active peers among these addresses who are not on duty, in the order of the addresses. */
  freePeers(tx: Tx, emails: readonly string[]): Promise<Actor[]> {
    return tx.rows<Actor>(
      `SELECT a.id AS account_id, a.person_id FROM account a
       WHERE a.email = ANY($1) AND a.status = 'active' AND 'peer' = ANY(a.roles)
         AND NOT EXISTS (SELECT 1 FROM on_duty d WHERE d.person_id = a.person_id) ORDER BY a.email LIMIT $2`,
      [emails, MOST],
    );
  }

  /** Somebody to take requests in: this address, else the oldest coordinator's. */
  desk(tx: Tx, email: string): Promise<Actor | null> {
    return tx.maybe<Actor>(
      `SELECT a.id AS account_id, a.person_id FROM account a WHERE a.status = 'active' AND 'coordinator' = ANY(a.roles)
       ORDER BY (a.email = $1) DESC, a.created_at LIMIT 1`,
      [email],
    );
  }

  account(tx: Tx, id: string): Promise<Actor | null> {
    return tx.maybe<Actor>('SELECT id AS account_id, person_id FROM account WHERE id = $1', [id]);
  }

  async insertPeers(tx: Tx, eveningId: string, personIds: readonly string[]): Promise<void> {
    await tx.run(
      'INSERT INTO demo_evening_peer (evening_id, person_id, position) SELECT $1, p.id, p.n - 1 FROM unnest($2::uuid[]) WITH ORDINALITY AS p(id, n)', [eveningId, personIds],
    );
  }

  /** Before the check-in, so that one that is cut off is told from somebody's own. */
  async markComing(tx: Tx, eveningId: string, personId: string, at: Date): Promise<void> {
    await tx.run('UPDATE demo_evening_peer SET duty_since = $3 WHERE evening_id = $1 AND person_id = $2', [eveningId, personId, at]);
  }

  async markOnDuty(tx: Tx, eveningId: string, personId: string, duty: { readonly since: Date; readonly version: number }): Promise<void> {
    await tx.run('UPDATE demo_evening_peer SET duty_since = $3, duty_version = $4 WHERE evening_id = $1 AND person_id = $2', [eveningId, personId, duty.since, duty.version]);
  }

  players(tx: Tx, eveningId: string): Promise<Player[]> {
    return tx.rows<Player>(
      `SELECT p.person_id, a.id AS account_id, p.position, p.duty_since, p.duty_version, d.since, d.version, d.still_here_asked_at
       FROM demo_evening_peer p JOIN account a ON a.person_id = p.person_id
       LEFT JOIN on_duty d ON d.person_id = p.person_id AND d.duty_as = 'peer' WHERE p.evening_id = $1 ORDER BY p.position LIMIT $2`,
      [eveningId, MOST],
    );
  }

  offersFor(tx: Tx, personIds: readonly string[]): Promise<PlayerOffer[]> {
    return tx.rows<PlayerOffer>(
      `SELECT o.id, o.person_id, o.subject_id AS request_id, r.external_ref, o.round, o.made_at FROM offer o JOIN crisis_request r ON r.id = o.subject_id
       WHERE o.status = 'pending' AND o.purpose = 'contact' AND o.person_id = ANY($1) ORDER BY o.made_at, o.id LIMIT $2`,
      [personIds, MOST],
    );
  }

  /** What they lead since then, and what ended when help was confirmed to be there and is still to be closed out. */
  contactsOf(tx: Tx, personIds: readonly string[], since: Date): Promise<PlayerContact[]> {
    return tx.rows<PlayerContact>(
      `SELECT s.id, s.person_id, s.request_id, r.external_ref, s.accepted_at, s.contact_made_at, s.ended_at,
              EXISTS (SELECT 1 FROM consult c WHERE c.assignment_id = s.id) AS asked_advice
       FROM assignment s JOIN crisis_request r ON r.id = s.request_id
       WHERE s.person_id = ANY($1) AND s.seat = 'lead' AND s.accepted_at >= $2
         AND (s.ended_at IS NULL OR (s.end_reason = 'contact-confirmed' AND r.state = 'ended')) ORDER BY s.accepted_at, s.id LIMIT $3`,
      [personIds, since, MOST],
    );
  }

  /** Requests of the evening; `open` are those that still owe somebody something. */
  requests(tx: Tx, prefix: string, since: Date): Promise<PlayedRequest[]> {
    return tx.rows<PlayedRequest>(
      `SELECT id, external_ref, state IN ('received','triaged','searching','assigned','escalated') AS open FROM crisis_request
       WHERE received_at >= $2 AND starts_with(external_ref, $1) ORDER BY received_at, id LIMIT $3`,
      [prefix, since, MOST],
    );
  }
}
