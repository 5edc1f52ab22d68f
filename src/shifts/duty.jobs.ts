import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Sweep } from '../platform/sweep.js';
import { DUTY_ROLES, type DutyRole } from './domain/duty.js';
import { DutyService } from './duty.service.js';

/** Duties end by themselves: the sweep finds those that have run out. */
@Injectable()
export class DutyJobs implements OnModuleInit {
  constructor(
    private readonly sweep: Sweep,
    private readonly duty: DutyService,
  ) {}

  onModuleInit(): void {
    this.sweep.register({
      name: 'duty',
      due: async (now, limit) => (await this.duty.due(now, limit)).map(({ personId, dutyAs }) => `${dutyAs}:${personId}`),
      run: (id) => this.duty.endDue(keyOf(id)),
      // A duty keeps no count of failures: it stays due and is looked at again in the next round.
      failed: async () => undefined,
    });
  }
}

function keyOf(id: string): { personId: string; dutyAs: DutyRole } {
  const dutyAs = DUTY_ROLES.find((role) => id.startsWith(`${role}:`));
  if (!dutyAs) throw new Error('not the id of a duty');
  return { dutyAs, personId: id.slice(dutyAs.length + 1) };
}
