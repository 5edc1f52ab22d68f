import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { LimitTerms } from '../peers/domain/limits.js';
import { LimitsService } from '../peers/limits.service.js';
import type { Tx } from '../platform/database/tx.js';
import { assertNever, DomainError } from '../platform/errors.js';
import { after, HOUR_MS } from '../platform/time.js';
import type { WholeCase } from './case-reading.store.js';
import { CasesService, mustBeOpen, mustBeTold } from './cases.service.js';
import { exitStep, inEffect, keptOwn, ownAgain, proposed, stepsLeft, type Agreement, type AgreementKind, type ExitApproval } from './domain/agreement.js';
import { changed, firstWord, grantOf, moved, NO_WORD_WAITS, step, type CaseAct, type FlagCase } from './domain/flag-case.js';
import { WellnessGround } from './wellness-ground.service.js';

const DAY_MS = 24 * HOUR_MS;

/** How somebody comes to be away and back. Held by who may see shifts and requests; it runs `also` in the same transaction. */
interface LeaveDoor {
  begin(personId: string, also: (tx: Tx, awayId: string) => Promise<void>): Promise<void>;
  /** Ends that away, and no other. */
  end(tx: Tx, personId: string, awayId: string | null): Promise<void>;
}

export interface ProposedStep {
  /** Null: time off. */
  readonly terms: LimitTerms | null;
  readonly days: number;
}

/** The peer's word, and the away that begins with it where it is time off. */
interface Answered {
  readonly agreementId: string;
  readonly answer: 'agreed' | 'declined';
  readonly awayId: string | null;
}

/** What supervisor and peer agree on. Outside these walls it is the row of limits or of an away that anybody may have. */
@Injectable()
export class AgreementsService implements OnModuleInit {
  private leave: LeaveDoor | null = null;

  constructor(
    private readonly w: WellnessGround,
    private readonly cases: CasesService,
    private readonly limits: LimitsService,
  ) {}

  onModuleInit(): void {
    this.limits.keepWithin(async (personId) => (await this.w.reads.agreedOf(personId))?.terms ?? null);
  }

  useLeaveDoor(door: LeaveDoor): void {
    this.leave = door;
  }

  /** Whether an away of theirs is agreed, and so not theirs alone to end. */
  async leaveStands(personId: string): Promise<boolean> {
    return (await this.w.reads.agreedOf(personId))?.kind === 'leave';
  }

  /** Nothing holds before the peer has agreed. What waited for an answer is taken back. Throws `tell-first`, `case-moved-on`. */
  propose(caseId: string, by: string, kind: AgreementKind, steps: readonly ProposedStep[]): Promise<void> {
    return this.cases.change(caseId, by, `propose-${kind}`, async (tx, whole, now) => {
      const { flag } = whole;
      mustBeTold(mustBeOpen(flag));
      if (!moved(flag.state, ACT_OF[kind])) throw new DomainError('case-moved-on');
      for (const old of [...proposed(whole.agreements), ...(kind === 'return' ? stepsLeft(whole.agreements) : [])]) await this.w.doors.putAgreement(tx, { ...old, endedAt: now });
      for (const [at, { terms, days }] of steps.entries()) {
        await this.w.doors.putAgreement(tx, { ...nothingYet, id: this.w.ids.next(), caseId: flag.id, personId: flag.personId, kind, position: at + 1, terms, days, setBy: by, setAt: now });
      }
      await this.w.doors.forgetApprovals(tx, flag.id);
      await this.w.writePeer(tx, flag.personId);
      return changed(flag, NO_WORD_WAITS);
    });
  }

  /** Whether it is part of what they hold with their supervisor. */
  async isOf(personId: string, agreementId: string): Promise<boolean> {
    const held = await this.w.reads.openOf(personId);
    return held !== null && ((await this.w.reads.whole(held.id))?.agreements ?? []).some(({ id }) => id === agreementId);
  }

