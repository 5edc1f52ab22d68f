import { Injectable } from '@nestjs/common';
import { after, Clock, SECOND_MS } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { assertNever, DomainError } from '../platform/errors.js';
import type { OnCallPerson } from '../programmes/on-call.service.js';
import { CoverService, type Supervisor } from './cover.service.js';
import type { SupervisorCover } from './domain/cover.js';
import { afterNoAnswer, DUTY_ROLES, holdsBack, isOver, leaving, type DutyRole, type DutyRow, type HowToLeave, type OpenWork } from './domain/duty.js';
import type { Thin } from './domain/thin-cover.js';
import { DutyJournal } from './duty-journal.service.js';
import { DutyStore, type DutyKey } from './duty.store.js';

/**
 * Takes off somebody's hands what they may not keep. Gives back what they were asked and have not answered; for
 * `leave` also has every live assignment ended or marked as handing over. It locks requests first, as every command
 * does, and names the engine as the one who did it, whatever made the person go.
 */
type LeaveHandler = (tx: Tx, personId: string, how: HowToLeave, now: Date) => Promise<void>;

interface StillHerePolicy {
  /** That many offers in a row without an answer, and they are asked. */
  readonly stillHereAfter: number;
  /** Silence for so long after that ends the duty. */
  readonly stillHereSeconds: number;
}

/** Each try needs a new offer to slip in between two statements; three in a row is somebody else's fault. */
const MAX_TRIES = 3;
const NO_WORK: OpenWork = { liveAssignments: 0, handingOver: 0, pendingOffers: 0 };

