import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Sweep } from '../platform/sweep.js';
import { AwayService } from './away.service.js';
import { CoverService } from './cover.service.js';
import { DUTY_ROLES, type DutyRole } from './domain/duty.js';
import { DutyService } from './duty.service.js';

/** What comes by itself with time: duties run out, people who are silent are off duty, aways begin and end, cover is lost. */
@Injectable()
export class DutyJobs implements OnModuleInit {
  constructor(
    private readonly sweep: Sweep,
    private readonly duty: DutyService,
    private readonly aways: AwayService,
    private readonly cover: CoverService,
  ) {}

  onModuleInit(): void {
    this.sweep.register({
      name: 'duty',
      due: async (now, limit) => (await this.duty.due(now, limit)).map(({ personId, dutyAs }) => `${dutyAs}:${personId}`),
      run: (id) => this.duty.endDue(keyOf(id)),
    });
    this.sweep.register({
      name: 'away',
      due: (now, limit) => this.aways.duePeople(now, limit),
      run: (personId) => this.aways.settle(personId),
    });
    this.sweep.register({
      name: 'supervisor-cover',
      due: (now, limit) => this.cover.unnoted(now, limit),
      run: (programmeId) => this.cover.noteGap(programmeId),
    });
  }
}

function keyOf(id: string): { personId: string; dutyAs: DutyRole } {
  const dutyAs = DUTY_ROLES.find((role) => id.startsWith(`${role}:`));
  if (!dutyAs) throw new Error('not the id of a duty');
  return { dutyAs, personId: id.slice(dutyAs.length + 1) };
}
