import { Injectable } from '@nestjs/common';
import { after, SECOND_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { SYSTEM } from '../platform/events.js';
import { DutyService } from '../shifts/duty.service.js';
import { Ground } from '../platform/ground.js';
import { subject } from '../requests/requests.service.js';
import { CandidatesStore } from './candidates.store.js';
import type { Course } from './course.service.js';
import { DispatchStore } from './dispatch.store.js';
import type { Candidate, Demand } from './domain/candidate.js';
import { demandOf } from './domain/demand.js';
import { closedGates, isBusy } from './domain/gates.js';
import type { SearchResult } from './domain/next-step.js';
import type { Offer } from './domain/offer.js';
import { rank, type Ranked } from './domain/score.js';
import { effectiveUrgency } from '../requests/domain/triage.js';

const TIER = 1;

/** Finds the peers who fit and offers to the best of them. The caller holds the request's lock. */
@Injectable()
export class SearchService {
  constructor(
    private readonly candidates: CandidatesStore,
    private readonly store: DispatchStore,
    private readonly duty: DutyService,
    private readonly ground: Ground,
  ) {}

  async search(tx: Tx, course: Course, now: Date): Promise<SearchResult> {
    const { request, policy } = course;
    const byAcuity = policy.content.byAcuity[effectiveUrgency(request.acuity, request.safety)];
    const demand = demandOf(request, byAcuity);
    const supervisorCover = (await this.duty.supervisorsFor(tx, request.programmeId, now)).length > 0;
    const wanted = byAcuity.waveSize - course.pendingOffers.length;
    if (!supervisorCover || wanted <= 0) {
      return { pending: course.pendingOffers.length, busy: 0, locked: 0, asked: 0, supervisorCover };
    }
    const fitting = (await this.candidates.onDutyFor(tx, request, now)).filter((candidate) => closedGates(candidate, demand, now).length === 0);
    const unasked = fitting.filter((candidate) => !candidate.askedThisRound);
    const ranked = rank(unasked.filter((candidate) => !isBusy(candidate)), demand, policy.content.weights, now);
    const { made, locked, taken } = await this.offer(tx, course, ranked, demand, wanted, now);
    return {
      pending: course.pendingOffers.length + made,
      busy: unasked.filter(isBusy).length + taken,
      locked,
      asked: fitting.length - unasked.length,
      supervisorCover,
    };
  }

  /** Goes down the ranking until enough offers stand; each pick is locked and looked at again first. */
  private async offer(
    tx: Tx, course: Course, ranked: readonly Ranked[], demand: Demand, wanted: number, now: Date,
  ): Promise<{ made: number; locked: number; taken: number }> {
    let made = 0;
    let locked = 0;
    let taken = 0;
    let rest = ranked;
    while (made < wanted && rest.length > 0) {
      const picked = rest.slice(0, wanted - made);
      rest = rest.slice(picked.length);
      const free = await this.stillFree(tx, picked, demand, now);
      locked += picked.length - free.lockedIds.size;
      for (const pick of picked) {
        if (!free.lockedIds.has(pick.candidate.personId)) continue;
        if (free.freeIds.has(pick.candidate.personId) && (await this.make(tx, course, pick, demand, now))) made += 1;
        else taken += 1;
      }
    }
    return { made, locked, taken };
  }

  private async stillFree(tx: Tx, picked: readonly Ranked[], demand: Demand, now: Date): Promise<{ lockedIds: Set<string>; freeIds: Set<string> }> {
    const rows = await this.duty.lockPeers(tx, picked.map(({ candidate }) => candidate.personId));
    const occupancy = new Map((await this.store.occupancyOf(tx, rows.map((row) => row.personId))).map((found) => [found.personId, found]));
    const free = rows.filter((row) => {
      const known = picked.find(({ candidate }) => candidate.personId === row.personId)?.candidate;
      const found = occupancy.get(row.personId);
      if (!known || !found) return false;
      const fresh: Candidate = {
        ...known, programmeIds: row.programmeIds, until: row.until, draining: row.draining, capacity: row.capacity, maxAcuity: row.maxAcuity,
        buddyOnly: row.buddyOnly, contactKinds: known.contactKinds.filter((kind) => row.contactKinds.includes(kind)),
        hasPendingOffer: found.pending, liveAssignments: found.slots.length,
      };
      return closedGates(fresh, demand, now).length === 0 && !isBusy(fresh);
    });
    return { lockedIds: new Set(rows.map((row) => row.personId)), freeIds: new Set(free.map((row) => row.personId)) };
  }

  private async make(tx: Tx, course: Course, pick: Ranked, demand: Demand, now: Date): Promise<boolean> {
    const { request, policy } = course;
    const byAcuity = policy.content.byAcuity[demand.urgency];
    const expiresAt = after(now, byAcuity.offerSeconds * SECOND_MS);
    const offer: Offer = {
      id: this.ground.ids.next(), purpose: 'contact', subjectId: request.id, personId: pick.candidate.personId, seat: 'lead', round: request.round,
      tier: TIER, status: 'pending', why: { terms: pick.terms }, policyVersionId: policy.id, madeAt: now, expiresAt,
      closesAt: after(expiresAt, policy.content.acceptGraceSeconds * SECOND_MS), closedAt: null, version: 1,
    };
    if (!(await this.store.insertOffer(tx, offer))) return false;
    await this.ground.events.append(tx, now, {
      ...subject(request), subjectType: 'offer', subjectId: offer.id, version: 1, personId: offer.personId, type: 'offer.made', actor: SYSTEM,
      data: { requestId: request.id, personId: offer.personId, round: offer.round, tier: offer.tier },
    });
    return true;
  }
}
