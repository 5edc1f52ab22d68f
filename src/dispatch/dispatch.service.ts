import { Injectable } from '@nestjs/common';
import { after, SECOND_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { assertNever } from '../platform/errors.js';
import { SYSTEM } from '../platform/events.js';
import { EscalationsService } from '../requests/escalations.service.js';
import { RequestRecords } from '../requests/request-records.js';
import { Ground } from '../platform/ground.js';
import { stepOf, subject } from '../requests/requests.service.js';
import { CourseService, type Course } from './course.service.js';
import { afterSearch, dueSteps, isSearching, type SearchVerdict } from './domain/next-step.js';
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
    const { request } = course;
    if (!isSearching({ ...course, state: request.state })) {
      await this.courses.conclude(tx, request, {}, now);
      return;
    }
    const newRound = course.pendingOffers.length === 0 && request.newRoundAt !== null && request.newRoundAt <= now;
    const asking = newRound ? { ...course, request: { ...request, round: request.round + 1, newRoundAt: null } } : course;
    const result = await this.searches.search(tx, asking, now);
    await this.follow(tx, asking, afterSearch(result), now);
  }

  private async follow(tx: Tx, course: Course, verdict: SearchVerdict, now: Date): Promise<void> {
    const { request } = course;
    const policy = course.policy.content;
    const newRoundAt = request.newRoundAt ?? after(now, policy.newRoundSeconds * SECOND_MS);
    const round = request.round;
    switch (verdict.kind) {
      case 'offered':
        await this.courses.conclude(tx, request, { round, newRoundAt, searchAt: now }, now);
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

  /** Nobody fits: a supervisor must know, and the search goes on. */
  private async escalate(tx: Tx, course: Course, cause: Extract<SearchVerdict, { kind: 'escalate' }>['cause'], newRoundAt: Date, now: Date): Promise<void> {
    const { request, policy } = course;
    const opened = await this.escalations.open(tx, request, cause, policy.content, now, SYSTEM);
    if (opened) {
      await this.ground.events.append(tx, now, { ...subject(request), type: 'request.escalated', actor: SYSTEM, data: { cause } });
    }
    await this.courses.conclude(tx, request, { state: stepOf(request, 'escalate'), round: request.round, newRoundAt, searchAt: newRoundAt }, now);
  }
}

