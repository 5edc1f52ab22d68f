import { Injectable } from '@nestjs/common';
import { AccountResetsService, type AccountReset } from '../access/account-resets.service.js';
import type { LimitTerms } from '../peers/domain/limits.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { RelationsService } from '../supervision/relations.service.js';
import type { Look, Support, WholeCase } from './case-reading.store.js';
import type { AgreementView, CaseSummaryView, CaseView, LookView, MyMarksView, MyWellnessView, OverdueAppealView, OverdueContactView, OverdueReviewView, OverdueWordView, SupportView, TermsView, WaitingView } from './contract.js';
import { owesWord, setByWhom, type Agreement } from './domain/agreement.js';
import type { FlagCase } from './domain/flag-case.js';
import type { ReaderAs } from './domain/reach.js';
import { asSeenBy, raisersOf, stepsSeenBy } from './domain/second-raise.js';
import { SUPPORTS } from './support-rules.js';
import { WellnessGround } from './wellness-ground.service.js';
import { WellnessNotes, type Note } from './wellness-notes.service.js';

type Names = ReadonlyMap<string, string>;

/** What each of the few who may look sees. Each look is written down first, for the one who is looked at. */
@Injectable()
export class CaseViews {
  constructor(
    private readonly w: WellnessGround,
    private readonly notes: WellnessNotes,
    private readonly relations: RelationsService,
    private readonly resets: AccountResetsService,
  ) {}

  /** The reader's standing towards the case that goes by this id for them; null when it is not there for them. */
  async asWhom(readerId: string, caseId: string): Promise<ReaderAs | null> {
    const flag = await this.w.named(readerId, caseId);
    return flag && this.w.ground.db.read((tx) => this.w.readerOf(tx, readerId, flag));
  }

  async list(readerId: string): Promise<CaseSummaryView[]> {
    const people = await this.w.ground.db.read((tx) => this.w.peersOf(tx, readerId));
    const found = await this.w.seenBy(readerId, await this.w.reads.ofPeople(people));
    const seen: CaseSummaryView[] = [];
    for (const flag of found.toSorted(openFirst)) {
      const [as, names] = await this.w.ground.db.read(async (tx) => [await this.w.readerOf(tx, readerId, flag), await this.namesOf(tx, [flag.personId])] as const);
      if (as) seen.push(summary(flag, as, names));
    }
    for (const { personId, as } of seen) await this.w.looked(personId, readerId, as, 'list');
    await this.w.opens(readerId, 'cases');
    return seen;
  }

  /** Throws `not-found`. */
  async case(readerId: string, caseId: string): Promise<CaseView> {
    const [as, whole] = [await this.asWhom(readerId, caseId), await this.w.reads.whole(caseId)];
    if (!as || !whole) throw new DomainError('not-found');
    await this.w.looked(whole.flag.personId, readerId, as, 'case');
    const { raises } = whole;
    const flag = asSeenBy(readerId, whole.flag, raises);
    const steps = stepsSeenBy({ id: readerId, as }, whole.flag, raises, await this.w.reads.steps(whole.flag.id));
    const shared = await this.notes.of(flag.personId, ['shared']);
    const names = await this.w.ground.db.read((tx) => this.namesOf(tx, [flag.personId, ...peopleIn(whole), ...steps.map(({ byPerson }) => byPerson)]));
    return {
      ...summary(flag, as, names), appealOutcome: flag.appealOutcome, appealIsForAnother: setByWhom(raisersOf(whole.flag, raises), whole.agreements).includes(readerId),
      supports: whole.supports.map(supportView), supportsThereAre: SUPPORTS.map((each) => ({ ...each })), agreements: whole.agreements.map((each) => agreementView(each, names, readerId)),
      approvals: whole.approvals.map(({ byPerson, target, at }) => ({ by: nameOf(names, byPerson), byMe: byPerson === readerId, to: target, at: at.toISOString() })),
      shared: shared.map(noteView), steps: steps.map(({ at, byPerson, act }) => ({ at: at.toISOString(), by: byPerson && nameOf(names, byPerson), act })),
    };
  }

