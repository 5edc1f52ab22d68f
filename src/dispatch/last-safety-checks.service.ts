import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Ground } from '../platform/ground.js';
import { Sweep } from '../platform/sweep.js';
import { RequestRecords } from '../requests/request-records.js';
import { AssignmentsService } from './assignments.service.js';
import { CourseService } from './course.service.js';
import { DispatchStore } from './dispatch.store.js';

/**
 * Peers in the field whose assignment somebody else ended. Their request may be over and owe nothing any more; whether
 * they are out safe is owed all the same, until they say so or a person says it for them.
 */
@Injectable()
export class LastSafetyChecks implements OnModuleInit {
  constructor(
    private readonly sweep: Sweep,
    private readonly store: DispatchStore,
    private readonly records: RequestRecords,
    private readonly courses: CourseService,
    private readonly assignments: AssignmentsService,
    private readonly ground: Ground,
  ) {}

  onModuleInit(): void {
    this.sweep.register({
      name: 'last-safety-checks',
      due: (now, limit) => this.ground.db.read((tx) => this.store.lastSafetyChecksDue(tx, now, limit)),
      run: (assignmentId) => this.check(assignmentId),
    });
  }

  async check(assignmentId: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const named = await this.store.assignment(tx, assignmentId);
      const request = named && (await this.records.lock(tx, named.requestId));
      const assignment = await this.store.assignment(tx, assignmentId);
      const now = this.ground.clock.now();
      if (!request || !assignment?.endedAt || !assignment.safetyCheckAt || assignment.safetyCheckAt > now) return;
      const { policy } = await this.courses.load(tx, request);
      await this.assignments.missSafetyCheck(tx, request, assignment, policy.content, now);
    });
  }
}
