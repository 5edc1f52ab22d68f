import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { Ground } from '../platform/ground.js';
import { RequestRecords } from '../requests/request-records.js';
import type { Course } from './course.service.js';
import { isSurge, ROUND_MS, SURGE_FROM, waitsForRound } from './domain/surge.js';

/** Knows when many look at once, and rings for their round: one ring serves all who come within the second. */
@Injectable()
export class RoundBell {
  /** Until when a ring is under way for a programme, in milliseconds of the clock. */
  private readonly rungUntilMs = new Map<string, number>();

  constructor(
    private readonly records: RequestRecords,
    private readonly ground: Ground,
  ) {}

  /** True: the request's search waits for the programme's next round, which is rung for. */
  async leaveToRound(tx: Tx, { request, pendingOffers, lead }: Course, now: Date): Promise<boolean> {
    if (pendingOffers.length > 0 || lead || !waitsForRound(request.nextAction?.kind) || !(await this.inSurge(tx, request.programmeId, now))) return false;
    if ((this.rungUntilMs.get(request.programmeId) ?? 0) > now.getTime()) return true;
    this.ground.queues.wake(tx, 'round', request.programmeId, ROUND_MS);
    tx.afterCommit(() => void this.rungUntilMs.set(request.programmeId, now.getTime() + ROUND_MS));
    return true;
  }

  /** So many look that their rounds come by themselves, and no search need wake for whoever comes free. */
  async inSurge(tx: Tx, programmeId: string, now: Date): Promise<boolean> {
    return isSurge(await this.records.lookingCount(tx, programmeId, new Date(now.getTime() - ROUND_MS), SURGE_FROM));
  }
}
