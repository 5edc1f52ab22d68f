import { Injectable } from '@nestjs/common';
import { NotifyService } from '../notify/notify.service.js';
import type { Tx } from '../platform/database/tx.js';
import { Ground } from '../platform/ground.js';
import { Ids } from '../platform/ids.js';
import { after, HOUR_MS } from '../platform/time.js';
import { RelationsService } from '../supervision/relations.service.js';
import { CaseDoorsStore } from './case-doors.store.js';
import { CaseReadingStore } from './case-reading.store.js';
import { askedFrom, readerAs, type Asked, type ReaderAs, type Rung } from './domain/reach.js';

/** Ids of what lies behind the walls. Their own source: what is done here moves no number anywhere else. */
@Injectable()
export class WellnessIds extends Ids {}

const LETTER_HOLDS_MS = 24 * HOUR_MS;

/** The doors behind the walls, in one parcel. */
@Injectable()
export class WellnessGround {
  constructor(
    readonly ground: Ground,
    readonly ids: WellnessIds,
    readonly doors: CaseDoorsStore,
    readonly reads: CaseReadingStore,
    private readonly relations: RelationsService,
    private readonly notify: NotifyService,
  ) {}

  get now(): Date {
    return this.ground.clock.now();
  }

  /** As whom they may look at this person's case; null: not at all. */
  async readerAs(tx: Tx, readerId: string, personId: string): Promise<ReaderAs | null> {
    const now = this.now;
    const standing = await this.relations.supervisorsOf(tx, personId, now);
    return readerAs(readerId, personId, standing, await this.relations.isSupervisorOf(tx, personId, readerId, now));
  }

  peersOf(tx: Tx, readerId: string): Promise<string[]> {
    return this.relations.peersOf(tx, readerId, this.now);
  }

  /** Whose turn it is from this rung on. Nobody whom the person supervises is ever asked. */
  async asked(tx: Tx, personId: string, from: Rung): Promise<Asked> {
    const now = this.now;
    const { supervisorId, deputyId } = await this.relations.supervisorsOf(tx, personId, now);
    const below = await this.relations.peersOf(tx, personId, now);
    const leads = await this.leadsFor(tx, personId);
    const away = await this.doors.awayAmong(tx, [supervisorId, deputyId, ...leads].filter((id) => id !== null), now);
    const rung = (ids: readonly (string | null)[]) =>
      ids.filter((id) => id !== null && !below.includes(id)).map((id) => ({ personId: id as string, here: !away.includes(id as string) }));
    return askedFrom(from, { supervisor: rung([supervisorId]), deputy: rung([deputyId]), 'supervisor-lead': rung(leads) });
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
  async write(tx: Tx, toPeople: readonly string[], dueAt: Date = this.now): Promise<void> {
    for (const toPerson of toPeople) await this.doors.postLetter(tx, this.ids.next(), toPerson, dueAt);
  }

  async sendLetter(id: string): Promise<void> {
    const letter = await this.reads.letter(id);
    if (!letter) return;
    await this.ground.db.withTx(async (tx) => {
      const now = this.now;
      await this.doors.lockPerson(tx, letter.toPerson);
      // Read again under the lock: another process may have sent it.
      if (!(await this.reads.letter(id))) return;
      await this.notify.tell(tx, { personId: letter.toPerson, kind: 'inbox', subjectId: id, expiresAt: after(now, LETTER_HOLDS_MS), now }, this.ids);
      await this.doors.letterSent(tx, id, now);
    });
  }

  /** Somebody looked, and the person they looked at is shown it: written before anything is. */
  async looked(personId: string, readerId: string, as: ReaderAs | 'supervisor-lead', what: 'list' | 'case' | 'overdue'): Promise<void> {
    await this.ground.db.withTx((tx) => this.doors.logRead(tx, { id: this.ids.next(), personId, readerId, readerAs: as, what, at: this.now }));
  }
}