@Injectable()
export class DutyService {
  private readonly handlers: LeaveHandler[] = [];

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly duties: DutyStore,
    private readonly journal: DutyJournal,
    private readonly cover: CoverService,
  ) {}

  /** Called inside the leaving's transaction before the duty row is locked: request → on_duty → offers. */
  onLeave(handler: LeaveHandler): void {
    this.handlers.push(handler);
  }

  /** Takes the person off duty in every role they are on duty in, or in one. Harmless when they are not. */
  async checkOut(personId: string, dutyAs: DutyRole | null): Promise<void> {
    for (const role of dutyAs ? [dutyAs] : DUTY_ROLES) await this.leave({ personId, dutyAs: role }, () => true);
  }

  /** Off every duty, in the caller's transaction, for somebody who is away from now on. False: as for `leaveIn`. */
  leaveAll(tx: Tx, personId: string, now: Date): Promise<boolean> {
    return this.leaveIn(tx, personId, now, 'leave', DUTY_ROLES);
  }

  /**
   * Off these duties, in the caller's transaction. False: something slipped in after it was looked for; commit what was
   * handed on, and call again in a new transaction.
   */
  async leaveIn(tx: Tx, personId: string, now: Date, how: HowToLeave, roles: readonly DutyRole[]): Promise<boolean> {
    const asPeer = roles.includes('peer');
    if (asPeer) await this.takeOff(tx, personId, how, now);
    const rows = (await this.duties.lockAll(tx, personId)).filter(({ dutyAs }) => roles.includes(dutyAs));
    const work = asPeer ? await this.duties.openWorkOf(tx, personId) : NO_WORK;
    if (holdsBack(how, work)) return false;
    for (const row of rows) await this.apply(tx, now, row, row.dutyAs === 'peer' ? work : NO_WORK, how);
    return true;
  }

  /** Duties that are over by the hour or by silence, and drained ones nobody is left in. */
  due(now: Date, limit: number): Promise<DutyKey[]> {
    return this.db.read((tx) => this.duties.over(tx, now, limit));
  }

  /** Ends a duty that is over; one that was prolonged, or whose peer answered in the meantime, stays. */
  async endDue(key: DutyKey): Promise<void> {
    await this.leave(key, isOver);
  }

  /** For whoever ends a contact, in the same transaction: a peer who had checked out is off duty with the last one. */
  async releaseIfDrained(tx: Tx, personId: string, now: Date): Promise<void> {
    const row = await this.duties.lock(tx, personId, 'peer');
    if (!row?.draining) return;
    if ((await this.duties.openWorkOf(tx, personId)).liveAssignments > 0) return;
    await this.release(tx, now, row);
  }

  /**
   * For whoever lets an offer run out, after locking its request. `asked`: this was one too many, and the peer is now
   * asked whether they are still there; until they answer they are offered nothing.
   */
  async unanswered(tx: Tx, personId: string, now: Date, policy: StillHerePolicy): Promise<'asked' | 'counted'> {
    const row = await this.duties.lock(tx, personId, 'peer');
    const step = row ? afterNoAnswer(row, policy.stillHereAfter) : 'leave-be';
    if (!row || step === 'leave-be') return 'counted';
    await this.duties.countUnanswered(tx, personId, row.unanswered + 1);
    if (step === 'count') return 'counted';
    await this.duties.askStillHere(tx, personId, now, after(now, policy.stillHereSeconds * SECOND_MS));
    await this.journal.askedStillHere(tx, now, row);
    return 'asked';
  }

  /** Any accept, decline or check-in is an answer. Harmless when nothing was asked. */
  async answered(tx: Tx, personId: string): Promise<void> {
    const wasAsked = await this.duties.answerStillHere(tx, personId);
    if (wasAsked) await this.journal.backInSupply(tx, personId);
  }

  async stillHere(personId: string): Promise<void> {
    await this.db.withTx((tx) => this.answered(tx, personId));
  }

  /** The duty rows of these peers that nobody else holds, locked in the order of person. */
  lockPeers(tx: Tx, personIds: readonly string[]): Promise<DutyRow[]> {
    return this.duties.lockFreePeers(tx, personIds);
  }

  /** The same, waiting for those somebody else holds. */
  lockInOrder(tx: Tx, personIds: readonly string[]): Promise<DutyRow[]> {
    return this.duties.lockPeersInOrder(tx, personIds);
  }

  /** The duty row of one peer, locked; waits for it. */
  lockPeer(tx: Tx, personId: string): Promise<DutyRow | null> {
    return this.duties.lock(tx, personId, 'peer');
  }

  ofPerson(personId: string): Promise<DutyRow[]> {
    return this.db.read((tx) => this.ofPersonIn(tx, personId));
  }

  ofPersonIn(tx: Tx, personId: string): Promise<DutyRow[]> {
    return this.duties.ofPerson(tx, personId);
  }

  /** Everybody on duty in any of the programmes, longest on duty first. */
  onDutyFor(tx: Tx, programmeIds: readonly string[]): Promise<DutyRow[]> {
    return this.duties.inProgrammes(tx, programmeIds);
  }

  /** Who covers the programme now: on duty first, then the on-call list in its order; each person once, nobody who is away. */
  /** What is missing now or soon, of peers, supervisors, and languages spoken here or `wanted`. */
  thinFor(tx: Tx, programmeId: string, wanted: readonly string[], now: Date): Promise<Thin[]> {
    return this.cover.thinFor(tx, programmeId, wanted, now);
  }

  supervisorsFor(tx: Tx, programmeId: string, now: Date): Promise<Supervisor[]> {
    return this.cover.supervisorsFor(tx, programmeId, now);
  }

  cliniciansFor(tx: Tx, programmeId: string, now: Date): Promise<OnCallPerson[]> {
    return this.cover.cliniciansFor(tx, programmeId, now);
  }

  coverEnding(tx: Tx, now: Date, withinMs: number): Promise<string[]> {
    return this.cover.ending(tx, now, withinMs);
  }

  /** Whether new offers may be made: a supervisor is there, or the last one went less than the grace ago. */
  supervisorCover(tx: Tx, programmeId: string, now: Date, graceSeconds: number): Promise<SupervisorCover> {
    return this.cover.supervisorCover(tx, programmeId, now, graceSeconds);
  }

  private async leave(key: DutyKey, stillWanted: (row: DutyRow, now: Date) => boolean): Promise<void> {
    for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
      if (await this.db.withTx((tx) => this.tryToLeave(tx, key, stillWanted))) return;
    }
    throw new DomainError('conflict');
  }

  /** False when an offer was made between giving back and locking; what was given back stays so, and the caller tries again. */
  private async tryToLeave(tx: Tx, key: DutyKey, stillWanted: (row: DutyRow, now: Date) => boolean): Promise<boolean> {
    const now = this.clock.now();
    const found = (await this.duties.ofPerson(tx, key.personId)).find(({ dutyAs }) => dutyAs === key.dutyAs);
    if (!found || !stillWanted(found, now)) return true;
    const asPeer = key.dutyAs === 'peer';
    if (asPeer) await this.takeOff(tx, key.personId, 'check-out', now);
    const row = await this.duties.lock(tx, key.personId, key.dutyAs);
    if (!row || !stillWanted(row, now)) return true;
    return this.apply(tx, now, row, asPeer ? await this.duties.openWorkOf(tx, key.personId) : NO_WORK, 'check-out');
  }

  private async takeOff(tx: Tx, personId: string, how: HowToLeave, now: Date): Promise<void> {
    for (const handler of this.handlers) await handler(tx, personId, how, now);
  }

  private async apply(tx: Tx, now: Date, row: DutyRow, work: OpenWork, how: HowToLeave): Promise<boolean> {
    const step = leaving(how, row.draining, work);
    switch (step) {
      case 'give-back-first':
        return false;
      case 'drain':
        await this.journal.draining(tx, now, await this.duties.drain(tx, row));
        return true;
      case 'stay-draining':
        return true;
      case 'release':
        await this.release(tx, now, row);
        return true;
      default:
        return assertNever(step);
    }
  }

  private async release(tx: Tx, now: Date, row: DutyRow): Promise<void> {
    await this.duties.remove(tx, row);
    await this.duties.keepPeriod(tx, row, now);
    await this.journal.released(tx, now, row);
  }
}
