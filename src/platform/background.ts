import { Injectable } from '@nestjs/common';
import { Database } from './database/database.js';
import { Heartbeat } from './heartbeat.js';
import { Queues } from './queues.js';
import { Sweep } from './sweep.js';

/** What a process does without being called. */
@Injectable()
export class Background {
  constructor(
    private readonly db: Database,
    private readonly queues: Queues,
    private readonly sweep: Sweep,
    private readonly heartbeat: Heartbeat,
  ) {}

  /** `works`: this process runs jobs and settles what is due; otherwise it rings the queues and watches. */
  async start(works: boolean): Promise<void> {
    await this.db.correctClock();
    this.queues.start(works);
    this.sweep.start(() => this.db.correctClock(), works);
    if (works) this.heartbeat.start();
  }

  async stop(): Promise<void> {
    await this.heartbeat.stop();
    await this.sweep.stop();
    await this.queues.close();
  }
}
