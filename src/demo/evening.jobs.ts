import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Sweep } from '../platform/sweep.js';
import { EveningService } from './evening.service.js';

/** A played evening is looked at whenever the sweep comes round, and ends with the process that plays it. */
@Injectable()
export class EveningJobs implements OnModuleInit, OnModuleDestroy {
  constructor(
    private readonly sweep: Sweep,
    private readonly evenings: EveningService,
  ) {}

  onModuleInit(): void {
    this.sweep.register({
      name: 'evening',
      due: (now) => this.evenings.due(now),
      run: (id) => this.evenings.beat(id),
    });
  }

  async onModuleDestroy(): Promise<void> {
    // A process that cannot clear away leaves it to the next one that finds the lease run out.
    await this.evenings.leave().catch(() => undefined);
  }
}
