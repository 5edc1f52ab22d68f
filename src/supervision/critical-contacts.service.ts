import { Injectable } from '@nestjs/common';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import { NotifyService } from '../notify/notify.service.js';
import { after } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { CarePolicyService } from '../programmes/care-policy.service.js';
import { DutyService } from '../shifts/duty.service.js';
import { CriticalStore, type CriticalContact, type CriticalContactSeen } from './critical.store.js';
import { checkInsFrom, TELL_AGAIN_MS, whomToTell, type CriticalGround, type Helpers } from './domain/critical-contact.js';
import { RelationsService } from './relations.service.js';
import { SupervisionNews } from './supervision-news.service.js';

/** Whom a critical contact is told to. */
@Injectable()
export class CriticalTelling {
  constructor(
    readonly relations: RelationsService,
    readonly duty: DutyService,
    readonly notify: NotifyService,
    readonly news: SupervisionNews,
    private readonly store: CriticalStore,
  ) {}

  /** Everybody who can help, in the order in which they are asked. */
  async helpers(tx: Tx, { personId, programmeId }: { readonly personId: string; readonly programmeId: string }, now: Date): Promise<Helpers> {
    return { ...(await this.relations.supervisorsOf(tx, personId, now)), covering: await this.covering(tx, programmeId, now), leads: await this.store.leadsIn(tx, programmeId) };
  }

  async covering(tx: Tx, programmeId: string, now: Date): Promise<string[]> {
    return (await this.duty.supervisorsFor(tx, programmeId, now)).map(({ personId }) => personId);
  }
}

/** On which ground of which lead of the contact. */
interface Because {
  readonly leadAssignmentId: string;
  readonly ground: CriticalGround;
}

/** A peer came out of a critical contact: nobody is offered to them until a supervisor has been in touch. */
@Injectable()
export class CriticalContactsService {
  constructor(
    private readonly store: CriticalStore,
    private readonly telling: CriticalTelling,
    private readonly care: CarePolicyService,
    private readonly ground: Ground,
  ) {}

  /** In the transaction of what told of it; supervisors are told at once, and a debrief is offered. Again is harmless. */
  async open(tx: Tx, contact: Pick<CriticalContact, 'assignmentId' | 'personId' | 'programmeId'>, because: Because, now: Date): Promise<void> {
    const isNew = await this.store.insert(tx, contact, now);
    await this.store.addGround(tx, contact.assignmentId, because.leadAssignmentId, because.ground);
    if (!isNew) return;
    const opened = await this.store.lock(tx, contact.assignmentId);
    if (opened) await this.tell(tx, opened, now);
    await this.telling.news.spread(tx, now, contact.personId, [contact.personId]);
  }

  /** For everybody it was opened for, unless something else stands. What a supervisor has answered stays. */
  async takeBack(tx: Tx, { leadAssignmentId, ground }: Because, now: Date): Promise<void> {
    for (const assignmentId of await this.store.dropGround(tx, leadAssignmentId, ground)) {
      const contact = await this.store.lock(tx, assignmentId);
      if (!contact || contact.supervisorContactAt || (await this.store.hasGround(tx, assignmentId))) continue;
      await this.store.forget(tx, assignmentId);
      await this.telling.notify.settle(tx, assignmentId, now);
      await this.spread(tx, contact, now);
      await this.ground.supply.owe(tx, [contact.personId]);
    }
  }

  toTell(now: Date, limit: number): Promise<string[]> {
    return this.ground.db.read((tx) => this.store.toTell(tx, now, limit));
  }

