import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { assertNever, DomainError } from '../platform/errors.js';
import { SYSTEM, type Actor } from '../platform/events.js';
import { OnCallService } from '../programmes/on-call.service.js';
import { DUTY_ROLES, leaving, type DutyRole, type DutyRow, type OpenWork } from './domain/duty.js';
import { DutyJournal } from './duty-journal.service.js';
import { DutyStore, type DutyKey } from './duty.store.js';

/** Gives back what somebody was asked and has not answered. It locks requests first, as every command does. */
export type CheckOutHandler = (tx: Tx, personId: string, now: Date, actor: Actor) => Promise<void>;

export interface Supervisor {
  readonly accountId: string;
  readonly personId: string;
  readonly displayName: string;
  readonly source: 'on-duty' | 'on-call';
}

/** Each try needs a new offer to slip in between two statements; three in a row is somebody else's fault. */
const MAX_TRIES = 3;
const NO_WORK: OpenWork = { liveAssignments: 0, pendingOffers: 0 };

@Injectable()
export class DutyService {
  private readonly handlers: CheckOutHandler[] = [];

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly duties: DutyStore,
    private readonly journal: DutyJournal,
    private readonly onCall: OnCallService,
  ) {}

  /** Called inside the check-out's transaction before the duty row is locked: request → on_duty → offers. */
  onCheckOut(handler: CheckOutHandler): void {
    this.handlers.push(handler);
  }

  /** Takes the person off duty in every role they are on duty in, or in one. Harmless when they are not. */
  async checkOut(personId: string, dutyAs: DutyRole | null, actor: Actor): Promise<void> {
    for (const role of dutyAs ? [dutyAs] : DUTY_ROLES) await this.leave({ personId, dutyAs: role }, actor, () => true);
  }

  /** Duties that have run out, and drained ones nobody is left in. */
  due(now: Date, limit: number): Promise<DutyKey[]> {
    return this.db.read((tx) => this.duties.over(tx, now, limit));
  }

  /** Ends a duty that is over; one that was prolonged in the meantime stays. */
  async endDue(key: DutyKey): Promise<void> {
    await this.leave(key, SYSTEM, (row, now) => row.draining || row.until <= now);
  }

  /** For whoever ends a contact, in the same transaction: a peer who had checked out is off duty with the last one. */
  async releaseIfDrained(tx: Tx, personId: string, now: Date): Promise<void> {
    const row = await this.duties.lock(tx, personId, 'peer');
    if (!row?.draining) return;
    if ((await this.duties.openWorkOf(tx, personId)).liveAssignments > 0) return;
    await this.release(tx, now, row, SYSTEM);
  }

  /** The duty rows of these peers that nobody else holds, locked in the order of person. */
  lockPeers(tx: Tx, personIds: readonly string[]): Promise<DutyRow[]> {
    return this.duties.lockFreePeers(tx, personIds);
  }

  /** The duty row of one peer, locked; waits for it. */
  lockPeer(tx: Tx, personId: string): Promise<DutyRow | null> {
    return this.duties.lock(tx, personId, 'peer');
  }

  /** The duty rows of these peers, locked in the order of person; waits for each. */
  lockInOrder(tx: Tx, personIds: readonly string[]): Promise<DutyRow[]> {
    return this.duties.lockPeers(tx, personIds);
  }

  ofPerson(personId: string): Promise<DutyRow[]> {
    return this.db.read((tx) => this.duties.ofPerson(tx, personId));
  }

  /** Everybody on duty in any of the programmes, longest on duty first. */
  onDutyFor(tx: Tx, programmeIds: readonly string[]): Promise<DutyRow[]> {
    return this.duties.inProgrammes(tx, programmeIds);
  }

  /** Who covers the programme now: on duty first, then the on-call list in its order; each person once. */
  async supervisorsFor(tx: Tx, programmeId: string, now: Date): Promise<Supervisor[]> {
    const onDuty = await this.duties.supervisorsOf(tx, programmeId, now);
    const here = new Set(onDuty.map(({ personId }) => personId));
    const onCall = (await this.onCall.accountsFor(tx, programmeId)).filter(({ personId }) => !here.has(personId));
    return [
      ...onDuty.map((person) => ({ ...person, source: 'on-duty' as const })),
      ...onCall.map((person) => ({ ...person, source: 'on-call' as const })),
    ];
  }

  private async leave(key: DutyKey, actor: Actor, stillWanted: (row: DutyRow, now: Date) => boolean): Promise<void> {
    for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
      if (await this.db.withTx((tx) => this.tryToLeave(tx, key, actor, stillWanted))) return;
    }
    throw new DomainError('conflict');
  }

  /** False when an offer was made between giving back and locking; what was given back stays so, and the caller tries again. */
  private async tryToLeave(tx: Tx, key: DutyKey, actor: Actor, stillWanted: (row: DutyRow, now: Date) => boolean): Promise<boolean> {
    const now = this.clock.now();
    const found = (await this.duties.ofPerson(tx, key.personId)).find(({ dutyAs }) => dutyAs === key.dutyAs);
    if (!found || !stillWanted(found, now)) return true;
    const asPeer = key.dutyAs === 'peer';
    if (asPeer) for (const giveBack of this.handlers) await giveBack(tx, key.personId, now, actor);
    const row = await this.duties.lock(tx, key.personId, key.dutyAs);
    if (!row || !stillWanted(row, now)) return true;
    return this.apply(tx, now, row, asPeer ? await this.duties.openWorkOf(tx, key.personId) : NO_WORK, actor);
  }

  private async apply(tx: Tx, now: Date, row: DutyRow, work: OpenWork, actor: Actor): Promise<boolean> {
    const step = leaving(row.draining, work);
    switch (step) {
      case 'give-back-first':
        return false;
      case 'drain':
        await this.journal.draining(tx, now, await this.duties.drain(tx, row), actor);
        return true;
      case 'stay-draining':
        return true;
      case 'release':
        await this.release(tx, now, row, actor);
        return true;
      default:
        return assertNever(step);
    }
  }

  private async release(tx: Tx, now: Date, row: DutyRow, actor: Actor): Promise<void> {
    await this.duties.remove(tx, row);
    await this.journal.released(tx, now, row, actor);
  }
}
