import { Injectable, type OnModuleInit } from '@nestjs/common';
import { opensAt } from '../access/account-resets.service.js';
import { NotifyService } from '../notify/notify.service.js';
import type { Tx } from '../platform/database/tx.js';
import { Ground } from '../platform/ground.js';
import { Ids } from '../platform/ids.js';
import { after, HOUR_MS } from '../platform/time.js';
import { RelationsService } from '../supervision/relations.service.js';
import { CaseDoorsStore } from './case-doors.store.js';
import { CaseReadingStore, type WaitsOn } from './case-reading.store.js';
import type { FlagCase } from './domain/flag-case.js';
import { asSeenBy } from './domain/second-raise.js';
import { appealHearers, askedFrom, mayKnow, readerAs, type AppealHearers, type Asked, type OnRung, type ReaderAs, type Rung, type Standing } from './domain/reach.js';

/** Ids of what lies behind the walls. Their own source: what is done here moves no number anywhere else. */
@Injectable()
export class WellnessIds extends Ids {}

interface Tellers {
  readonly people: readonly string[];
  readonly here: boolean;
}

const LETTER_HOLDS_MS = 24 * HOUR_MS;

/** The doors behind the walls, in one parcel. */
@Injectable()
export class WellnessGround implements OnModuleInit {
  constructor(
    readonly ground: Ground,
    readonly ids: WellnessIds,
    readonly doors: CaseDoorsStore,
    readonly reads: CaseReadingStore,
    private readonly relations: RelationsService,
    private readonly notify: NotifyService,
  ) {}

  onModuleInit(): void {
    this.relations.useSuccessionDoor({
      appointed: (tx, { supervisorId, personId, effectiveAt }) => this.writeSuccessor(tx, supervisorId, personId, effectiveAt),
      began: (tx, { supervisorId, personId }) => this.doors.bringLettersForward(tx, { toPerson: supervisorId, aboutPerson: personId }, this.now),
    });
  }

  get now(): Date {
    return this.ground.clock.now();
  }

  /** As whom they may look at this person's case; null: not at all. */
  async readerAs(tx: Tx, readerId: string, personId: string): Promise<ReaderAs | null> {
    const now = this.now;
    const standing = await this.relations.supervisorsOf(tx, personId, now);
    return readerAs(readerId, personId, standing, await this.relations.isSupervisorOf(tx, personId, readerId, now));
  }

  /** The same for this case: before the peer was told it is not there for everybody who may look later. */
  async readerOf(tx: Tx, readerId: string, flag: FlagCase): Promise<ReaderAs | null> {
    const as = await this.readerAs(tx, readerId, flag.personId);
    return as && mayKnow(readerId, as, flag, await this.serving(tx, flag.personId)) ? as : null;
  }

  /** Whether they see that there is this case, as their own or not. */
  async isThereFor(tx: Tx, readerId: string, flag: FlagCase): Promise<boolean> {
    const [seen] = await this.seenBy(readerId, [flag]);
    return seen !== undefined && (await this.readerOf(tx, readerId, seen)) !== null;
  }

  /** These cases as this reader sees them, if they may at all. */
  async seenBy(readerId: string, flags: readonly FlagCase[]): Promise<FlagCase[]> {
    const own = await this.reads.raisesBy(readerId, flags.map(({ id }) => id));
    return flags.map((flag) => asSeenBy(readerId, flag, own));
  }

  /** The case that goes by this id for this reader; null: none does, whatever it is to others. */
  async named(readerId: string, id: string): Promise<FlagCase | null> {
    const flag = await this.reads.case(id);
    const [seen] = flag ? await this.seenBy(readerId, [flag]) : [];
    return seen?.id === id ? seen : null;
  }

  /**
   * Who may tell the peer of what was raised: nobody else is reminded that they have not heard. Those who are here, or all of
   * them while none is. `besides`: those who raised the same beside it, and are reminded at their own hours.
   */
  async tellers(tx: Tx, flag: FlagCase, besides: readonly string[] = []): Promise<Tellers> {
    const { supervisorId, deputyId } = await this.standing(tx, flag.personId);
    const may: string[] = [];
    for (const id of [supervisorId, deputyId]) if (id && !besides.includes(id) && (await this.readerOf(tx, id, flag))) may.push(id);
    const away = await this.doors.awayAmong(tx, may, this.now);
    const here = may.filter((id) => !away.includes(id));
    return { people: here.length > 0 ? here : may, here: here.length > 0 };
  }

  /** Who stands behind them, and may say that it may end. */
  async readersOf(tx: Tx, personId: string): Promise<string[]> {
    const { supervisorId, deputyId } = await this.standing(tx, personId);
    return [supervisorId, deputyId].filter((id) => id !== null);
  }

  peersOf(tx: Tx, readerId: string): Promise<string[]> {
    return this.relations.peersOf(tx, readerId, this.now);
  }

  /** Whose turn it is from this rung on. Nobody whom the person supervises is ever asked. */
  async asked(tx: Tx, personId: string, from: Rung): Promise<Asked> {
    return askedFrom(from, await this.ladder(tx, personId));
  }

  /** Who is to hear an appeal about what `setBy` set. */
  async hearers(tx: Tx, personId: string, setBy: readonly string[]): Promise<AppealHearers> {
    return appealHearers(setBy, await this.ladder(tx, personId));
  }