  /** The peer's word. Declining has no consequence. Throws `not-found` when nothing waits for it. */
  async answer(personId: string, agreementId: string, answer: 'agreed' | 'declined'): Promise<void> {
    const held = await this.cases.mustHave(personId);
    const waiting = proposed((await this.w.reads.whole(held.id))?.agreements ?? []).find(({ id }) => id === agreementId);
    if (!waiting) throw new DomainError('not-found');
    const decide = (tx: Tx, awayId: string | null): Promise<void> =>
      this.cases.decide(tx, held.id, personId, answer, (_, whole, now) => this.answered(tx, whole, { agreementId, answer, awayId }, now));
    if (answer === 'agreed' && waiting.kind === 'leave') await this.leaveDoor().begin(personId, decide);
    else {
      await this.w.ground.db.withTx(async (tx) => {
        await this.w.doors.lockPerson(tx, personId);
        await decide(tx, null);
      });
    }
  }

  /** The first to approve is remembered, the second carries it out. Throws `case-moved-on` where nothing is to be left, or no return is agreed. */
  approveExit(caseId: string, by: string, target: ExitApproval['target']): Promise<void> {
    return this.cases.change(caseId, by, `approve-${target}`, (tx, whole, now) => this.approved(tx, whole, by, target, now));
  }

  /** What it means that an appeal was granted: what was set ends where one person may end it; else it is the word of one of two. */
  async granted(tx: Tx, whole: WholeCase, by: string, now: Date): Promise<FlagCase> {
    const { flag } = whole;
    const grant = grantOf(flag);
    switch (grant) {
      case 'dismiss':
        return must(step(flag, 'dismiss', now, { reviewAt: null }));
      case 'approve-exit':
        return this.approved(tx, whole, by, 'closed', now);
      case 'first-word':
        return this.firstToApprove(tx, flag, by, 'closed', now);
      case 'step-over':
        return this.stepOver(tx, whole, by, now);
      case 'contact-first':
        return flag;
      case null:
        throw new DomainError('case-moved-on');
      default:
        return assertNever(grant);
    }
  }

  /** The same for who decides about the case already. Only the word of somebody who stands behind the peer today counts. */
  async approved(tx: Tx, whole: WholeCase, by: string, target: ExitApproval['target'], now: Date): Promise<FlagCase> {
    const { flag, agreements } = whole;
    const next = exitStep(flag, await this.approvalsThatCount(tx, whole), { byPerson: by, target }, stepsLeft(agreements).length > 0);
    if (!next) throw new DomainError('case-moved-on');
    if (next === 'first-word') return this.firstToApprove(tx, flag, by, target, now);
    await this.w.doors.forgetApprovals(tx, flag.id);
    await this.lift(tx, whole, now);
    await this.w.writePeer(tx, flag.personId);
    if (target === 'closed') return must(step(flag, 'close', now, { reviewAt: null }));
    return must(step(flag, 'return', now, { reviewAt: await this.begin(tx, stepsLeft(agreements)[0], now), remindedAt: null }));
  }

  /** One step of the return went well; after the last one the case is closed. Throws `not-due-yet`, `case-moved-on`. */
  signOff(caseId: string, by: string): Promise<void> {
    return this.cases.change(caseId, by, 'sign-off', async (tx, whole, now) => {
      const current = whole.flag.state === 'returning' ? inEffect(whole.agreements) : null;
      if (!current) throw new DomainError('case-moved-on');
      if (current.dueAt && current.dueAt > now) throw new DomainError('not-due-yet');
      return this.stepOver(tx, whole, by, now);
    });
  }

  private async firstToApprove(tx: Tx, flag: FlagCase, by: string, target: ExitApproval['target'], now: Date): Promise<FlagCase> {
    await this.w.doors.putApproval(tx, flag.id, { byPerson: by, target, at: now });
    await this.w.write(tx, await this.others(tx, flag.personId, by));
    return firstWord(flag, now);
  }

