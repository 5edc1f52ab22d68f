import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Sweep } from '../platform/sweep.js';
import { AlarmsService } from './alarms.service.js';

/** Alarms page again until somebody has them. */
@Injectable()
export class AlarmsJobs implements OnModuleInit {
  constructor(
    private readonly sweep: Sweep,
    private readonly alarms: AlarmsService,
  ) {}

  onModuleInit(): void {
    this.sweep.register({
      name: 'alarms',
      due: (now, limit) => this.alarms.due(now, limit),
      run: (id) => this.alarms.pageDue(id),
      // One that could not be paged stays due and is tried again in the next round.
      failed: async () => undefined,
    });
  }
}
