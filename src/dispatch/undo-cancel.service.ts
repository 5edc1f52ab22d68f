import { Injectable } from '@nestjs/common';
import { actorOf, type Principal } from '../access/principal.js';
import { after, SECOND_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { assertNever, DomainError } from '../platform/errors.js';
import type { Actor } from '../platform/events.js';
import { Ground } from '../platform/ground.js';
import { carryOut, type Once } from '../platform/http/once.js';
import { undoMs } from '../programmes/domain/policy.js';
import type { CrisisRequest, NextAction } from '../requests/domain/crisis-request.js';
import { reopening, type RequestState } from '../requests/domain/request.js';
import { EscalationsService } from '../requests/escalations.service.js';
import { RequestRecords } from '../requests/request-records.js';
import { RequestsService, subject } from '../requests/requests.service.js';
import { CourseService, type Course } from './course.service.js';

/** Takes a cancel back while it can be. */
@Injectable()
export class UndoCancel {
  constructor(
    private readonly requests: RequestsService,
    private readonly courses: CourseService,
    private readonly records: RequestRecords,
    private readonly escalations: EscalationsService,
    private readonly ground: Ground,
  ) {}

  /**
   * The request is where it was, its escalations are open and paged again, and whoever led it is
   * looked for anew. Errors: 409 `request-not-open` once the time for it is over. A repeat changes nothing.
   */
  async undo(principal: Principal, id: string, once: Once | null = null): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const request = await this.requests.lockVisible(tx, principal, id);
      await carryOut(tx, once, id, () => this.undoOnce(tx, request, actorOf(principal)));
    });
  }

  private async undoOnce(tx: Tx, request: CrisisRequest, actor: Actor): Promise<void> {
    const now = this.ground.clock.now();
    const course = await this.courses.load(tx, request);
    const verdict = reopening(request, undoMs(course.policy.content), now);
    switch (verdict.kind) {
      case 'too-late':
        throw new DomainError('request-not-open');
      case 'already-open':
        return;
      case 'reopen':
        await this.reopen(tx, course, verdict.state, now, actor);
        return;
      default:
        assertNever(verdict);
    }
  }

  private async reopen(tx: Tx, { request, policy }: Course, state: RequestState, now: Date, actor: Actor): Promise<void> {
    await this.records.markReopened(tx, request.id);
    await this.reopenEscalations(tx, request, policy.content, now, actor);
    const triageDueAt = after(request.receivedAt, policy.content.triageSeconds * SECOND_MS);
    const owed = owedAgain(state, { triageDueAt, beginAt: request.notBefore ?? now }, now);
    // Whoever was being asked, or led, may be asked again.
    const round = request.round + (request.searchBeganAt ? 1 : 0);
    const moved = await this.courses.conclude(tx, request, { state, round, searchAt: now, ...(owed ? { owed } : {}) }, now);
    await this.ground.events.append(tx, now, { ...subject(moved), type: 'request.reopened', actor, data: {} });
    await this.ground.events.audit(tx, now, { action: 'request.undo-cancel', subjectType: 'request', subjectId: request.id, actor });
  }

  private async reopenEscalations(tx: Tx, request: CrisisRequest, policy: Course['policy']['content'], now: Date, actor: Actor): Promise<void> {
    const all = await this.escalations.latestOf(tx, [request.id]);
    const closedByIt = all.filter(({ closeReason, closedAt }) => closeReason === 'cancelled' && closedAt?.getTime() === request.cancelledAt?.getTime());
    for (const { cause } of closedByIt) await this.escalations.open(tx, request, cause, policy, now, actor);
  }
}

/** What a request that nobody searched for yet owes again; null where the search itself is owed. */
function owedAgain(state: RequestState, due: { triageDueAt: Date; beginAt: Date }, now: Date): NextAction | null {
  if (state === 'received') return { kind: 'triage', dueAt: due.triageDueAt > now ? due.triageDueAt : now };
  if (state === 'triaged') return { kind: 'begin', dueAt: due.beginAt > now ? due.beginAt : now };
  return null;
}