  /** Of who stands behind the peer today, and of the lead who granted their appeal. */
  private async approvalsThatCount(tx: Tx, { flag, approvals }: WholeCase): Promise<ExitApproval[]> {
    const counting: ExitApproval[] = [];
    for (const given of approvals) {
      const granted = flag.appealOutcome === 'granted' && flag.appealHeardBy === given.byPerson;
      if (granted || (await this.w.readerAs(tx, given.byPerson, flag.personId))) counting.push(given);
    }
    return counting;
  }

  private async stepOver(tx: Tx, whole: WholeCase, by: string, now: Date): Promise<FlagCase> {
    await this.lift(tx, whole, now, by);
    await this.w.writePeer(tx, whole.flag.personId);
    const [next] = stepsLeft(whole.agreements);
    if (!next) return must(step(whole.flag, 'finish', now, { reviewAt: null }));
    return changed(whole.flag, { reviewAt: await this.begin(tx, next, now), remindedAt: null });
  }

  private async answered(tx: Tx, whole: WholeCase, { agreementId, answer, awayId }: Answered, now: Date): Promise<FlagCase> {
    const waiting = proposed(whole.agreements);
    const [first] = waiting;
    if (!first || !waiting.some(({ id }) => id === agreementId)) throw new DomainError('not-found');
    const { flag } = whole;
    const given = { answer, answeredAt: now };
    await this.w.write(tx, await this.w.askedPeople(tx, flag.personId, 'supervisor'));
    if (answer === 'declined' || first.kind === 'return') {
      for (const each of waiting) await this.w.doors.putAgreement(tx, { ...each, ...given, endedAt: answer === 'declined' ? now : null });
      return changed(flag, {});
    }
    // Whoever said that it may end meant what held until now.
    await this.w.doors.forgetApprovals(tx, flag.id);
    await this.lift(tx, whole, now);
    const reviewAt = await this.begin(tx, { ...first, ...given, awayId }, now);
    return must(step(flag, ACT_OF[first.kind], now, { reviewAt, remindedAt: null }));
  }

  /** What held until now ends; somebody on leave is here again, unless they set another away for themself: since, or before and not over yet. */
  private async lift(tx: Tx, { flag, agreements }: WholeCase, now: Date, signedOffBy: string | null = null): Promise<void> {
    const current = inEffect(agreements);
    if (!current) return;
    await this.w.doors.putAgreement(tx, { ...current, endedAt: now, ...(signedOffBy ? { signedOffBy, signedOffAt: now } : {}) });
    if (current.terms) await this.limits.endAgreed(tx, flag.personId, current.terms, ownAgain(current.ownLimits), now);
    else await this.leaveDoor().end(tx, flag.personId, current.awayId);
  }

  /** Returns when it is looked at again. A leave's away is the leave door's own doing. */
  private async begin(tx: Tx, next: Agreement | undefined, now: Date): Promise<Date> {
    if (!next) throw new DomainError('case-moved-on');
    const dueAt = after(now, next.days * DAY_MS);
    const own = next.terms ? await this.limits.agree(tx, next.personId, next.terms, now) : null;
    await this.w.doors.putAgreement(tx, { ...next, beganAt: now, dueAt, ownLimits: keptOwn(own) });
    return dueAt;
  }

  private async others(tx: Tx, personId: string, by: string): Promise<string[]> {
    const both = [...(await this.w.askedPeople(tx, personId, 'supervisor')), ...(await this.w.askedPeople(tx, personId, 'deputy'))];
    return [...new Set(both)].filter((each) => each !== by);
  }

  private leaveDoor(): LeaveDoor {
    if (!this.leave) throw new Error('nobody said how a leave begins');
    return this.leave;
  }
}

const ACT_OF: Readonly<Record<AgreementKind, CaseAct>> = { limits: 'restrict', leave: 'grant-leave', return: 'return' };
const nothingYet = { answer: null, answeredAt: null, beganAt: null, dueAt: null, signedOffBy: null, signedOffAt: null, endedAt: null, ownLimits: null, awayId: null } as const;

function must(next: FlagCase | null): FlagCase {
  if (!next) throw new DomainError('case-moved-on');
  return next;
}
