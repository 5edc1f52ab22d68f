import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { CarePolicyService } from '../programmes/care-policy.service.js';

/**
 * A look at the product takes minutes, not shifts: rests are short, and nobody reaches a cap by playing an evening twice.
 * Everything else is the product's own.
 */
@Injectable()
export class DemoCare {
  constructor(
    private readonly policies: CarePolicyService,
    private readonly clock: Clock,
  ) {}

  async seed(tx: Tx, programmeIds: readonly string[]): Promise<void> {
    const now = this.clock.now();
    for (const programmeId of programmeIds) {
      await this.policies.installFor(tx, programmeId, (standard) => ({
        ...standard, rest: { afterContactMinutes: 0.5, afterHighAcuityMinutes: 1, afterHardMinutes: 1 },
        exposure: { contactsPerShift: 50, minutesPerShift: 720, highAcuityInARow: 20, highAcuityPerShift: 50 },
      }), now);
    }
  }
}
