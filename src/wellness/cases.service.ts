import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, invalidField } from '../platform/errors.js';
import { after, HOUR_MS } from '../platform/time.js';
import type { WholeCase } from './case-reading.store.js';
import { changed, contacted, dueOf, opened, step, steppedBackAgain, type FlagCase, type Origin } from './domain/flag-case.js';
import { SUPPORT_CODES } from './support-rules.js';
import { WellnessGround } from './wellness-ground.service.js';

/** Where no policy says how soon. */
const CONTACT_HOURS = 24;
/** The peer has a day to read it before anybody else is told of a review. */
const TOLD_AHEAD_MS = 24 * HOUR_MS;

export type Decide = (tx: Tx, whole: WholeCase, now: Date) => Promise<FlagCase>;

/** Relapse-policy flags as cases: opened, told, supported, reviewed, closed. Nothing of it is told to anybody but by letter. */
@Injectable()
export class CasesService {
  constructor(private readonly w: WellnessGround) {}

  /** For whoever owns the transaction of a step back, with the person's lock held. A case that is open goes on. */
  async openBySelf(tx: Tx, personId: string, now: Date): Promise<void> {
    const before = await this.w.reads.openOf(personId);
    const hours = (await this.w.doors.contactHours(tx, personId, now)) ?? CONTACT_HOURS;
    const { askedOf, people } = await this.w.asked(tx, personId, 'supervisor');
    const flag = before ? steppedBackAgain(before, hours, askedOf, now)
      : opened({ id: this.w.ids.next(), personId, origin: 'self', raisedBy: null, contactHours: hours, askedOf }, now);
    // Who said before this that it may end has not seen it.
    if (before) await this.w.doors.forgetApprovals(tx, before.id);
    await this.keep(tx, flag, personId, 'step-back', now);
    await this.w.write(tx, people, now);
  }

  /** By supervisor or deputy. The peer hears of it first, with the appeal on the same screen. Throws `not-found`, `case-open-already`. */
  async raise(readerId: string, personId: string): Promise<string> {
    return this.w.ground.db.withTx(async (tx) => {
      if (!(await this.w.readerAs(tx, readerId, personId))) throw new DomainError('not-found');
      return this.open(tx, personId, 'supervisor', readerId);
    });
  }

  /** The peer has it before them. Harmless when they have seen it, or there is nothing to see. */
  async seen(personId: string): Promise<void> {
    const held = await this.w.reads.openOf(personId);
    if (held && !held.toldAt) await this.change(held.id, personId, 'told', async (tx, { flag }, now) => this.told(tx, flag, now));
  }

  /** A supervisor has told them in person. */
  tell(caseId: string, by: string): Promise<void> {
    return this.change(caseId, by, 'told', async (tx, { flag }, now) => (flag.toldAt ? flag : this.told(tx, flag, now)));
  }

  /** Whoever is asked was in touch. Throws `tell-first`, `case-moved-on` for a closed one. */
  contact(caseId: string, by: string): Promise<void> {
    return this.change(caseId, by, 'contact', async (_, { flag }, now) => contacted(mustBeTold(mustBeOpen(flag)), by, now));
  }

  /** Throws `invalid` for what is no support. Offering again changes nothing. */
  offer(caseId: string, by: string, codes: readonly string[]): Promise<void> {
    if (!codes.every((code) => SUPPORT_CODES.includes(code))) throw invalidField('codes', 'There is no such support.', 'unknown');
    return this.change(caseId, by, 'offer-support', async (tx, { flag, supports }, now) => {
      mustBeTold(mustBeOpen(flag));
      for (const code of codes.filter((each) => !supports.some((support) => support.code === each))) {
        await this.w.doors.putSupport(tx, { caseId, code, offeredBy: by, offeredAt: now, answer: null, answeredAt: null });
      }
      await this.w.write(tx, [flag.personId], now);
      return changed(flag, {});
    });
  }

  /** Taken or not: both are fine. Throws `not-found` for what was not offered. */
  async answerSupport(personId: string, code: string, answer: 'accepted' | 'declined'): Promise<void> {
    const held = await this.mustHave(personId);
    await this.change(held.id, personId, `support-${answer}`, async (tx, { flag, supports }, now) => {
      const support = supports.find((each) => each.code === code);
      if (!support) throw new DomainError('not-found');
      await this.w.doors.putSupport(tx, { ...support, caseId: flag.id, answer, answeredAt: now });
      return changed(flag, {});
    });
  }

  /** When it is looked at again. */
  review(caseId: string, by: string, reviewAt: Date): Promise<void> {
    return this.change(caseId, by, 'review-set', async (_, { flag }, now) => {
      if (reviewAt <= now) throw invalidField('reviewAt', 'The review lies in the future.', 'in-the-past');
      return changed(mustBeTold(mustBeOpen(flag)), { reviewAt });
    });
  }

