import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Health } from '../platform/http/health.js';
import { Queues } from '../platform/queues.js';
import { Sweep } from '../platform/sweep.js';
import { DeliveriesService } from './deliveries.service.js';
import { PushHealthService } from './push-health.service.js';

/** Ties what is to be sent to the queue, to the sweep under it, and to the board. */
@Injectable()
export class NotifyJobs implements OnModuleInit {
  constructor(
    @Inject(Queues) private readonly queues: Queues,
    private readonly sweep: Sweep,
    private readonly health: Health,
    private readonly deliveries: DeliveriesService,
    private readonly pushHealth: PushHealthService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.queues.handle('notify', (id) => this.deliveries.deliver(id));
    this.sweep.register({
      name: 'notifications',
      due: (now, limit) => this.deliveries.due(now, limit),
      run: (id) => this.deliveries.start(id),
    });
    this.sweep.watch(() => this.pushHealth.look(this.clock.now()));
    this.health.register('push', () => this.pushHealth.degraded);
  }
}
