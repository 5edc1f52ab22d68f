import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';

export interface PersonRow {
  readonly personId: string;
  readonly accountId: string;
  readonly name: string;
  readonly roles: string[];
  readonly active: boolean;
}

export interface PeopleSearch {
  readonly search: string | null;
  readonly role: string | null;
  readonly afterPersonId: string | null;
  readonly limit: number;
}

const PERSON = `SELECT p.id AS person_id, a.id AS account_id, p.display_name AS name, a.roles, a.status = 'active' AS active
  FROM person p JOIN account a ON a.person_id = p.id`;

/** Reads, never writes, who has an account: the people an admin puts into programmes and on lists. */
@Injectable()
export class PeopleStore {
  page(tx: Tx, { search, role, afterPersonId, limit }: PeopleSearch): Promise<PersonRow[]> {
    return tx.rows<PersonRow>(
      `${PERSON} WHERE ($1::text IS NULL OR strpos(lower(p.display_name), lower($1)) > 0) AND ($2::text IS NULL OR $2 = ANY(a.roles))
         AND ($3::uuid IS NULL OR (p.display_name, p.id) > (SELECT c.display_name, c.id FROM person c WHERE c.id = $3))
       ORDER BY p.display_name, p.id LIMIT $4`,
      [search, role, afterPersonId, limit],
    );
  }

  byPerson(tx: Tx, personId: string): Promise<PersonRow | null> {
    return tx.maybe<PersonRow>(`${PERSON} WHERE p.id = $1`, [personId]);
  }

  byAccounts(tx: Tx, accountIds: readonly string[]): Promise<PersonRow[]> {
    return tx.rows<PersonRow>(`${PERSON} WHERE a.id = ANY($1) LIMIT $2`, [accountIds, accountIds.length]);
  }

  async memberIds(tx: Tx, programmeId: string, personIds: readonly string[]): Promise<string[]> {
    const rows = await tx.rows<{ personId: string }>(
      'SELECT person_id FROM programme_member WHERE programme_id = $1 AND person_id = ANY($2) LIMIT $3', [programmeId, personIds, personIds.length],
    );
    return rows.map(({ personId }) => personId);
  }
}