  /** For a lead: that somebody waits for a contact, and who was to make it. Nothing else of the case. */
  async overdue(leadId: string): Promise<OverdueContactView[]> {
    const theirs: FlagCase[] = [];
    for (const flag of await this.w.seenBy(leadId, await this.w.reads.overdue())) if (await this.isLeadFor(leadId, flag.personId)) theirs.push(flag);
    for (const { personId } of theirs) await this.w.looked(personId, leadId, 'supervisor-lead', 'overdue');
    await this.w.opens(leadId, 'cases');
    return Promise.all(theirs.map(async (flag) => ({ ...(await this.behind(flag)), contactDueAt: flag.contactDueAt?.toISOString() ?? '' })));
  }

  /** For a lead who may hear it: that an appeal waits, and who stands behind the peer. Nothing else of the case. */
  async appeals(leadId: string): Promise<OverdueAppealView[]> {
    const theirs: FlagCase[] = [];
    for (const flag of await this.w.seenBy(leadId, await this.w.reads.appealsOfLeads())) if (await this.mayHearAsLead(leadId, flag)) theirs.push(flag);
    for (const { personId } of theirs) await this.w.looked(personId, leadId, 'supervisor-lead', 'appeal');
    await this.w.opens(leadId, 'cases');
    return Promise.all(theirs.map(async (flag) => ({ ...(await this.behind(flag)), appealDueAt: flag.appealDueAt?.toISOString() ?? '' })));
  }

  /** For a lead who does not read the case: that the word of a second person is missing, and who the two are. Nothing else of the case. */
  async words(leadId: string): Promise<OverdueWordView[]> {
    const theirs: FlagCase[] = [];
    for (const flag of await this.w.seenBy(leadId, await this.w.reads.wordsOfLeads())) if ((await this.isLeadFor(leadId, flag.personId)) && (await this.asWhom(leadId, flag.id)) === null) theirs.push(flag);
    for (const { personId } of theirs) await this.w.looked(personId, leadId, 'supervisor-lead', 'word');
    await this.w.opens(leadId, 'cases');
    return Promise.all(theirs.map(async (flag) => ({ ...(await this.behind(flag)), wordDueAt: flag.wordDueAt?.toISOString() ?? '' })));
  }

  /** For a lead it has come to, while neither of the two is there: that somebody's case is to be looked at again. Nothing else of it. */
  async reviews(leadId: string): Promise<OverdueReviewView[]> {
    const theirs: FlagCase[] = [];
    for (const flag of await this.w.seenBy(leadId, await this.w.reads.reviewsDue(this.w.now))) if (await this.mayLookAgain(leadId, flag)) theirs.push(flag);
    for (const { personId } of theirs) await this.w.looked(personId, leadId, 'supervisor-lead', 'review');
    await this.w.opens(leadId, 'cases');
    return Promise.all(theirs.map(async (flag) => ({ ...(await this.behind(flag)), reviewAt: flag.reviewAt?.toISOString() ?? '' })));
  }

  async isReviewFor(leadId: string, caseId: string): Promise<boolean> {
    const flag = await this.w.named(leadId, caseId);
    return flag !== null && flag.state !== 'closed' && flag.toldAt !== null && flag.reviewAt !== null && flag.reviewAt <= this.w.now && this.mayLookAgain(leadId, flag);
  }

  async isAppealFor(leadId: string, caseId: string): Promise<boolean> {
    const flag = await this.w.named(leadId, caseId);
    return flag !== null && flag.appealAskedOf === 'supervisor-lead' && this.mayHearAsLead(leadId, flag);
  }

  async isOverdueFor(leadId: string, caseId: string): Promise<boolean> {
    const flag = await this.w.named(leadId, caseId);
    return flag !== null && flag.state !== 'closed' && flag.askedOf === 'supervisor-lead' && flag.toldAt !== null && flag.contactMadeAt === null && this.isLeadFor(leadId, flag.personId);
  }

