import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';

export type OwnCheckKind = 'readiness' | 'end-of-shift' | 'proqol';

interface OwnCheckRow {
  readonly id: string;
  readonly personId: string;
  readonly kind: OwnCheckKind;
  readonly at: Date;
}

export interface TallyRow {
  readonly kind: OwnCheckKind;
  readonly question: string;
  readonly answer: string;
  readonly count: number;
}

export const ANSWERS = { table: 'own_check', column: 'answers' } as const;
const MOST_SHOWN = 60;
const MOST_CELLS = 500;

@Injectable()
export class OwnChecksStore {
  async insert(tx: Tx, { id, personId, kind, at }: OwnCheckRow): Promise<void> {
    await tx.run('INSERT INTO own_check (id, person_id, kind, at) VALUES ($1,$2,$3,$4)', [id, personId, kind, at]);
  }

  ofPerson(tx: Tx, personId: string): Promise<OwnCheckRow[]> {
    return tx.rows<OwnCheckRow>('SELECT id, person_id, kind, at FROM own_check WHERE person_id = $1 ORDER BY at DESC, id DESC LIMIT $2', [personId, MOST_SHOWN]);
  }

  async forgetAll(tx: Tx, personId: string): Promise<string[]> {
    return (await tx.rows<{ id: string }>('DELETE FROM own_check WHERE person_id = $1 RETURNING id', [personId])).map(({ id }) => id);
  }

  /** True once for each person, kind and block: people are counted, not answers. What blocks that are over hold of this goes. */
  async isFirst(tx: Tx, personId: string, kind: OwnCheckKind, block: string): Promise<boolean> {
    await tx.run('DELETE FROM check_counted WHERE person_id = $1 AND block < $2', [personId, block]);
    return (await tx.run('INSERT INTO check_counted (person_id, kind, block) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING', [personId, kind, block])) === 1;
  }

  /** Counted without the person, and without the day. */
  async count(tx: Tx, programmeIds: readonly string[], block: string, kind: OwnCheckKind, question: string, answer: string): Promise<void> {
    await tx.run(
      `INSERT INTO check_tally (programme_id, kind, block, question, answer, count) SELECT p, $2, $3, $4, $5, 1 FROM unnest($1::uuid[]) p
       ON CONFLICT (programme_id, kind, block, question, answer) DO UPDATE SET count = check_tally.count + 1`,
      [programmeIds, kind, block, question, answer],
    );
  }

  tally(tx: Tx, programmeId: string, block: string): Promise<TallyRow[]> {
    return tx.rows<TallyRow>(
      'SELECT kind, question, answer, count FROM check_tally WHERE programme_id = $1 AND block = $2 ORDER BY kind, question, answer LIMIT $3', [programmeId, block, MOST_CELLS],
    );
  }
}
