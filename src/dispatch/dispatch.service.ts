import { Injectable } from '@nestjs/common';
import { after, SECOND_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { assertNever } from '../platform/errors.js';
import { SYSTEM } from '../platform/events.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import { EscalationsService } from '../requests/escalations.service.js';
import { RequestRecords } from '../requests/request-records.js';
import { Ground } from '../platform/ground.js';
import { subject } from '../requests/requests.service.js';
import { CourseService, type Course } from './course.service.js';
import { standing } from './domain/ladder.js';
import { afterSearch, dueSteps, wantedSeat, type SearchVerdict } from './domain/next-step.js';
import { DueStepsService } from './due-steps.service.js';
import { SearchService } from './search.service.js';

/** How many waiting requests one freed peer may set going. */
const SUPPLY_LIMIT = 5;

/**
 * The engine: `advance` locks a request, settles what is due, looks for a peer where one is wanted, and names the next
 * step. A job, a timer, a decline, a coordinator and the sweep all end up here; calling it too often is harmless.
 */
@Injectable()
export class DispatchService {
  constructor(
    private readonly records: RequestRecords,
    private readonly courses: CourseService,
    private readonly searches: SearchService,
    private readonly escalations: EscalationsService,
    private readonly due: DueStepsService,
    private readonly ground: Ground,
  ) {}

  async advance(requestId: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const request = await this.records.lock(tx, requestId);
      if (!request?.nextAction) return;
      const now = this.ground.clock.now();
      let course = await this.courses.load(tx, request);
      const steps = dueSteps({ ...course, ...request }, now);
      for (const step of steps) course = { ...course, request: await this.due.settle(tx, course, step, now) };
      if (steps.length > 0) course = await this.courses.load(tx, course.request);
      await this.searchIfWanted(tx, course, now);
    });
  }

  /** Supply wakes demand: somebody came free, so the most urgent requests that wait for such a peer are looked at again. */
  async supply(personId: string): Promise<void> {
    const waiting = await this.ground.db.read((tx) => this.records.waitingForPeer(tx, personId, SUPPLY_LIMIT));
    for (const requestId of waiting) await this.advance(requestId);
  }

  private async searchIfWanted(tx: Tx, course: Course, now: Date): Promise<void> {
    const request = await this.releaseDirection(tx, course);
    const seat = wantedSeat({ ...course, state: request.state });
    if (!seat || request.directedTo) {
      await this.courses.conclude(tx, request, {}, now);
      return;
    }
    const newRound = course.pendingOffers.length === 0 && request.newRoundAt !== null && request.newRoundAt <= now;
    const asking = { ...course, request: newRound ? { ...request, round: request.round + 1, newRoundAt: null } : request };
    const result = await this.searches.search(tx, asking, seat, now);
    await this.follow(tx, asking, afterSearch(result), now);
  }

  private async follow(tx: Tx, course: Course, verdict: SearchVerdict, now: Date): Promise<void> {
    const { request } = course;
    const policy = course.policy.content;
    const newRoundAt = request.newRoundAt && request.newRoundAt > now ? request.newRoundAt : after(now, policy.newRoundSeconds * SECOND_MS);
    const round = request.round;
    const rung = this.nextRungAt(course, now);
    switch (verdict.kind) {
      case 'offered':
      case 'widen':
        await this.courses.conclude(tx, request, { round, newRoundAt, searchAt: rung }, now);
        return;
      case 'look-again-at-once':
        await this.courses.conclude(tx, request, { round, newRoundAt, searchAt: after(now, policy.lockedWaitMs) }, now);
        return;
      case 'wait':
        await this.courses.conclude(tx, request, { round, newRoundAt, searchAt: after(now, policy.waitSeconds * SECOND_MS) }, now);
        return;
      case 'escalate':
        await this.escalate(tx, course, verdict.cause, newRoundAt, now);
        return;
      default:
        assertNever(verdict);
    }
  }

  /** When the ladder's next rung begins, or the supervisor is due; never sooner than the wait and never in the past. */
  private nextRungAt({ request, policy }: Course, now: Date): Date {
    const byAcuity = policy.content.byAcuity[request.urgency];
    const began = request.searchBeganAt ?? now;
    const where = standing(byAcuity, now.getTime() - began.getTime());
    const ms = where.nextRungMs ?? (where.supervisorDue ? null : byAcuity.supervisorAfterSeconds * SECOND_MS);
    return ms === null ? after(now, policy.content.newRoundSeconds * SECOND_MS) : after(began, Math.max(ms, now.getTime() - began.getTime() + SECOND_MS));
  }

  /** A named person who did not take it leaves the request to everybody. */
  private async releaseDirection(tx: Tx, { request, pendingOffers }: Course): Promise<CrisisRequest> {
    if (!request.directedTo || pendingOffers.some(({ directed }) => directed)) return request;
    await this.records.setDirectedTo(tx, request.id, null);
    return { ...request, directedTo: null };
  }

  /** Nobody fits: a supervisor must know, and the search goes on. */
  private async escalate(tx: Tx, course: Course, cause: Extract<SearchVerdict, { kind: 'escalate' }>['cause'], newRoundAt: Date, now: Date): Promise<void> {
    const { request, policy } = course;
    const already = course.escalations.some((open) => open.searchContinues && open.cause === cause);
    const opened = already ? null : await this.escalations.open(tx, request, cause, policy.content, now, SYSTEM);
    if (opened) {
      await this.ground.events.append(tx, now, { ...subject(request), type: 'request.escalated', actor: SYSTEM, data: { cause } });
    }
    await this.courses.conclude(tx, request, { round: request.round, newRoundAt, searchAt: newRoundAt }, now);
  }
}