  /** The peer's own: everything but other people's notes, of which there are none. */
  async mine(personId: string): Promise<MyWellnessView> {
    await this.w.opens(personId, 'own');
    const flag = await this.w.reads.openOf(personId);
    const whole = flag && (await this.w.reads.whole(flag.id));
    const [notes, looks] = [await this.notes.of(personId, ['own', 'shared']), await this.w.reads.looks(personId)];
    return this.w.ground.db.read(async (tx) => {
      const { supervisorId, deputyId } = await this.relations.supervisorsOf(tx, personId, this.w.now);
      const names = await this.namesOf(tx, [supervisorId, deputyId, ...looks.map(({ readerId }) => readerId), ...(whole ? peopleIn(whole) : [])]);
      return {
        case: whole && myCase(whole, names, personId, await this.somebodyIs(tx, whole)), supervisor: supervisorId && nameOf(names, supervisorId), deputy: deputyId && nameOf(names, deputyId),
        notes: notes.map(noteView), looks: newestFirst([...looks.map((look) => lookView(look, names)), ...(await this.resets.ofPerson(tx, personId)).map(resetView)]),
      };
    });
  }

  /** Whether a letter waits for them behind the door of the cases. */
  async waiting(readerId: string): Promise<WaitingView> {
    return { waiting: await this.w.reads.letterWaits(readerId, 'cases') };
  }

  /** What the peer's own pages show without opening the door: that a message waits, and what of their limits or time off is agreed. */
  async marks(personId: string): Promise<MyMarksView> {
    const agreed = await this.w.reads.agreedOf(personId);
    return { waiting: await this.w.reads.letterWaits(personId, 'own'), agreedLimits: agreed?.terms ? termsView(agreed.terms) : null, lookedAtAgain: agreed?.dueAt?.toISOString() ?? null, agreedLeave: agreed?.kind === 'leave' };
  }

  /** Not what they set themself. Whoever reads the case hears it there. */
  private async mayHearAsLead(leadId: string, flag: FlagCase): Promise<boolean> {
    const whole = await this.w.reads.whole(flag.id);
    if (!whole || setByWhom(raisersOf(whole.flag, whole.raises), whole.agreements).includes(leadId) || !(await this.isLeadFor(leadId, flag.personId))) return false;
    return (await this.asWhom(leadId, flag.id)) === null;
  }

  /** Whoever reads the case sees it there. */
  private async mayLookAgain(leadId: string, { id, personId }: FlagCase): Promise<boolean> {
    const asked = await this.w.ground.db.read((tx) => this.w.asked(tx, personId, 'supervisor'));
    return asked.askedOf === 'supervisor-lead' && (await this.isLeadFor(leadId, personId)) && (await this.asWhom(leadId, id)) === null;
  }

  private async somebodyIs(tx: Tx, { flag, agreements, approvals, raises }: WholeCase): Promise<SomebodyIs> {
    const inTouch = (await this.w.asked(tx, flag.personId, 'supervisor')).here;
    const second = owesWord(approvals, await this.w.readersOf(tx, flag.personId)).length > 0;
    return { inTouch, second, hearing: (await this.w.hearers(tx, flag.personId, setByWhom(raisersOf(flag, raises), agreements))).people.length > 0 };
  }

  private behind({ id, personId }: FlagCase): Promise<Pick<OverdueContactView, 'id' | 'name' | 'supervisor' | 'deputy'>> {
    return this.w.ground.db.read(async (tx) => {
      const { supervisorId, deputyId } = await this.relations.supervisorsOf(tx, personId, this.w.now);
      const names = await this.namesOf(tx, [personId, supervisorId, deputyId]);
      return { id, name: nameOf(names, personId), supervisor: supervisorId && nameOf(names, supervisorId), deputy: deputyId && nameOf(names, deputyId) };
    });
  }

  private async isLeadFor(leadId: string, personId: string): Promise<boolean> {
    return (await this.w.ground.db.read((tx) => this.w.leadsFor(tx, personId))).includes(leadId);
  }

  private namesOf(tx: Tx, ids: readonly (string | null)[]): Promise<Names> {
    return this.w.doors.namesOf(tx, [...new Set(ids.filter((id) => id !== null))]);
  }
}

/** Then newest first: by when each was opened for this reader. */
function openFirst(a: FlagCase, b: FlagCase): number {
  return Number(a.state === 'closed') - Number(b.state === 'closed') || b.openedAt.getTime() - a.openedAt.getTime() || a.id.localeCompare(b.id);
}

function peopleIn({ agreements, approvals }: WholeCase): (string | null)[] {
  return [...agreements.flatMap(({ setBy, signedOffBy }) => [setBy, signedOffBy]), ...approvals.map(({ byPerson }) => byPerson)];
}

