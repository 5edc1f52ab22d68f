import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { Encounter } from './domain/encounter.js';

@Injectable()
export class EncountersStore {
  async insert(tx: Tx, e: Encounter): Promise<void> {
    await tx.run(
      `INSERT INTO encounter (assignment_id, outcome, reasons, referrals, intensity, follow_up, closed_at) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
      [e.assignmentId, e.outcome, e.reasons, e.referrals, e.intensity, e.followUp, e.closedAt],
    );
    await tx.run('UPDATE assignment SET intensity = $2 WHERE id = $1', [e.assignmentId, e.intensity]);
  }

  async exists(tx: Tx, assignmentId: string): Promise<boolean> {
    return (await tx.maybe('SELECT 1 FROM encounter WHERE assignment_id = $1', [assignmentId])) !== null;
  }
}
