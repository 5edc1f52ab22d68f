import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { Relation, RelationKind } from './domain/relation.js';

const RELATION = 'id, person_id, supervisor_id, kind, appointed_by, appointed_at, told_at, effective_at, agreed_at, ended_at, version';
/** Supervisors a peer may have at one time, of both kinds, waiting ones included. */
const MOST_OF_ONE = 8;
/** Peers of one supervisor; the ratio is eight. */
const MOST_PEERS = 500;

/** In effect at that moment, and still somebody who supervises: a disabled account stands behind nobody. */
const STANDS = (at: string): string => `r.effective_at <= ${at} AND (r.ended_at IS NULL OR r.ended_at > ${at})
  AND EXISTS (SELECT 1 FROM account a WHERE a.person_id = r.supervisor_id AND a.status = 'active' AND 'supervisor' = ANY(a.roles))`;

export interface RelationSeen extends Relation {
  readonly personName: string;
  readonly supervisorName: string;
  /** The supervisor's account is active and has the role. */
  readonly serving: boolean;
}

const SEEN = `SELECT r.*, p.display_name AS person_name, s.display_name AS supervisor_name,
    EXISTS (SELECT 1 FROM account a WHERE a.person_id = r.supervisor_id AND a.status = 'active' AND 'supervisor' = ANY(a.roles)) AS serving
  FROM supervisor_relation r JOIN person p ON p.id = r.person_id JOIN person s ON s.id = r.supervisor_id`;

interface PersonOfProgrammes {
  readonly personId: string;
  readonly name: string;
}

interface SupervisorToChoose extends PersonOfProgrammes {
  /** How many people they stand behind as supervisor now, or will. */
  readonly peers: number;
}

@Injectable()
export class RelationsStore {
  /** Both in one order, so that two leads who appoint the same two to each other come one after the other. */
  async lockPeople(tx: Tx, personIds: readonly string[]): Promise<void> {
    await tx.rows('SELECT id FROM person WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE', [personIds]);
  }

  find(tx: Tx, id: string): Promise<Relation | null> {
    return tx.maybe<Relation>(`SELECT ${RELATION} FROM supervisor_relation WHERE id = $1`, [id]);
  }

  lock(tx: Tx, id: string): Promise<Relation | null> {
    return tx.maybe<Relation>(`SELECT ${RELATION} FROM supervisor_relation WHERE id = $1 FOR UPDATE`, [id]);
  }

  /** Of these two with each other, either way round, that are not over. */
  between(tx: Tx, one: string, other: string, now: Date): Promise<Relation[]> {
    return tx.rows<Relation>(
      `SELECT ${RELATION} FROM supervisor_relation
       WHERE ((person_id = $1 AND supervisor_id = $2) OR (person_id = $2 AND supervisor_id = $1)) AND (ended_at IS NULL OR ended_at > $3) LIMIT $4`,
      [one, other, now, MOST_OF_ONE],
    );
  }

  /** The one in effect and the one to come. */
  ofKind(tx: Tx, personId: string, kind: RelationKind, now: Date): Promise<Relation[]> {
    return tx.rows<Relation>(
      `SELECT ${RELATION} FROM supervisor_relation WHERE person_id = $1 AND kind = $2 AND (ended_at IS NULL OR ended_at > $3) ORDER BY effective_at LIMIT $4`,
      [personId, kind, now, MOST_OF_ONE],
    );
  }

  async insert(tx: Tx, r: Relation): Promise<void> {
    await tx.run(`INSERT INTO supervisor_relation (${RELATION}) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`, [
      r.id, r.personId, r.supervisorId, r.kind, r.appointedBy, r.appointedAt, r.toldAt, r.effectiveAt, r.agreedAt, r.endedAt, r.version,
    ]);
  }

  /** Null: it goes on after all. */
  async setEnd(tx: Tx, id: string, endedAt: Date | null): Promise<void> {
    await tx.run('UPDATE supervisor_relation SET ended_at = $2, version = version + 1 WHERE id = $1', [id, endedAt]);
  }

