import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { assertNever, DomainError, invalidField } from '../platform/errors.js';
import type { WholeCase } from './case-reading.store.js';
import { owesWord, setByWhom } from './domain/agreement.js';
import { changed, contacted, dueOf, opened, lookedAtAgain, step, steppedBackAgain, told, type ContactAsked, type FlagCase, type Origin, type Timer } from './domain/flag-case.js';
import { asRaised, raisedBeside, raisersOf, remindedAgain } from './domain/second-raise.js';
import { SUPPORT_CODES } from './support-rules.js';
import { WellnessGround } from './wellness-ground.service.js';

/** Where no policy says how soon. */
const CONTACT_HOURS = 24;
/** How the case's own list names what time did. */
const STEP_OF = { untold: 'still-untold', 'contact-missed': 'contact-missed', 'appeal-missed': 'appeal-missed', 'word-missed': 'word-missed', review: 'review-due' } as const;

type Decide = (tx: Tx, whole: WholeCase, now: Date) => Promise<FlagCase>;

/** Relapse-policy flags as cases: opened, told, supported, reviewed, closed. Nothing of it is told to anybody but by letter. */
@Injectable()
export class CasesService {
  constructor(private readonly w: WellnessGround) {}

  /** For whoever owns the transaction of a step back, with the person's lock held. A case that is open goes on. */
  async openBySelf(tx: Tx, personId: string, now: Date): Promise<void> {
    const before = await this.w.reads.openOf(personId);
    const asked = await this.contactAsked(tx, personId, now);
    const flag = before ? steppedBackAgain(before, asked, now) : told(opened({ id: this.w.ids.next(), personId, origin: 'self', raisedBy: null }, now), asked, now);
    // Who said before this that it may end has not seen it.
    if (before) await this.w.doors.forgetApprovals(tx, before.id);
    await this.keep(tx, flag, personId, 'step-back', now);
    await this.w.write(tx, asked.people);
  }

  /**
   * By supervisor or deputy; the peer hears of it first, with the appeal on the same screen. Returns the id it goes by for whoever
   * raised it. A case that is not there for them tells them nothing of itself: theirs is laid over it (decision 0016). Throws
   * `not-found`, `case-open-already` for one they see.
   */
  async raise(readerId: string, personId: string): Promise<string> {
    return this.w.ground.db.withTx(async (tx) => {
      if (!(await this.w.readerAs(tx, readerId, personId))) throw new DomainError('not-found');
      await this.w.doors.lockPerson(tx, personId);
      const held = await this.w.reads.openOf(personId);
      if (!held) return this.open(tx, personId, 'supervisor', readerId);
      if (await this.w.isThereFor(tx, readerId, held)) throw new DomainError('case-open-already');
      const beside = raisedBeside(held, { id: this.w.ids.next(), raisedBy: readerId }, this.w.now);
      await this.w.doors.putSecondRaise(tx, beside);
      return beside.id;
    });
  }

  /** The peer has it before them. Harmless when they have seen it, or there is nothing to see. */
  async seen(personId: string): Promise<void> {
    const held = await this.w.reads.openOf(personId);
    if (held && !held.toldAt) await this.change(held.id, personId, 'told', (tx, { flag }, now) => this.told(tx, flag, now));
  }

  /** Whoever may tell them has done so in person. */
  tell(caseId: string, by: string): Promise<void> {
    return this.change(caseId, by, 'told', (tx, { flag }, now) => this.told(tx, flag, now));
  }

  /** The peer knows: the hours for a supportive contact begin. Harmless when they knew. */
  async told(tx: Tx, flag: FlagCase, now: Date): Promise<FlagCase> {
    if (flag.toldAt) return flag;
    const asked = await this.contactAsked(tx, flag.personId, now);
    await this.w.write(tx, asked.people);
    return told(flag, asked, now);
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
        await this.w.doors.putSupport(tx, { caseId: flag.id, code, offeredBy: by, offeredAt: now, answer: null, answeredAt: null });
      }
      await this.w.writePeer(tx, flag.personId);
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

  /** By a lead it has come to, having talked with those concerned: as when no date is set. Throws `case-moved-on` for what was looked at meanwhile. */
  lookedAt(caseId: string, by: string): Promise<void> {
    return this.change(caseId, by, 'review-set', async (_, { flag }, now) => {
      if (!flag.reviewAt || flag.reviewAt > now) throw new DomainError('case-moved-on');
      return lookedAtAgain(mustBeTold(mustBeOpen(flag)), now);
    });
  }

  /** From where nothing is agreed: one person closes it, with a date to look again if the two want one. */
  close(caseId: string, by: string, reviewAt: Date | null): Promise<void> {
    return this.change(caseId, by, 'close', async (tx, { flag }, now) => {
      if (reviewAt && reviewAt <= now) throw invalidField('reviewAt', 'The review lies in the future.', 'in-the-past');
      const closed = flag.state === 'supported' && flag.contactMadeAt ? step(flag, 'close', now, { reviewAt }) : null;
      if (!closed) throw new DomainError('case-moved-on');
      await this.w.writePeer(tx, flag.personId);
      return closed;
    });
  }

