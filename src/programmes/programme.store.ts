import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { Programme } from './domain/programme.js';
import { ProgrammeEntity, ProgrammeMemberEntity } from './programmes.entity.js';

/** An agency has a handful of programmes; this is a guard, not a page. */
const MOST_PROGRAMMES = 500;
const MOST_MEMBERS = 5_000;
const COLUMNS = 'id, name, time_zone, calling_instruction, calling_instruction_es, peers_first, in_person_rule, status, version';

export interface ProgrammeRow extends Programme {
  readonly version: number;
}

export interface Member {
  readonly personId: string;
  readonly name: string;
  readonly roles: readonly string[];
}

@Injectable()
export class ProgrammeStore {
  /** Each search asks it: plain SQL. */
  byId(tx: Tx, id: string): Promise<ProgrammeRow | null> {
    return tx.maybe<ProgrammeRow>(`SELECT ${COLUMNS} FROM programme WHERE id = $1`, [id]);
  }

  /** Until the transaction ends nobody closes it; who closes it right now is waited for, and what they wrote is read. */
  held(tx: Tx, id: string): Promise<ProgrammeRow | null> {
    return tx.maybe<ProgrammeRow>(`SELECT ${COLUMNS} FROM programme WHERE id = $1 FOR KEY SHARE`, [id]);
  }

  /** One change at a time; requests go on being taken in. */
  lock(tx: Tx, id: string): Promise<ProgrammeRow | null> {
    return tx.maybe<ProgrammeRow>(`SELECT ${COLUMNS} FROM programme WHERE id = $1 FOR NO KEY UPDATE`, [id]);
  }

  /** Waits for every request that is being taken in, and lets no further one in. */
  async lockIntake(tx: Tx, id: string): Promise<void> {
    await tx.rows('SELECT 1 FROM programme WHERE id = $1 FOR UPDATE', [id]);
  }

  async isNameTaken(tx: Tx, name: string, butId: string | null): Promise<boolean> {
    return (await tx.maybe('SELECT 1 FROM programme WHERE lower(name) = lower($1) AND id IS DISTINCT FROM $2', [name, butId])) !== null;
  }

  /** The database reckons with the zone as well: one it does not know would stop every search of the programme. */
  async knowsTimeZone(tx: Tx, timeZone: string): Promise<boolean> {
    return (await tx.maybe('SELECT 1 FROM pg_timezone_names WHERE name = $1', [timeZone])) !== null;
  }

  async update(tx: Tx, programme: Programme): Promise<number> {
    const { version } = await tx.one<{ version: number }>(
      `UPDATE programme SET name = $2, time_zone = $3, calling_instruction = $4, peers_first = $5, in_person_rule = $6, status = $7, calling_instruction_es = $8, version = version + 1
       WHERE id = $1 RETURNING version`,
      [programme.id, programme.name, programme.timeZone, programme.callingInstruction, programme.peersFirst, programme.inPersonRule, programme.status, programme.callingInstructionEs],
    );
    return version;
  }

  async nextVersion(tx: Tx, id: string): Promise<number> {
    return (await tx.one<{ version: number }>('UPDATE programme SET version = version + 1 WHERE id = $1 RETURNING version', [id])).version;
  }

  /**
   * Whether anything of the programme still waits for somebody: a request that is not closed, or was cancelled so lately
   * that the cancel may be taken back, or a follow-up that is due.
   */
  async isInUse(tx: Tx, id: string, cancelledAfter: Date): Promise<boolean> {
    const { used } = await tx.one<{ used: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM crisis_request WHERE programme_id = $1
                      AND (state NOT IN ('closed', 'cancelled') OR (state = 'cancelled' AND cancelled_at > $2)))
           OR EXISTS (SELECT 1 FROM follow_up WHERE programme_id = $1 AND state = 'due') AS used`,
      [id, cancelledAfter],
    );
    return used;
  }

  /** By name. */
  closed(tx: Tx): Promise<ProgrammeEntity[]> {
    return tx.manager.getRepository(ProgrammeEntity).find({ where: { status: 'closed' }, order: { name: 'ASC' }, take: MOST_PROGRAMMES });
  }

  /** By name. */
  members(tx: Tx, id: string): Promise<Member[]> {
    return tx.rows<Member>(
      `SELECT m.person_id, p.display_name AS name, coalesce(a.roles, '{}') AS roles
       FROM programme_member m JOIN person p ON p.id = m.person_id LEFT JOIN account a ON a.person_id = m.person_id
       WHERE m.programme_id = $1 ORDER BY p.display_name, m.person_id LIMIT $2`,
      [id, MOST_MEMBERS],
    );
  }

  /** False when they belonged to it already. */
  async addMember(tx: Tx, id: string, personId: string): Promise<boolean> {
    return (await tx.run('INSERT INTO programme_member (programme_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [id, personId])) === 1;
  }

  /** False when they did not belong to it. */
  async removeMember(tx: Tx, id: string, personId: string): Promise<boolean> {
    return (await tx.run('DELETE FROM programme_member WHERE programme_id = $1 AND person_id = $2', [id, personId])) === 1;
  }

  active(tx: Tx): Promise<ProgrammeEntity[]> {
    return tx.manager.getRepository(ProgrammeEntity).find({ where: { status: 'active' }, order: { name: 'ASC' }, take: MOST_PROGRAMMES });
  }

  /** Active programmes the person belongs to, by name. Every request of a coordinator asks this: plain SQL. */
  async idsOfMember(tx: Tx, personId: string): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>(
      `SELECT p.id FROM programme_member m JOIN programme p ON p.id = m.programme_id
       WHERE m.person_id = $1 AND p.status = 'active' ORDER BY p.name LIMIT $2`,
      [personId, MOST_PROGRAMMES],
    );
    return rows.map((row) => row.id);
  }

  async isMember(tx: Tx, personId: string, programmeId: string): Promise<boolean> {
    const found = await tx.maybe('SELECT 1 FROM programme_member WHERE person_id = $1 AND programme_id = $2', [personId, programmeId]);
    return found !== null;
  }

  async insert(tx: Tx, programme: Programme): Promise<void> {
    await tx.manager.getRepository(ProgrammeEntity).insert({ ...programme, version: 1 });
  }

  async insertMember(tx: Tx, programmeId: string, personId: string): Promise<void> {
    await tx.manager.getRepository(ProgrammeMemberEntity).insert({ programmeId, personId });
  }
}
