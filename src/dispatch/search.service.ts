import { Injectable } from '@nestjs/common';
import { after, SECOND_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { SYSTEM } from '../platform/events.js';
import { DutyService } from '../shifts/duty.service.js';
import type { Course } from './course.service.js';
import type { Candidate, Demand } from './domain/candidate.js';
import { fits, isBusy, mayBePreempted } from './domain/gates.js';
import { standing, type Standing } from './domain/ladder.js';
import type { SearchResult } from './domain/next-step.js';
import { rank, toldTerms, type Ranked } from './domain/score.js';
import { restingAmong } from './domain/why-nobody.js';
import { FieldService, type Field, type OpenField } from './field.service.js';
import { OfferMaking, type PickedPeer } from './offer-making.service.js';
import { PreemptionService } from './preemption.service.js';

/** What a search is out for. */
interface Look {
  readonly demand: Demand;
  readonly where: Standing;
  /** Offers that are still to be made. */
  readonly wanted: number;
  /** What holds while nobody else is asked. */
  readonly soFar: SearchResult;
}

/** Finds the peers who fit and offers to the best of them. The caller holds the request's lock. */
@Injectable()
export class SearchService {
  constructor(
    private readonly field: FieldService,
    private readonly duty: DutyService,
    private readonly preemption: PreemptionService,
    private readonly making: OfferMaking,
  ) {}

  /**
   * Asks the peers in `first` where they may still be asked, and else the best of all. Everything is read of everybody only
   * when the few who would come first are too few for the wave: then it matters why.
   */
  async search(tx: Tx, course: Course, seat: SearchResult['seat'], first: readonly string[], now: Date): Promise<SearchResult> {
    const open = await this.field.open(tx, course, seat, now);
    let look = lookOf(course, open, seat, now);
    if (!open.policyServes || !open.supervisorCover || look.wanted <= 0) return look.soFar;
    for (const few of [() => first, () => this.field.nearest(tx, open, course.policy.content.weights, now)]) {
      const personIds = await few();
      if (personIds.length === 0) continue;
      const result = await this.ask(tx, course, look, await this.field.among(tx, open, personIds, now), now);
      const made = result.pending - look.soFar.pending;
      if (made === look.wanted) return result;
      look = { ...look, wanted: look.wanted - made, soFar: { ...look.soFar, pending: result.pending } };
    }
    return this.ask(tx, course, look, await this.field.all(tx, open, now), now);
  }

  private async ask(tx: Tx, course: Course, look: Look, field: Field, now: Date): Promise<SearchResult> {
    const { demand, soFar } = look;
    const { preemptLevels } = course.policy.content;
    const unasked = field.fitting.filter((candidate) => !candidate.askedThisRound);
    const { made, locked, taken } = await this.offer(tx, course, this.ranked(unasked, course, demand, now), look, now);
    const busy = unasked.filter((candidate) => isBusy(candidate) && !mayBePreempted(candidate, demand, preemptLevels)).length;
    return {
      ...soFar, pending: soFar.pending + made, busy: busy + taken, locked, asked: field.fitting.length - unasked.length,
      ringsLeft: this.fartherOut(field, course, look, now), restingUntil: restingAmong(field.candidates, demand, now).until,
    };
  }

  /** Somebody who was not asked yet lives in a wider ring. Nobody waits for a ring with nobody in it. */
  private fartherOut({ candidates }: Field, { policy }: Course, { demand, where: { tier } }: Look, now: Date): boolean {
    if (demand.contactKind !== 'in-person') return false;
    const radii = policy.content.byAcuity[demand.urgency].rungs.slice(tier).map(({ radiusKm }) => radiusKm);
    const wider: Demand = { ...demand, radiusKm: Math.max(demand.radiusKm, ...radii) };
    return candidates.some((candidate) => !candidate.askedThisRound && fits(candidate, wider, now));
  }

  /** Free peers first; then those whose offer may be taken over for something much more urgent. */
  private ranked(unasked: readonly Candidate[], course: Course, demand: Demand, now: Date): Ranked[] {
    const { weights, preemptLevels } = course.policy.content;
    const free = unasked.filter((candidate) => !isBusy(candidate));
    const takeable = unasked.filter((candidate) => mayBePreempted(candidate, demand, preemptLevels));
    return [...rank(free, demand, weights, now), ...rank(takeable, demand, weights, now)];
  }

  /** Goes down the ranking until enough offers stand; each pick is locked and looked at again first. */
  private async offer(
    tx: Tx, course: Course, ranked: readonly Ranked[], { demand, where, wanted }: Look, now: Date,
  ): Promise<{ made: number; locked: number; taken: number }> {
    let made = 0;
    let locked = 0;
    let taken = 0;
    let rest = ranked;
    const terms = { demand, round: course.request.round, tier: where.tier, directed: false, overrides: [] };
    while (made < wanted && rest.length > 0) {
      const picked = rest.slice(0, wanted - made);
      rest = rest.slice(picked.length);
      const free = await this.stillFree(tx, course, picked, demand, now);
      for (const pick of picked) {
        const verdict = free.get(pick.candidate.personId);
        if (verdict === undefined) locked += 1;
        else if (verdict && (await this.making.make(tx, course, this.toTell(pick, course, demand, now), terms, now, SYSTEM))) made += 1;
        else taken += 1;
      }
    }
    return { made, locked, taken };
  }

  private toTell({ candidate }: Ranked, { policy }: Course, demand: Demand, now: Date): PickedPeer {
    return { candidate, told: toldTerms(candidate, demand, policy.content.weights, now) };
  }

  /** True: free under the lock. False: taken meanwhile. Missing: somebody else holds the row. */
  private async stillFree(tx: Tx, course: Course, picked: readonly Ranked[], demand: Demand, now: Date): Promise<Map<string, boolean>> {
    const milder = await this.preemption.lockMilder(tx, picked.map(({ candidate }) => candidate), course.request.id);
    const lockable = picked.filter(({ candidate }) => !candidate.hasPendingOffer || milder.has(candidate.pendingFor?.requestId ?? ''));
    const rows = await this.duty.lockPeers(tx, lockable.map(({ candidate }) => candidate.personId));
    const fresh = new Map((await this.field.refreshed(tx, course.request, picked.map(({ candidate }) => candidate), rows, now)).map((found) => [found.personId, found]));
    const verdicts = new Map<string, boolean>();
    for (const { personId } of rows) {
      const candidate = fresh.get(personId);
      if (!candidate || !fits(candidate, demand, now)) verdicts.set(personId, false);
      else if (!isBusy(candidate)) verdicts.set(personId, true);
      else verdicts.set(personId, await this.preemption.takeOver(tx, candidate, demand, course.policy.content, milder, now));
    }
    return verdicts;
  }
}

function lookOf({ request, policy, pendingOffers }: Course, { demand, supervisorCover, policyServes }: OpenField, seat: SearchResult['seat'], now: Date): Look {
  const began = request.searchBeganAt ?? now;
  const byAcuity = policy.content.byAcuity[demand.urgency];
  const where = standing(byAcuity, now.getTime() - began.getTime());
  // Who is asked for another seat answers nothing that is looked for here.
  const pending = pendingOffers.filter((offer) => offer.seat === seat).length;
  const soFar: SearchResult = {
    seat, pending, busy: 0, locked: 0, asked: 0, supervisorCover, policyServes, supervisorDue: where.supervisorDue,
    supervisorDueAt: after(began, byAcuity.supervisorAfterSeconds * SECOND_MS), ringsLeft: false, restingUntil: null,
  };
  return { demand, where, wanted: where.rung.waveSize - pending, soFar };
}
