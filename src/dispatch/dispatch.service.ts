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
import { afterSearch, dueSteps, wantedSeat, type SearchResult, type SearchVerdict } from './domain/next-step.js';
import type { Offer } from './domain/offer.js';
import { LEFT_TO_ROUND_MS } from './domain/surge.js';
import { DueStepsService } from './due-steps.service.js';
import { RoundBell } from './round-bell.service.js';
import { SearchService } from './search.service.js';

/** When a search that found nobody looks once more. */
interface Again {
  readonly newRoundAt: Date;
  /** Somebody free whose row was held for a moment. */
  readonly lockedUntil: Date | null;
  readonly peerFreeAt: Date | null;
}

@Injectable()
export class EngineSteps {
  constructor(
    readonly due: DueStepsService,
    readonly bell: RoundBell,
  ) {}
}

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
    private readonly parts: EngineSteps,
    private readonly ground: Ground,
  ) {}

  /** `first`: peers whom a round chose for this request; they are asked before anybody else is looked for. */
  async advance(requestId: string, first: readonly string[] = []): Promise<void> {
    await this.ground.db.withTx(async (tx) => this.step(tx, await this.records.lock(tx, requestId), first));
  }

  /** The same for who looks after many requests: one that somebody else holds makes none of the others wait. */
  async advanceIfFree(requestId: string, first: readonly string[] = []): Promise<void | 'held'> {
    return this.ground.db.withTx(async (tx) => {
      const [request] = await this.records.lockFree(tx, [requestId]);
      return request ? this.step(tx, request, first) : 'held';
    });
  }

  private async step(tx: Tx, request: CrisisRequest | null, first: readonly string[]): Promise<void> {
    if (!request?.nextAction) return;
    const now = this.ground.clock.now();
    let course = await this.courses.load(tx, request);
    const steps = dueSteps({ ...course, ...request }, now);
    for (const step of steps) course = { ...course, request: await this.parts.due.settle(tx, course, step, now) };
    if (steps.length > 0) course = await this.courses.load(tx, course.request);
    await this.searchIfWanted(tx, course, first, now);
  }

  private async searchIfWanted(tx: Tx, course: Course, first: readonly string[], now: Date): Promise<void> {
    const seat = wantedSeat({ ...course, state: course.request.state });
    const named = course.pendingOffers.find((offer) => offer.directed && offer.seat === seat) ?? null;
    const request = await this.releaseDirection(tx, course, named);
    if (!seat || named) {
      // Whatever else became due: nobody is asked before the named one has answered.
      await this.courses.conclude(tx, request, named ? { searchAt: after(named.closesAt, 1) } : {}, now);
      return;
    }
    const newRound = course.pendingOffers.every((offer) => offer.seat !== seat) && request.newRoundAt !== null && request.newRoundAt <= now;
    const asking = { ...course, request: newRound ? { ...request, round: request.round + 1, newRoundAt: null } : request };
    if (first.length === 0 && (await this.parts.bell.leaveToRound(tx, asking, now))) {
      await this.courses.conclude(tx, asking.request, { round: asking.request.round, searchAt: after(now, LEFT_TO_ROUND_MS) }, now);
      return;
    }
    await this.follow(tx, asking, await this.searches.search(tx, asking, seat, first, now), now);
  }

  private async follow(tx: Tx, course: Course, result: SearchResult, now: Date): Promise<void> {
    const verdict = afterSearch(result);
    const { request } = course;
    const policy = course.policy.content;
    const newRoundAt = request.newRoundAt && request.newRoundAt > now ? request.newRoundAt : after(now, policy.newRoundSeconds * SECOND_MS);
    const round = request.round;
    const rung = this.nextRungAt(course, now);
    // Whose rest or break ends: the sweep looks at that very moment, and in a surge its next round finds them for all. No job
    // waits for it and no step is named after it: until when somebody rests is read by nobody.
    const peerFreeAt = result.restingUntil && !(await this.parts.bell.inSurge(tx, request.programmeId, now)) ? result.restingUntil : null;
    // A look between two leaves the later one where it was, so that the hour of the next does not tell of it.
    const regular = (seconds: number): Date => soonest([after(now, seconds * SECOND_MS), request.searchAt && request.searchAt > now ? request.searchAt : null]);
    switch (verdict.kind) {
      case 'offered':
        // A new round that waits for an answer stays due: whoever came meanwhile does not put it off for those who declined.
        await this.courses.conclude(tx, request, { round, newRoundAt: request.newRoundAt ?? newRoundAt, searchAt: rung, peerFreeAt }, now);
        return;
      case 'widen':
        // Nobody is asked meanwhile: whose hour or limits have changed is found before the next ring, too.
        await this.courses.conclude(tx, request, { round, newRoundAt, searchAt: soonest([rung, regular(policy.newRoundSeconds)]), peerFreeAt }, now);
        return;
      case 'look-again-at-once':
        await this.courses.conclude(tx, request, { round, newRoundAt, searchAt: after(now, policy.lockedWaitMs), peerFreeAt }, now);
        return;
      case 'wait':
        await this.courses.conclude(tx, request, { round, newRoundAt, searchAt: regular(policy.waitSeconds), peerFreeAt }, now);
        return;
      case 'escalate':
        // Somebody free whose row was held for a moment is looked at again at once, whoever knows of it by then.
        await this.escalate(tx, course, verdict.cause, { newRoundAt, lockedUntil: result.locked > 0 ? after(now, policy.lockedWaitMs) : null, peerFreeAt }, now);
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
  private async releaseDirection(tx: Tx, { request }: Course, named: Offer | null): Promise<CrisisRequest> {
    if (!request.directedTo || named) return request;
    await this.records.setDirectedTo(tx, request.id, null);
    return { ...request, directedTo: null };
  }

  /** Nobody fits: a supervisor must know, and the search goes on. */
  private async escalate(tx: Tx, course: Course, cause: Extract<SearchVerdict, { kind: 'escalate' }>['cause'], { newRoundAt, lockedUntil, peerFreeAt }: Again, now: Date): Promise<void> {
    const { request, policy } = course;
    const already = course.escalations.some((open) => open.searchContinues && open.cause === cause);
    const opened = already ? null : await this.escalations.open(tx, request, cause, policy.content, now, SYSTEM);
    if (opened) {
      await this.ground.events.append(tx, now, { ...subject(request), type: 'request.escalated', actor: SYSTEM, data: { cause } });
    }
    await this.courses.conclude(tx, request, { round: request.round, newRoundAt, searchAt: soonest([newRoundAt, lockedUntil]), peerFreeAt }, now);
  }
}

/** Of those there are. */
function soonest([first, ...others]: readonly [Date, ...(Date | null)[]]): Date {
  return new Date(Math.min(first.getTime(), ...others.flatMap((time) => time?.getTime() ?? [])));
}
