import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';

interface Membership {
  readonly personId: string;
  readonly programmeId: string;
}

@Injectable()
export class MembershipStore {
  /** Of active programmes, by name of programme. A page of people has a handful each. */
  ofPeople(tx: Tx, personIds: readonly string[]): Promise<Membership[]> {
    return tx.rows<Membership>(
      `SELECT m.person_id, m.programme_id FROM programme_member m JOIN programme p ON p.id = m.programme_id
       WHERE m.person_id = ANY($1) AND p.status = 'active' ORDER BY p.name, p.id`,
      [personIds],
    );
  }

  async add(tx: Tx, personId: string, programmeIds: readonly string[]): Promise<void> {
    await tx.run('INSERT INTO programme_member (programme_id, person_id) SELECT unnest($2::uuid[]), $1 ON CONFLICT DO NOTHING', [personId, programmeIds]);
  }

  async remove(tx: Tx, personId: string, programmeIds: readonly string[]): Promise<void> {
    await tx.run('DELETE FROM programme_member WHERE person_id = $1 AND programme_id = ANY($2)', [personId, programmeIds]);
  }
}
