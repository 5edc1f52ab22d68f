import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { SYSTEM } from '../platform/events.js';
import { DutyService } from '../shifts/duty.service.js';
import type { Course } from './course.service.js';
import type { Candidate, Demand } from './domain/candidate.js';
import { closedGates, isBusy, mayBePreempted } from './domain/gates.js';
import { standing, type Standing } from './domain/ladder.js';
import type { SearchResult } from './domain/next-step.js';
import { rank, type Ranked } from './domain/score.js';
import { FieldService } from './field.service.js';
import { OfferMaking } from './offer-making.service.js';
import { PreemptionService } from './preemption.service.js';

/** Finds the peers who fit and offers to the best of them. The caller holds the request's lock. */
@Injectable()
export class SearchService {
  constructor(
    private readonly field: FieldService,
    private readonly duty: DutyService,
    private readonly preemption: PreemptionService,
    private readonly making: OfferMaking,
  ) {}

  async search(tx: Tx, course: Course, seat: SearchResult['seat'], now: Date): Promise<SearchResult> {
    const { request, policy } = course;
    const field = await this.field.of(tx, course, seat, now);
    const where = standing(policy.content.byAcuity[field.demand.urgency], now.getTime() - (request.searchBeganAt ?? now).getTime());
    const pending = course.pendingOffers.length;
    const nothing = { seat, pending, busy: 0, locked: 0, asked: 0, supervisorCover: field.supervisorCover, supervisorDue: where.supervisorDue, ringsLeft: false };
    const wanted = where.rung.waveSize - pending;
    if (!field.supervisorCover || wanted <= 0) return nothing;
    const fitting = field.candidates.filter((candidate) => closedGates(candidate, field.demand, now).length === 0);
    const unasked = fitting.filter((candidate) => !candidate.askedThisRound);
    const ranked = this.ranked(unasked, course, field.demand, now);
    const { made, locked, taken } = await this.offer(tx, course, ranked, field.demand, where, wanted, now);
    const busy = unasked.filter((candidate) => isBusy(candidate) && !mayBePreempted(candidate, field.demand, policy.content.preemptLevels)).length;
    return {
      ...nothing, pending: pending + made, busy: busy + taken, locked, asked: fitting.length - unasked.length,
      ringsLeft: request.contactKind === 'in-person' && where.nextRungMs !== null,
    };
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
    tx: Tx, course: Course, ranked: readonly Ranked[], demand: Demand, where: Standing, wanted: number, now: Date,
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
        else if (verdict && (await this.making.make(tx, course, pick, terms, now, SYSTEM))) made += 1;
        else taken += 1;
      }
    }
    return { made, locked, taken };
  }

  /** True: free under the lock. False: taken meanwhile. Missing: somebody else holds the row. */
  private async stillFree(tx: Tx, course: Course, picked: readonly Ranked[], demand: Demand, now: Date): Promise<Map<string, boolean>> {
    const milder = await this.preemption.lockMilder(tx, picked.map(({ candidate }) => candidate), course.request.id);
    const lockable = picked.filter(({ candidate }) => !candidate.hasPendingOffer || milder.has(candidate.pendingFor?.requestId ?? ''));
    const rows = await this.duty.lockPeers(tx, lockable.map(({ candidate }) => candidate.personId));
    const fresh = new Map((await this.field.refreshed(tx, picked.map(({ candidate }) => candidate), rows, now)).map((found) => [found.personId, found]));
    const verdicts = new Map<string, boolean>();
    for (const { personId } of rows) {
      const candidate = fresh.get(personId);
      const fits = candidate !== undefined && closedGates(candidate, demand, now).length === 0;
      if (!candidate || !fits) verdicts.set(personId, false);
      else if (!isBusy(candidate)) verdicts.set(personId, true);
      else verdicts.set(personId, await this.preemption.takeOver(tx, candidate, demand, course.policy.content, milder, now));
    }
    return verdicts;
  }
}
