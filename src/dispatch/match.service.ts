import { Injectable } from '@nestjs/common';
import type { AccountPrincipal } from '../access/principal.js';
import { Ground } from '../platform/ground.js';
import { RequestsService } from '../requests/requests.service.js';
import type { MatchView } from './contract.js';
import { CourseService } from './course.service.js';
import { isBusy } from './domain/gates.js';
import { wantedSeat } from './domain/next-step.js';
import { rank } from './domain/score.js';
import { whyNobody } from './domain/why-nobody.js';
import { FieldService } from './field.service.js';
import { GatesConfig } from './gate-rules.js';
import { ViewsStore } from './views.store.js';

/** Enough to choose from by hand. */
const RANKED_SHOWN = 50;

/** Who would be asked and why, and why nobody else: for coordinators and supervisors. Nothing is decided here. */
@Injectable()
export class MatchService {
  constructor(
    private readonly requests: RequestsService,
    private readonly courses: CourseService,
    private readonly field: FieldService,
    private readonly gates: GatesConfig,
    private readonly views: ViewsStore,
    private readonly ground: Ground,
  ) {}

  /** A transaction, because a supervisor who is found gone is noted. */
  async of(principal: AccountPrincipal, id: string): Promise<MatchView> {
    return this.ground.db.withTx(async (tx) => {
      const course = await this.courses.load(tx, await this.requests.findVisible(tx, principal, id));
      const now = this.ground.clock.now();
      const seat = wantedSeat({ ...course, state: course.request.state }) ?? 'lead';
      const field = await this.field.survey(tx, course, seat, now);
      const why = whyNobody(field.candidates, field.offDuty, field.demand, (gate) => this.gates.widens(gate), now);
      const ranked = rank(why.fitting, field.demand, course.policy.content.weights, now).slice(0, RANKED_SHOWN);
      const names = await this.views.namesOf(tx, ranked.map(({ candidate }) => candidate.personId));
      return {
        seat, supervisorCover: field.supervisorCover, waitingFor: { busy: why.busy },
        ranked: ranked.map(({ candidate, terms, minutes }) => ({
          personId: candidate.personId, name: names.get(candidate.personId) ?? '', minutes: Math.round(minutes * 10) / 10, terms: [...terms],
          busy: isBusy(candidate), askedThisRound: candidate.askedThisRound,
        })),
        excluded: why.excluded.filter(({ code }) => this.gates.seenBy(code, principal.roles)),
        oneGateOff: why.oneGateOff.filter(({ gate }) => this.gates.seenBy(gate, principal.roles)),
      };
    });
  }
}
