import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { Position } from './domain/cursor.js';
import type { StreamEvent } from './domain/stream.js';

type EventRow = Omit<StreamEvent, 'cursor'> & { readonly epoch: number; readonly xact: string; readonly seq: string };

@Injectable()
export class LiveStore {
  /** The epoch, and the oldest transaction that may still be running. */
  async horizon(tx: Tx): Promise<{ epoch: number; xact: bigint }> {
    const row = await tx.one<{ epoch: number; xact: string }>(
      'SELECT epoch, pg_snapshot_xmin(pg_current_snapshot())::text AS xact FROM deployment',
    );
    return { epoch: row.epoch, xact: BigInt(row.xact) };
  }

  /** Something happened before `before` that cannot be told yet: a transaction older than it, of anybody on this server, goes on. */
  async isHeldBack(tx: Tx, before: Date): Promise<boolean> {
    const { heldBack } = await tx.one<{ heldBack: boolean }>(
      `SELECT EXISTS (
         SELECT 1 FROM event WHERE xact >= pg_snapshot_xmin(pg_current_snapshot()) AND at <= $1 AND epoch = (SELECT epoch FROM deployment)) AS held_back`,
      [before],
    );
    return heldBack;
  }

  /**
   * In order, up to the horizon: a transaction that is still running may yet add rows below those of a later one. Only of
   * this epoch: what a restore brought back was told before it, under transaction numbers of another cluster. Ordered by
   * the column, not by the text selected under its name, in which 1000 comes before 999.
   */
  async eventsAfter(tx: Tx, position: Position, limit: number): Promise<StreamEvent[]> {
    const rows = await tx.rows<EventRow>(
      `SELECT epoch, xact::text AS xact, seq, at, type, subject_type, subject_id, programme_id, person_id, staff, version FROM event
       WHERE (xact, seq) > ($1::text::xid8, $2::bigint) AND xact < pg_snapshot_xmin(pg_current_snapshot())
         AND epoch = (SELECT epoch FROM deployment)
       ORDER BY event.xact, event.seq LIMIT $3`,
      [String(position.xact), String(position.seq), limit],
    );
    return rows.map(({ epoch, xact, seq, ...event }) => ({ ...event, cursor: { epoch, xact: BigInt(xact), seq: BigInt(seq) } }));
  }

  /** Pairs of person and programme. Membership is read here and written by the programmes module alone. */
  memberships(tx: Tx, personIds: readonly string[]): Promise<{ personId: string; programmeId: string }[]> {
    return tx.rows('SELECT person_id, programme_id FROM programme_member WHERE person_id = ANY($1) ORDER BY person_id LIMIT 100000', [personIds]);
  }
}
