import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { Away } from './domain/away.js';

const COLUMNS = `id, person_id, from_at AS "from", until_at AS until, began_at, then_from_at AS then_from, then_until_at AS then_until`;

interface AwayRow extends Omit<Away, 'afterwards'> {
  readonly thenFrom: Date | null;
  readonly thenUntil: Date | null;
}

/** What is true of the rows of whoever is away at that moment, begun or about to be. */
export const AWAY_AT = (at: string): string => `w.ended_at IS NULL AND w.from_at <= ${at} AND (w.until_at IS NULL OR w.until_at > ${at})`;

@Injectable()
export class AwayStore {
  /** One coming or going at a time: nobody checks in while their away is being written. Taken before every other lock. */
  async lockPerson(tx: Tx, personId: string): Promise<void> {
    await tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [personId]);
  }

  /** The one that runs or is to come; index one_open_away_per_person. */
  async open(tx: Tx, personId: string): Promise<Away | null> {
    const row = await tx.maybe<AwayRow>(`SELECT ${COLUMNS} FROM away WHERE person_id = $1 AND ended_at IS NULL`, [personId]);
    if (!row) return null;
    const { thenFrom, thenUntil, ...away } = row;
    return { ...away, afterwards: thenFrom && { from: thenFrom, until: thenUntil } };
  }

  async insert(tx: Tx, away: Omit<Away, 'beganAt'> & { setAt: Date }): Promise<void> {
    await tx.run('INSERT INTO away (id, person_id, from_at, until_at, set_at, then_from_at, then_until_at) VALUES ($1, $2, $3, $4, $5, $6, $7)', [
      away.id, away.personId, away.from, away.until, away.setAt, away.afterwards?.from ?? null, away.afterwards?.until ?? null,
    ]);
  }

  async markBegun(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.run('UPDATE away SET began_at = $2 WHERE id = $1', [id, at]);
  }

  async end(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.run('UPDATE away SET ended_at = $2 WHERE id = $1', [id, at]);
  }

  /** Whose away is to begin or to end; indexes aways_to_begin and aways_to_end. */
  async duePeople(tx: Tx, now: Date, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ personId: string }>(
      `SELECT person_id FROM away WHERE ended_at IS NULL AND ((began_at IS NULL AND from_at <= $1) OR until_at <= $1) ORDER BY from_at, id LIMIT $2`,
      [now, limit],
    );
    return rows.map(({ personId }) => personId);
  }

  async amongPeople(tx: Tx, personIds: readonly string[], now: Date): Promise<string[]> {
    const rows = await tx.rows<{ personId: string }>(`SELECT person_id FROM away w WHERE person_id = ANY($1) AND ${AWAY_AT('$2')} LIMIT $3`, [
      personIds, now, personIds.length,
    ]);
    return rows.map(({ personId }) => personId);
  }
}
