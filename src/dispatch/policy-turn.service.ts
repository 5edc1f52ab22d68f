import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { Ground } from '../platform/ground.js';
import { RequestRecords } from '../requests/request-records.js';
import { RelapsePolicyDues } from '../wellness/relapse-policy-dues.service.js';
import { CourseService } from './course.service.js';

/** More than wait for a policy in any hour; whoever comes after them looks again with the next round. */
const MOST_WAITING = 200;

/** A programme may serve by its relapse policy again: whoever came in meanwhile is searched for at once, not with the next round. */
@Injectable()
export class PolicyTurn implements OnModuleInit {
  constructor(
    private readonly dues: RelapsePolicyDues,
    private readonly records: RequestRecords,
    private readonly courses: CourseService,
    private readonly ground: Ground,
  ) {}

  onModuleInit(): void {
    this.dues.onServing((tx, programmeId, now) => this.lookAgain(tx, programmeId, now));
  }

  /** The caller holds the programme, for which others may wait with a request in their hands: those are passed by, and the round rung for finds them. */
  private async lookAgain(tx: Tx, programmeId: string, now: Date): Promise<void> {
    const ids = await this.records.waitingForPolicy(tx, programmeId, MOST_WAITING);
    if (ids.length === 0) return;
    for (const request of await this.records.lockFree(tx, ids)) await this.courses.conclude(tx, request, { searchAt: now }, now);
    this.ground.queues.wake(tx, 'round', programmeId);
  }
}
