import { Injectable } from '@nestjs/common';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import type { Assignment } from '../dispatch/domain/assignment.js';
import { NotifyService } from '../notify/notify.service.js';
import { after, SECOND_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import type { Actor, EventData } from '../platform/events.js';
import { Ground } from '../platform/ground.js';
import type { FollowUpPolicy } from '../programmes/domain/policy.js';
import { PolicyService } from '../programmes/policy.service.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import { RequestRecords } from '../requests/request-records.js';
import type { AttemptDto } from './contract.js';
import { aboutFollowUp, afterAttempt, type FollowUp } from './domain/follow-up.js';
import { FollowUpsStore } from './follow-ups.store.js';

type FollowUpEvent = 'follow-up.attempted' | 'follow-up.closed';

/** Calling again somebody who wished to hear from us. */
@Injectable()
export class FollowUpsService {
  constructor(
    private readonly store: FollowUpsStore,
    private readonly records: RequestRecords,
    private readonly policies: PolicyService,
    private readonly notify: NotifyService,
    private readonly ground: Ground,
  ) {}

  /** With the close-out, in its transaction. */
  async promise(tx: Tx, request: CrisisRequest, assignment: Pick<Assignment, 'id' | 'personId'>, policy: FollowUpPolicy, now: Date): Promise<void> {
    const dueAt = after(now, policy.firstDueSeconds * SECOND_MS);
    await this.store.insert(tx, {
      id: this.ground.ids.next(), requestId: request.id, programmeId: request.programmeId, assignmentId: assignment.id, personId: assignment.personId,
      state: 'due', dueAt, remindAt: dueAt, createdAt: now, version: 1,
    });
  }

  /** Errors: 404, 409 `follow-up-closed`. */
  async attempt(me: AccountPrincipal, id: string, { mode, outcome }: AttemptDto): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const followUp = await this.store.lock(tx, id);
      if (!followUp) throw new DomainError('not-found');
      if (followUp.state !== 'due') throw new DomainError('follow-up-closed');
      const now = this.ground.clock.now();
      const actor = actorOf(me);
      const earlier = await this.store.attemptsOf(tx, id);
      const number = earlier.length + 1;
      await this.store.insertAttempt(tx, { id: this.ground.ids.next(), followUpId: id, number, mode, outcome, byAccount: me.accountId, at: now });
      const next = afterAttempt(followUp, earlier, outcome, await this.policyOf(tx, followUp), now);
      const about = { requestId: followUp.requestId, personId: followUp.personId };
      await this.tell(tx, followUp, 'follow-up.attempted', { ...about, number, outcome }, now, actor);
      await this.notify.settle(tx, id, now);
      if (next.state === 'due') {
        await this.store.putOff(tx, id, next.dueAt);
        return;
      }
      await this.store.close(tx, id, next.state);
      await this.tell(tx, followUp, 'follow-up.closed', { ...about, state: next.state }, now, actor);
    });
  }

  /** By the policy the request began with. */
  private async policyOf(tx: Tx, followUp: FollowUp): Promise<FollowUpPolicy> {
    const request = await this.records.find(tx, followUp.requestId);
    if (!request) throw new Error(`follow-up ${followUp.id} has no request`);
    return (await this.policies.byId(tx, request.policyVersionId)).content.followUp;
  }

  private async tell<T extends FollowUpEvent>(tx: Tx, followUp: FollowUp, type: T, data: EventData[T], now: Date, actor: Actor): Promise<void> {
    await this.ground.events.append(tx, now, { ...aboutFollowUp(followUp), type, actor, data });
  }
}