  async askedPeople(tx: Tx, personId: string, from: Rung): Promise<readonly string[]> {
    return (await this.asked(tx, personId, from)).people;
  }

  /** Supervisor leads of the person's programmes, without the person and whomever they supervise. */
  async leadsFor(tx: Tx, personId: string): Promise<string[]> {
    const below = await this.relations.peersOf(tx, personId, this.now);
    return (await this.doors.leadsFor(tx, personId)).map((lead) => lead.personId).filter((id) => !below.includes(id));
  }

  /** A letter says that something waits, and nothing else. It is sent by the sweep, in a transaction of its own. */
  async write(tx: Tx, toPeople: readonly string[]): Promise<void> {
    for (const toPerson of toPeople) await this.doors.postLetter(tx, { id: this.ids.next(), toPerson, aboutPerson: null, waitsOn: 'cases', dueAt: this.now });
  }

  /**
   * The same to the peer themself: it waits behind their own door. While that is shut after a reset it comes when it opens:
   * whoever came in by the reset may have registered a device, and a letter tells that there is something.
   */
  async writePeer(tx: Tx, personId: string): Promise<void> {
    const resetAt = await this.doors.lastResetOf(tx, personId);
    const opens = resetAt && opensAt({ at: resetAt });
    const dueAt = opens && opens > this.now ? opens : this.now;
    await this.doors.postLetter(tx, { id: this.ids.next(), toPerson: personId, aboutPerson: null, waitsOn: 'own', dueAt });
  }

  /**
   * Somebody is to stand behind a peer from then on. Written whether or not there is a case, so that nothing follows from
   * its being there; whether there is anything to say is known when it is due.
   */
  private async writeSuccessor(tx: Tx, toPerson: string, aboutPerson: string, dueAt: Date): Promise<void> {
    await this.doors.postLetter(tx, { id: this.ids.next(), toPerson, aboutPerson, waitsOn: 'cases', dueAt });
  }

  /** They have come to read what waits there. */
  async opens(personId: string, waitsOn: WaitsOn): Promise<void> {
    if (await this.reads.letterWaits(personId, waitsOn)) await this.ground.db.withTx((tx) => this.doors.openLetters(tx, personId, waitsOn, this.now));
  }

  async sendLetter(id: string): Promise<void> {
    const letter = await this.reads.letter(id);
    if (!letter) return;
    await this.ground.db.withTx(async (tx) => {
      const now = this.now;
      await this.doors.lockPerson(tx, letter.toPerson);
      // Read again under the lock: another process may have sent it.
      if (!(await this.reads.letter(id))) return;
      if (letter.aboutPerson && !(await this.hasCaseFor(tx, letter.toPerson, letter.aboutPerson))) return this.doors.dropLetter(tx, id, now);
      await this.notify.tell(tx, { personId: letter.toPerson, kind: 'inbox', subjectId: id, expiresAt: after(now, LETTER_HOLDS_MS), now }, this.ids);
      await this.doors.letterSent(tx, id, now);
    });
  }

  /** Somebody looked, and the person they looked at is shown it: written before anything is. */
  async looked(personId: string, readerId: string, as: ReaderAs | 'supervisor-lead', what: 'list' | 'case' | 'overdue' | 'appeal' | 'word' | 'review'): Promise<void> {
    await this.ground.db.withTx((tx) => this.doors.logRead(tx, { id: this.ids.next(), personId, readerId, readerAs: as, what, at: this.now }));
  }

  private async hasCaseFor(tx: Tx, readerId: string, personId: string): Promise<boolean> {
    const held = await this.reads.openOf(personId);
    return held !== null && (await this.isThereFor(tx, readerId, held));
  }

  /** Supervisor and deputy, without whomever the person supervises themself. */
  private async standing(tx: Tx, personId: string): Promise<Standing> {
    const { supervisorId, deputyId } = await this.relations.supervisorsOf(tx, personId, this.now);
    const below = await this.relations.peersOf(tx, personId, this.now);
    const free = (id: string | null): string | null => (id !== null && below.includes(id) ? null : id);
    return { supervisorId: free(supervisorId), deputyId: free(deputyId) };
  }

  /** The same as things are now: a supervisor who is away, whatever for, does not serve until they are back. */
  private async serving(tx: Tx, personId: string): Promise<Standing> {
    const standing = await this.standing(tx, personId);
    const { supervisorId } = standing;
    return supervisorId && (await this.doors.awayAmong(tx, [supervisorId], this.now)).length > 0 ? { ...standing, supervisorId: null } : standing;
  }

  private async ladder(tx: Tx, personId: string): Promise<Record<Rung, OnRung[]>> {
    const { supervisorId, deputyId } = await this.standing(tx, personId);
    const leads = await this.leadsFor(tx, personId);
    const away = await this.doors.awayAmong(tx, [supervisorId, deputyId, ...leads].filter((id) => id !== null), this.now);
    const rung = (ids: readonly (string | null)[]): OnRung[] => ids.filter((id) => id !== null).map((id) => ({ personId: id, here: !away.includes(id) }));
    return { supervisor: rung([supervisorId]), deputy: rung([deputyId]), 'supervisor-lead': rung(leads) };
  }
}
