import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { PolicyService } from '../programmes/policy.service.js';
import type { DispatchPolicyVersion } from '../programmes/domain/policy.js';
import type { CrisisRequest, NextAction } from '../requests/domain/crisis-request.js';
import type { RequestState } from '../requests/domain/request.js';
import { EscalationsService } from '../requests/escalations.service.js';
import { RequestRecords } from '../requests/request-records.js';
import { Ground } from '../platform/ground.js';
import { DispatchStore } from './dispatch.store.js';
import type { Offer } from './domain/offer.js';
import type { Assignment } from './domain/assignment.js';
import type { Escalation } from '../requests/domain/escalation.js';
import { isSearching, nextAction } from './domain/next-step.js';

/** A locked request with everything that decides its next step. */
export interface Course {
  readonly request: CrisisRequest;
  readonly policy: DispatchPolicyVersion;
  readonly pendingOffers: readonly Offer[];
  readonly lead: Assignment | null;
  readonly escalations: readonly Escalation[];
}

export interface CourseChange {
  readonly state?: RequestState;
  readonly round?: number;
  readonly searchAt?: Date;
  readonly newRoundAt?: Date;
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
    private readonly ground: Ground,
  ) {}

  async load(tx: Tx, request: CrisisRequest): Promise<Course> {
    const policy = await this.policies.byId(tx, request.policyVersionId);
    const pendingOffers = await this.store.pendingOffersOf(tx, request.id);
    const lead = await this.store.liveLead(tx, request.id);
    const escalations = await this.escalations.openOf(tx, request.id);
    return { request, policy, pendingOffers, lead, escalations };
  }

  /** Reads again what the step left behind, names the next one, and has the queue ring when it is due. Returns the new version. */
  async conclude(tx: Tx, before: CrisisRequest, change: CourseChange, now: Date): Promise<CrisisRequest> {
    const state = change.state ?? before.state;
    const course = await this.load(tx, before);
    const situation = { ...course, state, nextAction: change.owed ?? before.nextAction };
    const searching = isSearching(situation);
    const searchAt = searching ? (change.searchAt ?? before.searchAt ?? now) : null;
    const newRoundAt = searching && state === 'escalated' ? (change.newRoundAt ?? before.newRoundAt) : null;
    const search = searchAt ? ({ kind: searchKind(state, searchAt, now), dueAt: searchAt } as const) : null;
    const next = nextAction(situation, search);
    const round = change.round ?? before.round;
    const version = await this.records.save(tx, before.id, { state, next, round, searchAt, newRoundAt });
    if (next && next.dueAt.getTime() !== before.nextAction?.dueAt.getTime()) {
      this.ground.queues.wake(tx, 'advance', before.id, Math.max(0, next.dueAt.getTime() - now.getTime()));
    }
    return { ...before, state, round, searchAt, newRoundAt, nextAction: next, version };
  }
}

function searchKind(state: RequestState, searchAt: Date, now: Date): 'match' | 'retry' | 'wait' {
  if (searchAt <= now) return 'match';
  return state === 'escalated' ? 'retry' : 'wait';
}
