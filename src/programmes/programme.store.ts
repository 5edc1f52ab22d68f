import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { Programme } from './domain/programme.js';
import { ProgrammeEntity, ProgrammeMemberEntity } from './programmes.entity.js';

/** An agency has a handful of programmes; this is a guard, not a page. */
const MOST_PROGRAMMES = 500;

@Injectable()
export class ProgrammeStore {
  byId(tx: Tx, id: string): Promise<ProgrammeEntity | null> {
    return tx.manager.getRepository(ProgrammeEntity).findOneBy({ id });
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
