import { Injectable } from '@nestjs/common';
import type { AccountPrincipal } from '../access/principal.js';
import { Ground } from '../platform/ground.js';
import { CourseService } from './course.service.js';
import { toLift } from './domain/by-hand.js';
import type { Candidate } from './domain/candidate.js';
import { closedGates, isBusy } from './domain/gates.js';
import { wantedSeat } from './domain/next-step.js';
import { rankToTell, type Told } from './domain/score.js';
import { whyNobody } from './domain/why-nobody.js';
import { FieldService } from './field.service.js';
import { GatesTold } from './gates-told.service.js';
import type { MatchCandidateView, MatchView } from './match.contract.js';
import { MatchLooks } from './match-looks.service.js';
import { ViewsStore } from './views.store.js';

/** Enough to choose from by hand. */
const RANKED_SHOWN = 50;

/** Who would be asked and why, and why nobody else: for coordinators and supervisors. Nothing is decided here. */
@Injectable()
export class MatchService {
  constructor(
    private readonly looks: MatchLooks,
    private readonly courses: CourseService,
    private readonly field: FieldService,
    private readonly gates: GatesTold,
    private readonly views: ViewsStore,
    private readonly ground: Ground,
  ) {}

  /** A transaction, because the look and a supervisor who is found gone are noted. Errors as {@link MatchLooks.at}. */
  async of(principal: AccountPrincipal, id: string): Promise<MatchView> {
    const { rules } = this.gates;
    return this.ground.db.withTx(async (tx) => {
      const course = await this.courses.load(tx, await this.looks.at(tx, principal, id));
      const now = this.ground.clock.now();
      const seat = wantedSeat({ ...course, state: course.request.state }) ?? 'lead';
      const field = await this.field.survey(tx, course, seat, now);
      const tells = await this.gates.to(tx, principal, field.candidates, now);
      const why = whyNobody(field.candidates, field.offDuty, field.demand, { widens: (gate) => rules.widens(gate), tells }, now);
      const { weights } = course.policy.content;
      const gatesOf = (candidate: Candidate) => toLift(candidate, field.demand, (gate) => rules.isLiftable(gate), now);
      const ranked = rankToTell(why.fitting, field.demand, weights, now).slice(0, RANKED_SHOWN);
      const mayBeNamed = (candidate: Candidate): boolean => gatesOf(candidate)?.every((gate) => tells(candidate, gate)) ?? false;
      const keptOut = field.candidates.filter((candidate) => closedGates(candidate, field.demand, now).length > 0 && mayBeNamed(candidate));
      const withReason = rankToTell(keptOut, field.demand, weights, now).slice(0, RANKED_SHOWN);
      const names = await this.views.namesOf(tx, [...ranked, ...withReason].map(({ candidate }) => candidate.personId));
      const shown = ({ candidate, terms, minutes }: Told): MatchCandidateView => ({
        personId: candidate.personId, name: names.get(candidate.personId) ?? '', minutes: Math.round(minutes * 10) / 10, terms: [...terms],
        busy: isBusy(candidate), askedThisRound: candidate.askedThisRound,
        toLift: (gatesOf(candidate) ?? []).map((gate) => ({ gate, mayLift: rules.mayLift(gate, principal.roles) })),
      });
      return {
        seat, supervisorCover: field.supervisorCover, policyServes: field.policyServes, waitingFor: { busy: why.busy, resting: why.resting.count, restingUntil: why.resting.until?.toISOString() ?? null },
        ranked: ranked.map(shown), withReason: withReason.map(shown), policyVersion: course.policy.number,
        excluded: [...why.excluded], oneGateOff: [...why.oneGateOff],
      };
    });
  }
}
