import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { Encounter, Intensity } from './domain/encounter.js';

@Injectable()
export class EncountersStore {
  async insert(tx: Tx, e: Encounter): Promise<void> {
    await tx.run(
      `INSERT INTO encounter (assignment_id, outcome, reasons, referrals, intensity, follow_up, closed_at) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
      [e.assignmentId, e.outcome, e.reasons, e.referrals, e.intensity, e.followUp, e.closedAt],
    );
    await tx.run('UPDATE assignment SET intensity = $2 WHERE id = $1', [e.assignmentId, e.intensity]);
  }

  /** How it was for the peer; null until they have said so. */
  async saidOf(tx: Tx, assignmentId: string): Promise<Intensity | null> {
    return (await tx.one<{ intensity: Intensity | null }>('SELECT intensity FROM assignment WHERE id = $1', [assignmentId])).intensity;
  }

  async say(tx: Tx, assignmentId: string, intensity: Intensity): Promise<void> {
    await tx.run('UPDATE assignment SET intensity = $2, version = version + 1 WHERE id = $1', [assignmentId, intensity]);
  }

  /** Null: not closed out, or taken back. */
  async closedAt(tx: Tx, assignmentId: string): Promise<Date | null> {
    return (await tx.maybe<{ closedAt: Date }>('SELECT closed_at FROM encounter WHERE assignment_id = $1', [assignmentId]))?.closedAt ?? null;
  }

  async takeBack(tx: Tx, assignmentId: string): Promise<void> {
    await tx.run('DELETE FROM encounter WHERE assignment_id = $1', [assignmentId]);
    await tx.run('UPDATE assignment SET intensity = NULL, version = version + 1 WHERE id = $1', [assignmentId]);
  }

  async exists(tx: Tx, assignmentId: string): Promise<boolean> {
    return (await tx.maybe('SELECT 1 FROM encounter WHERE assignment_id = $1', [assignmentId])) !== null;
  }
}