  async agree(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.run('UPDATE supervisor_relation SET agreed_at = $2, effective_at = $2, version = version + 1 WHERE id = $1', [id, at]);
  }

  /** Waiting and in effect. */
  seenOf(tx: Tx, personIds: readonly string[], now: Date): Promise<RelationSeen[]> {
    return tx.rows<RelationSeen>(
      `${SEEN} WHERE r.person_id = ANY($1) AND (r.ended_at IS NULL OR r.ended_at > $2) ORDER BY r.person_id, r.kind DESC, r.effective_at LIMIT $3`,
      [personIds, now, personIds.length * MOST_OF_ONE],
    );
  }

  seen(tx: Tx, id: string): Promise<RelationSeen> {
    return tx.one<RelationSeen>(`${SEEN} WHERE r.id = $1`, [id]);
  }

  /** Who stands behind somebody now. */
  inEffect(tx: Tx, personId: string, now: Date): Promise<{ kind: RelationKind; supervisorId: string }[]> {
    return tx.rows(`SELECT r.kind, r.supervisor_id FROM supervisor_relation r WHERE r.person_id = $1 AND ${STANDS('$2')} LIMIT $3`, [personId, now, MOST_OF_ONE]);
  }

  async peersOf(tx: Tx, supervisorId: string, now: Date): Promise<string[]> {
    const rows = await tx.rows<{ personId: string }>(
      `SELECT DISTINCT r.person_id FROM supervisor_relation r WHERE r.supervisor_id = $1 AND ${STANDS('$2')} ORDER BY r.person_id LIMIT $3`, [supervisorId, now, MOST_PEERS],
    );
    return rows.map(({ personId }) => personId);
  }

  /** Peers with an active account in any of the programmes, by name. */
  peersIn(tx: Tx, programmeIds: readonly string[], afterPersonId: string | null, limit: number): Promise<PersonOfProgrammes[]> {
    return tx.rows<PersonOfProgrammes>(
      `SELECT p.id AS person_id, p.display_name AS name FROM person p JOIN account a ON a.person_id = p.id
       WHERE a.status = 'active' AND 'peer' = ANY(a.roles) AND EXISTS (SELECT 1 FROM programme_member m WHERE m.person_id = p.id AND m.programme_id = ANY($1))
         AND ($2::uuid IS NULL OR (p.display_name, p.id) > (SELECT q.display_name, q.id FROM person q WHERE q.id = $2))
       ORDER BY p.display_name, p.id LIMIT $3`,
      [programmeIds, afterPersonId, limit],
    );
  }

  supervisorsIn(tx: Tx, programmeIds: readonly string[], now: Date): Promise<SupervisorToChoose[]> {
    return tx.rows<SupervisorToChoose>(
      `SELECT p.id AS person_id, p.display_name AS name,
         (SELECT count(*)::int FROM supervisor_relation r WHERE r.supervisor_id = p.id AND r.kind = 'supervisor' AND (r.ended_at IS NULL OR r.ended_at > $2)) AS peers
       FROM person p JOIN account a ON a.person_id = p.id
       WHERE a.status = 'active' AND 'supervisor' = ANY(a.roles) AND EXISTS (SELECT 1 FROM programme_member m WHERE m.person_id = p.id AND m.programme_id = ANY($1))
       ORDER BY p.display_name, p.id LIMIT $3`,
      [programmeIds, now, MOST_PEERS],
    );
  }

  /** Whether this person has an active account with the role and belongs to one of the programmes of the other. */
  async serves(tx: Tx, personId: string, role: 'peer' | 'supervisor', programmeIds: readonly string[]): Promise<boolean> {
    const found = await tx.maybe(
      `SELECT 1 FROM account a WHERE a.person_id = $1 AND a.status = 'active' AND $2 = ANY(a.roles)
         AND EXISTS (SELECT 1 FROM programme_member m WHERE m.person_id = $1 AND m.programme_id = ANY($3))`,
      [personId, role, programmeIds],
    );
    return found !== null;
  }
}
