import { Injectable } from '@nestjs/common';
import { DomainError } from '../platform/errors.js';
import { AgreementsService } from './agreements.service.js';
import { CasesService, mustBeOpen } from './cases.service.js';
import { inEffect } from './domain/agreement.js';
import { changed, needsTwo, step } from './domain/flag-case.js';
import { WellnessGround } from './wellness-ground.service.js';

/** Asking for somebody else to look at it. No grounds are asked for. */
@Injectable()
export class AppealsService {
  constructor(
    private readonly w: WellnessGround,
    private readonly cases: CasesService,
    private readonly agreements: AgreementsService,
  ) {}

  /** Supervisor and deputy hear of it; a second tap changes nothing. Throws `not-found` without an open case. */
  async ask(personId: string): Promise<void> {
    const held = await this.cases.mustHave(personId);
    await this.cases.change(held.id, personId, 'appeal', async (tx, { flag }, now) => {
      if (flag.appealedAt && !flag.appealHeardAt) return flag;
      const both = [...(await this.w.askedPeople(tx, personId, 'supervisor')), ...(await this.w.askedPeople(tx, personId, 'deputy'))];
      await this.w.write(tx, [...new Set(both)], now);
      return changed(mustBeOpen(flag), { appealedAt: now, appealOutcome: null, appealHeardBy: null, appealHeardAt: null, toldAt: flag.toldAt ?? now });
    });
  }

  /**
   * Heard by whoever of the two did not set what it is about. Granted, a case without an agreement is closed; where two
   * people are needed, it counts as the word of one of them. Throws `not-yourself`, `case-moved-on` without an appeal.
   */
  async hear(caseId: string, by: string, outcome: 'stays' | 'granted'): Promise<void> {
    await this.cases.change(caseId, by, `appeal-${outcome}`, async (tx, whole, now) => {
      const { flag, agreements } = whole;
      mustBeOpen(flag);
      if (!flag.appealedAt || flag.appealHeardAt) throw new DomainError('case-moved-on');
      const setBy = inEffect(agreements)?.setBy ?? flag.raisedBy;
      if (setBy === by) throw new DomainError('not-yourself');
      await this.w.write(tx, [flag.personId], now);
      const heard = { appealOutcome: outcome, appealHeardBy: by, appealHeardAt: now };
      if (outcome === 'stays') return changed(flag, heard);
      if (needsTwo(flag.state)) return this.agreements.approved(tx, { ...whole, flag: changed(flag, heard) }, by, 'closed', now);
      return step(flag, 'dismiss', now, { ...heard, reviewAt: null }) ?? changed(flag, heard);
    });
  }
}
