import { Injectable } from '@nestjs/common';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import { AfterCritical } from '../dispatch/after-critical.service.js';
import { stateOf } from '../dispatch/domain/assignment.js';
import { DomainError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { undoMs } from '../programmes/domain/policy.js';
import { mayTakeBack } from './domain/encounter.js';
import { EncountersStore } from './encounters.store.js';
import { FollowUpsStore } from './follow-ups.store.js';
import { OwnAssignments } from './own-assignments.service.js';

/** A thumb slipped: what was written in a close-out is taken back, so that it can be written anew. */
@Injectable()
export class UndoCloseOut {
  constructor(
    private readonly store: EncountersStore,
    private readonly followUps: FollowUpsStore,
    private readonly critical: AfterCritical,
    private readonly own: OwnAssignments,
    private readonly ground: Ground,
  ) {}

  /**
   * The contact stays over and the request as it is; the lead owes the close-out again, and a follow-up that was promised
   * is none. Errors: 404, 409 `already-closed-out` once the time for it is over, `assignment-ended`, `not-the-lead`. A
   * repeat changes nothing.
   */
  async undo(me: AccountPrincipal, assignmentId: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const { course: { request, policy }, assignment } = await this.own.lock(tx, me, assignmentId);
      const now = this.ground.clock.now();
      const closedAt = await this.store.closedAt(tx, assignmentId);
      const verdict = mayTakeBack(
        { seat: assignment.seat, state: stateOf(assignment), endReason: assignment.endReason, closedAt }, undoMs(policy.content), now,
      );
      if (verdict.kind === 'refuse') throw new DomainError(verdict.code);
      if (verdict.kind === 'done') return;
      const actor = actorOf(me);
      await this.store.takeBack(tx, assignmentId);
      await this.followUps.forgetUntried(tx, assignmentId);
      await this.critical.takeBackWord(tx, assignment, now);
      await this.ground.events.append(tx, now, {
        subjectType: 'assignment', subjectId: assignmentId, programmeId: request.programmeId, personId: assignment.personId, version: assignment.version + 1,
        type: 'assignment.close-out-undone', actor, data: { requestId: request.id, personId: assignment.personId },
      });
      await this.ground.events.audit(tx, now, { action: 'assignment.undo-close', subjectType: 'assignment', subjectId: assignmentId, actor });
    });
  }
}
