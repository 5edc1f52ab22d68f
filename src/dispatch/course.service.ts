import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { Ground } from '../platform/ground.js';
import type { DispatchPolicyVersion } from '../programmes/domain/policy.js';
import { PolicyService } from '../programmes/policy.service.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import type { CrisisRequest, NextAction } from '../requests/domain/crisis-request.js';
import type { Escalation } from '../requests/domain/escalation.js';
import type { Acuity, RequestState } from '../requests/domain/request.js';
import { EscalationsService } from '../requests/escalations.service.js';
import { RequestRecords } from '../requests/request-records.js';
import { DispatchStore } from './dispatch.store.js';
import { buddyNeed, type Assignment } from './domain/assignment.js';
import { standing } from './domain/ladder.js';
import { nextAction, standingState, wantedSeat, type Situation } from './domain/next-step.js';
import type { Offer } from './domain/offer.js';
import { urgencyAt } from './domain/urgency.js';

/** A locked request with everything that decides its next step. */
export interface Course {
  readonly request: CrisisRequest;
  readonly policy: DispatchPolicyVersion;
  readonly pendingOffers: readonly Offer[];
  readonly lead: Assignment | null;
  /** Live assignments in every seat. */
  readonly seats: readonly Assignment[];
  readonly buddy: Situation['buddy'];
  readonly escalations: readonly Escalation[];
}

/** What a step changed; what is not said follows from the rows the step left behind. */
interface CourseChange {
  readonly state?: RequestState;
  readonly round?: number;
  readonly searchAt?: Date;
  /** When somebody who only rests comes free; nobody where it is not said and has passed. */
  readonly peerFreeAt?: Date | null;
  readonly newRoundAt?: Date;
  readonly lostPeers?: number;
  /** For a state that is owed one certain thing, such as the close-out of an ended request. */
  readonly owed?: NextAction;
}

/** Loads where a request stands and writes where it goes: the one place that names the next step. */
@Injectable()
export class CourseService {
  constructor(
    private readonly records: RequestRecords,
    private readonly store: DispatchStore,
    private readonly escalations: EscalationsService,
    private readonly policies: PolicyService,
    private readonly programmes: ProgrammesService,
    private readonly ground: Ground,
  ) {}

  async load(tx: Tx, request: CrisisRequest): Promise<Course> {
    const [policy, pendingOffers, seats, escalations] = await Promise.all([
      this.policies.byId(tx, request.policyVersionId), this.store.pendingOffersOf(tx, request.id), this.store.liveSeatsOf(tx, request.id), this.escalations.openOf(tx, request.id),
    ]);
    const lead = seats.find(({ seat }) => seat === 'lead') ?? null;
    return { request, policy, pendingOffers, lead, seats, buddy: await this.buddyOf(tx, request, seats), escalations };
  }

  /** Reads again what the step left behind, names the next one, and has the queue ring when it is due. */
  async conclude(tx: Tx, before: CrisisRequest, change: CourseChange, now: Date): Promise<CrisisRequest> {
    const course = await this.load(tx, before);
    const state = change.state ?? standingState(before.state, course);
    const situation: Situation = { ...course, state, nextAction: change.owed ?? before.nextAction };
    const seat = wantedSeat(situation);
    const searching = seat !== null;
    const searchAt = searching ? (change.searchAt ?? before.searchAt ?? now) : null;
    const freeAt = change.peerFreeAt === undefined ? before.peerFreeAt : change.peerFreeAt;
    const next = nextAction(situation, searchAt ? { kind: searchKind(state, searchAt, now), dueAt: searchAt } : null);
    // A lost lead begins a new search from the first rung; how long the person has waited still counts in the urgency.
    const lost = (change.lostPeers ?? before.lostPeers) > before.lostPeers;
    const moved: CrisisRequest = {
      ...before, state, searchAt, peerFreeAt: searching && freeAt && freeAt > now ? freeAt : null, nextAction: next, round: change.round ?? before.round, lostPeers: change.lostPeers ?? before.lostPeers,
      newRoundAt: searching && state === 'escalated' ? (change.newRoundAt ?? before.newRoundAt) : null,
      searchBeganAt: searching && (before.searchBeganAt === null || lost) ? now : before.searchBeganAt,
    };
    const urgency: Acuity = searching ? urgencyAt(moved, course.policy.content, now) : moved.urgency;
    const { rung } = standing(course.policy.content.byAcuity[urgency], now.getTime() - (moved.searchBeganAt ?? now).getTime());
    const halfAsked = searching && course.pendingOffers.length > 0 && course.pendingOffers.filter((offer) => offer.seat === seat).length < rung.waveSize;
    const version = await this.records.save(tx, before.id, { ...moved, urgency, next, halfAsked });
    if (next && next.dueAt.getTime() !== before.nextAction?.dueAt.getTime()) {
      this.ground.queues.wake(tx, 'advance', before.id, Math.max(0, next.dueAt.getTime() - now.getTime()));
    }
    return { ...moved, urgency, version };
  }

  private async buddyOf(tx: Tx, request: CrisisRequest, seats: readonly Assignment[]): Promise<Situation['buddy']> {
    if (request.contactKind !== 'in-person') return 'not-needed';
    const programme = await this.programmes.get(tx, request.programmeId);
    return buddyNeed(request.contactKind, programme?.inPersonRule ?? null, seats);
  }
}

function searchKind(state: RequestState, searchAt: Date, now: Date): 'match' | 'retry' | 'wait' {
  if (searchAt <= now) return 'match';
  return state === 'escalated' ? 'retry' : 'wait';
}