  /** For the sweep, with the id of a case or of a concern raised beside one. Harmless when nothing is due. */
  async settle(id: string): Promise<void> {
    const held = await this.w.reads.case(id);
    if (!held) return;
    if (held.id !== id) return this.remindRaiser(held.personId, id);
    const due = dueOf(held, this.w.now);
    if (due.kind === 'nothing') return;
    if (due.kind === 'reopen') return this.reopen(held);
    await this.change(id, null, STEP_OF[due.kind], async (tx, whole, now) => {
      // What was due may have been done while the lock was waited for: then the next sweep sees what is due instead.
      const still = dueOf(whole.flag, now);
      return still.kind === due.kind ? this.reminded(tx, whole, still, now) : whole.flag;
    });
  }

  private async reminded(tx: Tx, { flag, agreements, approvals, raises }: WholeCase, due: Timer, now: Date): Promise<FlagCase> {
    switch (due.kind) {
      case 'nothing':
      case 'reopen':
        return flag;
      case 'untold': {
        const tellers = await this.w.tellers(tx, flag, raises.map(({ raisedBy }) => raisedBy));
        await this.w.write(tx, tellers.people);
        if (!tellers.here) await this.w.writePeer(tx, flag.personId);
        return changed(flag, { remindedAt: now });
      }
      case 'contact-missed': {
        const { askedOf, people } = await this.w.asked(tx, flag.personId, due.ask);
        await this.w.write(tx, people);
        return changed(flag, { askedOf, remindedAt: askedOf === 'supervisor-lead' ? now : flag.remindedAt });
      }
      case 'appeal-missed': {
        const setBy = setByWhom(raisersOf(flag, raises), agreements);
        const leads = (await this.w.leadsFor(tx, flag.personId)).filter((id) => !setBy.includes(id));
        await this.w.write(tx, [...new Set([...leads, ...(await this.w.hearers(tx, flag.personId, setBy)).people])]);
        return changed(flag, { appealAskedOf: 'supervisor-lead', appealAskedAt: now });
      }
      case 'word-missed': {
        const owed = owesWord(approvals, await this.w.readersOf(tx, flag.personId));
        await this.w.write(tx, [...new Set([...(await this.w.leadsFor(tx, flag.personId)), ...owed])]);
        return changed(flag, { wordAskedAt: now });
      }
      case 'review':
        await this.w.write(tx, (await this.w.asked(tx, flag.personId, 'supervisor')).people);
        return changed(flag, { remindedAt: now });
      default:
        return assertNever(due);
    }
  }

  /** Lock, load, decide, write, by any id the case goes by. `by` null: time did it. Throws `not-found`. */
  async change(caseId: string, by: string | null, act: string, decide: Decide): Promise<void> {
    const named = await this.w.reads.case(caseId);
    if (!named) throw new DomainError('not-found');
    await this.w.ground.db.withTx(async (tx) => {
      await this.w.doors.lockPerson(tx, named.personId);
      await this.decide(tx, named.id, by, act, decide);
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

  /** For who holds the person's lock and knows that nothing is open. */
  private async open(tx: Tx, personId: string, origin: Origin, raisedBy: string | null): Promise<string> {
    const now = this.w.now;
    const flag = opened({ id: this.w.ids.next(), personId, origin, raisedBy }, now);
    await this.keep(tx, flag, raisedBy, 'raise', now);
    await this.w.writePeer(tx, personId);
    return flag.id;
  }

  /** A review that was set when the case was closed: the peer has a day to read of it before whoever is to tell them is reminded. */
  private async reopen(closed: FlagCase): Promise<void> {
    await this.w.ground.db.withTx(async (tx) => {
      await this.w.doors.lockPerson(tx, closed.personId);
      await this.w.doors.putCase(tx, changed(closed, { reviewAt: null }));
      if (!(await this.w.reads.openOf(closed.personId))) await this.open(tx, closed.personId, 'scheduled-review', null);
    });
  }

  /** Whoever raised a concern beside a case hears at their own hours that the peer has not heard, as of a case they opened. */
  private async remindRaiser(personId: string, raiseId: string): Promise<void> {
    await this.w.ground.db.withTx(async (tx) => {
      await this.w.doors.lockPerson(tx, personId);
      const whole = await this.w.reads.whole(raiseId);
      const raise = whole?.raises.find(({ id }) => id === raiseId);
      if (!whole || !raise || whole.flag.toldAt || raise.nextDueAt > this.w.now) return;
      const { people } = await this.w.tellers(tx, asRaised(whole.flag, raise));
      await this.w.write(tx, people.filter((id) => id === raise.raisedBy));
      await this.w.doors.putSecondRaise(tx, remindedAgain(raise, this.w.now));
    });
  }

  private async contactAsked(tx: Tx, personId: string, now: Date): Promise<ContactAsked & { readonly people: readonly string[] }> {
    const { askedOf, people } = await this.w.asked(tx, personId, 'supervisor');
    return { askedOf, people, contactHours: (await this.w.doors.contactHours(tx, personId, now)) ?? CONTACT_HOURS };
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