function nameOf(names: Names, id: string): string {
  return names.get(id) ?? '';
}

function summary(flag: FlagCase, as: ReaderAs, names: Names): CaseSummaryView {
  return {
    id: flag.id, personId: flag.personId, name: nameOf(names, flag.personId), as, state: flag.state, origin: flag.origin, openedAt: flag.openedAt.toISOString(),
    toldAt: flag.toldAt?.toISOString() ?? null, contactDueAt: flag.contactDueAt?.toISOString() ?? null, contactMadeAt: flag.contactMadeAt?.toISOString() ?? null,
    reviewAt: flag.reviewAt?.toISOString() ?? null, appealDueAt: flag.appealDueAt?.toISOString() ?? null, wordDueAt: flag.wordDueAt?.toISOString() ?? null, closedAt: flag.closedAt?.toISOString() ?? null,
  };
}

function myCase(whole: WholeCase, names: Names, personId: string, is: SomebodyIs): MyWellnessView['case'] {
  const { flag, raises } = whole;
  return {
    // Somebody who raises something is not kept from the peer by a review that was due anyway.
    id: flag.id, state: flag.state, origin: raises.length > 0 ? 'supervisor' : flag.origin, openedAt: flag.openedAt.toISOString(), toldAt: flag.toldAt?.toISOString() ?? null,
    contactDueAt: (is.inTouch && flag.contactDueAt?.toISOString()) || null, contactMadeAt: flag.contactMadeAt?.toISOString() ?? null, reviewAt: flag.reviewAt?.toISOString() ?? null,
    appealedAt: flag.appealedAt?.toISOString() ?? null, appealDueAt: (is.hearing && flag.appealDueAt?.toISOString()) || null, appealOutcome: flag.appealOutcome, wordDueAt: (is.second && flag.wordDueAt?.toISOString()) || null,
    supports: whole.supports.map(supportView), agreements: whole.agreements.map((each) => agreementView(each, names, personId)),
  };
}

/** Whether there is anybody to keep what is promised. */
interface SomebodyIs {
  readonly inTouch: boolean;
  readonly hearing: boolean;
  /** Of the two it takes, the one who has not said so. */
  readonly second: boolean;
}

function supportView({ code, answer }: Support): SupportView {
  return { code, label: SUPPORTS.find((each) => each.code === code)?.label ?? { en: code, es: code }, answer };
}

function agreementView(agreement: Agreement, names: Names, readerId: string): AgreementView {
  const { id, kind, position, terms, days, setBy, setAt, beganAt, dueAt, signedOffBy } = agreement;
  return {
    id, kind, position, standing: standingOf(agreement), terms: terms && termsView(terms), days, setBy: nameOf(names, setBy), setByMe: setBy === readerId, setAt: setAt.toISOString(),
    beganAt: beganAt?.toISOString() ?? null, dueAt: dueAt?.toISOString() ?? null, signedOffBy: signedOffBy && nameOf(names, signedOffBy),
  };
}

function standingOf({ answer, beganAt, endedAt }: Agreement): AgreementView['standing'] {
  if (answer === 'declined') return 'declined';
  if (endedAt) return 'over';
  if (beganAt) return 'in-effect';
  return answer === 'agreed' ? 'agreed' : 'proposed';
}

function termsView({ contactKinds, maxAcuity, buddyOnly, noNights, hoursAWeek }: LimitTerms): TermsView {
  return { contactKinds: contactKinds && [...contactKinds], maxAcuity, buddyOnly, noNights, hoursAWeek };
}

/** Whoever reset how the peer signs in could have come in as them, and stands among those who looked. */
function resetView({ what, by, at }: AccountReset): LookView {
  return { name: by ?? '', as: by === null ? 'server' : 'admin', what: `${what}-reset`, at: at.toISOString() };
}

function lookView({ readerId, readerAs, what, at }: Look, names: Names): LookView {
  return { name: nameOf(names, readerId), as: readerAs, what, at: at.toISOString() };
}

function newestFirst(looks: readonly LookView[]): LookView[] {
  return looks.toSorted((a, b) => b.at.localeCompare(a.at));
}

function noteView({ id, kind, at, text }: Note) {
  return { id, kind, at: at.toISOString(), text: text.open() };
}
