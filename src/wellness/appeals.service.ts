import { Injectable } from '@nestjs/common';
import { DomainError } from '../platform/errors.js';
import { AgreementsService } from './agreements.service.js';
import { CasesService, mustBeOpen } from './cases.service.js';
import { setByWhom } from './domain/agreement.js';
import { appealed, appealHeard } from './domain/flag-case.js';
import { raisersOf } from './domain/second-raise.js';
import { WellnessGround } from './wellness-ground.service.js';

/** Asking for somebody else to look at it. No grounds are asked for. */
@Injectable()
export class AppealsService {
  constructor(
    private readonly w: WellnessGround,
    private readonly cases: CasesService,
    private readonly agreements: AgreementsService,
  ) {}

  /** Whoever may hear it is told; a second tap changes nothing. Throws `not-found` without an open case. */
  async ask(personId: string): Promise<void> {
    const held = await this.cases.mustHave(personId);
    await this.cases.change(held.id, personId, 'appeal', async (tx, { flag, agreements, raises }, now) => {
      if (flag.appealedAt && !flag.appealHeardAt) return flag;
      const { askedOf, people } = await this.w.hearers(tx, personId, setByWhom(raisersOf(flag, raises), agreements));
      await this.w.write(tx, people);
      return appealed(await this.cases.told(tx, mustBeOpen(flag), now), askedOf, now);
    });
  }

  /** Heard by whoever did not set what it is about. Throws `not-yourself`, `case-moved-on` without an appeal. */
  async hear(caseId: string, by: string, outcome: 'stays' | 'granted'): Promise<void> {
    await this.cases.change(caseId, by, `appeal-${outcome}`, async (tx, whole, now) => {
      const { flag, agreements, raises } = whole;
      mustBeOpen(flag);
      if (!flag.appealedAt || flag.appealHeardAt) throw new DomainError('case-moved-on');
      if (setByWhom(raisersOf(flag, raises), agreements).includes(by)) throw new DomainError('not-yourself');
      await this.w.writePeer(tx, flag.personId);
      const heard = appealHeard(flag, by, outcome, now);
      return outcome === 'stays' ? heard : this.agreements.granted(tx, { ...whole, flag: heard }, by, now);
    });
  }
}