  async tellAgain(assignmentId: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const contact = await this.store.lock(tx, assignmentId);
      const now = this.ground.clock.now();
      if (contact?.nextNoticeAt && contact.nextNoticeAt <= now) await this.tell(tx, contact, now);
    });
  }

  /** The supervisor has been in touch: the peer may be asked again, and the check-ins are due from now. The first counts. Errors: 404. */
  async contacted(me: AccountPrincipal, assignmentId: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const contact = await this.store.lock(tx, assignmentId);
      if (!contact) throw new DomainError('not-found');
      if (contact.supervisorContactAt) return;
      const now = this.ground.clock.now();
      await this.store.markContacted(tx, assignmentId, me.personId, now);
      const { content } = await this.care.current(tx, contact.programmeId, now);
      for (const each of checkInsFrom(now, content.criticalCheckInHours)) {
        await this.store.insertCheckIn(tx, { ...each, id: this.ground.ids.next(), assignmentId, personId: contact.personId });
      }
      await this.telling.notify.settle(tx, assignmentId, now);
      await this.spread(tx, contact, now);
      await this.ground.events.audit(tx, now, { action: 'critical-contact.contacted', subjectType: 'critical-contact', subjectId: assignmentId, actor: actorOf(me) });
      await this.ground.supply.owe(tx, [contact.personId]);
    });
  }

  seen(assignmentId: string): Promise<CriticalContactSeen> {
    return this.ground.db.read(async (tx) => {
      const found = await this.store.seen(tx, assignmentId);
      if (!found) throw new DomainError('not-found');
      return found;
    });
  }

  /** To their supervisor and deputy; to whoever covers the programme and to the leads once those were told. Never to the peer as supervisor. */
  async mayContact(tx: Tx, supervisorId: string, assignmentId: string): Promise<boolean> {
    const contact = await this.store.find(tx, assignmentId);
    return contact !== null && this.isFor(tx, supervisorId, contact, this.ground.clock.now());
  }

  /** Those of the peers who wait for a supervisor, and of whom this one may know it. */
  async toldOf(tx: Tx, supervisorId: string, personIds: readonly string[], now: Date): Promise<ReadonlySet<string>> {
    const told = new Set<string>();
    if (personIds.length === 0) return told;
    for (const contact of await this.store.openOf(tx, personIds)) {
      if (!told.has(contact.personId) && (await this.isFor(tx, supervisorId, contact, now))) told.add(contact.personId);
    }
    return told;
  }

  private async isFor(tx: Tx, supervisorId: string, contact: CriticalContact, now: Date): Promise<boolean> {
    return contact.personId !== supervisorId && (await this.told(tx, contact, now)).includes(supervisorId);
  }

  private async tell(tx: Tx, contact: CriticalContact, now: Date): Promise<void> {
    const { personIds, widened } = whomToTell(await this.telling.helpers(tx, contact, now), contact.personId, contact.noticesSent);
    const again = after(now, TELL_AGAIN_MS);
    for (const personId of personIds) {
      await this.telling.notify.tell(tx, { personId, kind: 'page', subjectId: contact.assignmentId, expiresAt: again, now });
    }
    await this.store.markTold(tx, contact.assignmentId, again, { widenedAt: widened ? now : null, untoldAt: personIds.length === 0 ? now : null });
    await this.telling.news.spread(tx, now, contact.personId, personIds);
  }

  private async spread(tx: Tx, contact: CriticalContact, now: Date): Promise<void> {
    await this.telling.news.spread(tx, now, contact.personId, [contact.personId, ...(await this.told(tx, contact, now))]);
  }

  /** Whom the last notice would reach now. What was widened stays so. */
  private async told(tx: Tx, contact: CriticalContact, now: Date): Promise<string[]> {
    const helpers = await this.telling.helpers(tx, contact, now);
    const { personIds } = whomToTell(helpers, contact.personId, contact.noticesSent - 1);
    return contact.widenedAt ? [...new Set([...personIds, ...helpers.covering])].filter((id) => id !== contact.personId) : own(personIds, helpers);
  }
}

/** Before it was widened nobody else hears of it, whoever comes and goes. */
function own(personIds: readonly string[], { supervisorId, deputyId }: Helpers): string[] {
  return personIds.filter((id) => id === supervisorId || id === deputyId);
}
