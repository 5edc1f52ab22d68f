import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Ground } from '../platform/ground.js';
import { Sweep } from '../platform/sweep.js';
import { EscalationsService } from '../requests/escalations.service.js';
import { RequestRecords } from '../requests/request-records.js';
import { CourseService } from './course.service.js';

/**
 * Escalations of somebody whose account was disabled, or who lost the role or the programme. Looked for by what is true,
 * not told by whoever changed the account: an acknowledgement that crosses the change is found as well.
 */
@Injectable()
export class LeftBehind implements OnModuleInit {
  constructor(
    private readonly sweep: Sweep,
    private readonly records: RequestRecords,
    private readonly escalations: EscalationsService,
    private readonly courses: CourseService,
    private readonly ground: Ground,
  ) {}

  onModuleInit(): void {
    this.sweep.register({
      name: 'left-behind',
      due: (_, limit) => this.ground.db.read((tx) => this.escalations.requestsLeftBehind(tx, limit)),
      run: (requestId) => this.pageAgain(requestId),
    });
  }

  async pageAgain(requestId: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const request = await this.records.lock(tx, requestId);
      if (!request) return;
      const { policy } = await this.courses.load(tx, request);
      const now = this.ground.clock.now();
      await this.escalations.pageLeftBehind(tx, request, policy.content, now);
      await this.courses.conclude(tx, request, {}, now);
    });
  }
}