  /** From where nothing is agreed: one person closes it, with a date to look again if the two want one. */
  close(caseId: string, by: string, reviewAt: Date | null): Promise<void> {
    return this.change(caseId, by, 'close', async (tx, { flag }, now) => {
      if (reviewAt && reviewAt <= now) throw invalidField('reviewAt', 'The review lies in the future.', 'in-the-past');
      const closed = flag.state === 'supported' && flag.contactMadeAt ? step(flag, 'close', now, { reviewAt }) : null;
      if (!closed) throw new DomainError('case-moved-on');
      await this.w.write(tx, [flag.personId], now);
      return closed;
    });
  }

  /** For the sweep. Harmless when nothing is due. */
  async settle(caseId: string): Promise<void> {
    const held = await this.w.reads.case(caseId);
    if (!held) return;
    const due = dueOf(held, this.w.now);
    if (due.kind === 'nothing') return;
    if (due.kind === 'reopen') return this.reopen(held);
    await this.change(caseId, null, due.kind === 'review' ? 'review-due' : 'contact-missed', async (tx, { flag }, now) => {
      // What was due may have been done while the lock was waited for: then the next sweep sees what is due instead.
      const still = dueOf(flag, now);
      if (still.kind !== due.kind) return flag;
      const { askedOf, people } = await this.w.asked(tx, flag.personId, still.kind === 'contact-missed' ? still.ask : 'supervisor');
      await this.w.write(tx, people, now);
      if (still.kind !== 'contact-missed') return changed(flag, { remindedAt: now });
      return changed(flag, { askedOf, remindedAt: askedOf === 'supervisor-lead' ? now : flag.remindedAt });
    });
  }

  /** Lock, load, decide, write. `by` null: time did it. Throws `not-found`. */
  async change(caseId: string, by: string | null, act: string, decide: Decide): Promise<void> {
    const named = await this.w.reads.case(caseId);
    if (!named) throw new DomainError('not-found');
    await this.w.ground.db.withTx(async (tx) => {
      await this.w.doors.lockPerson(tx, named.personId);
      await this.decide(tx, caseId, by, act, decide);
    });
  }

  /** The same for who holds the person's lock. */
  async decide(tx: Tx, caseId: string, by: string | null, act: string, decide: Decide): Promise<void> {
    const whole = await this.w.reads.whole(caseId);
    if (!whole) throw new DomainError('not-found');
    const now = this.w.now;
    const next = await decide(tx, whole, now);
    if (next !== whole.flag) await this.keep(tx, next, by, act, now);
  }

  async mustHave(personId: string): Promise<FlagCase> {
    const held = await this.w.reads.openOf(personId);
    if (!held) throw new DomainError('not-found');
    return held;
  }

  private async open(tx: Tx, personId: string, origin: Origin, raisedBy: string | null): Promise<string> {
    await this.w.doors.lockPerson(tx, personId);
    if (await this.w.reads.openOf(personId)) throw new DomainError('case-open-already');
    const now = this.w.now;
    const contactHours = (await this.w.doors.contactHours(tx, personId, now)) ?? CONTACT_HOURS;
    const flag = opened({ id: this.w.ids.next(), personId, origin, raisedBy, contactHours, askedOf: (await this.w.asked(tx, personId, 'supervisor')).askedOf }, now);
    await this.keep(tx, flag, raisedBy, 'raise', now);
    await this.w.write(tx, [personId], now);
    return flag.id;
  }

  /** A review that was set when the case was closed: the peer reads of it a day before the supervisor does. */
  private async reopen(closed: FlagCase): Promise<void> {
    await this.w.ground.db.withTx(async (tx) => {
      await this.w.doors.lockPerson(tx, closed.personId);
      const now = this.w.now;
      await this.w.doors.putCase(tx, changed(closed, { reviewAt: null }));
      if (await this.w.reads.openOf(closed.personId)) return;
      await this.open(tx, closed.personId, 'scheduled-review', null);
      await this.w.write(tx, await this.w.askedPeople(tx, closed.personId, 'supervisor'), after(now, TOLD_AHEAD_MS));
    });
  }

  private async told(tx: Tx, flag: FlagCase, now: Date): Promise<FlagCase> {
    await this.w.write(tx, await this.w.askedPeople(tx, flag.personId, 'supervisor'), now);
    return changed(flag, { toldAt: now });
  }

  private async keep(tx: Tx, flag: FlagCase, by: string | null, act: string, now: Date): Promise<void> {
    await this.w.doors.putCase(tx, flag);
    await this.w.doors.addStep(tx, { id: this.w.ids.next(), caseId: flag.id, at: now, byPerson: by, act });
  }
}

export function mustBeOpen(flag: FlagCase): FlagCase {
  if (flag.state === 'closed') throw new DomainError('case-moved-on');
  return flag;
}

export function mustBeTold(flag: FlagCase): FlagCase {
  if (!flag.toldAt) throw new DomainError('tell-first');
  return flag;
}
