import { Injectable } from '@nestjs/common';
import { AccountResetsService } from '../access/account-resets.service.js';
import { covers, fromNowOn, holdsOn, isOver, spanFaults, type Span } from '../peers/domain/span.js';
import type { Tx } from '../platform/database/tx.js';
import { assertNever, DomainError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { AwayStore } from './away.store.js';
import { dueStep, standsAfterReturn, standsAgain, standsBehind, type Away } from './domain/away.js';
import { isOver as dutyIsOver } from './domain/duty.js';
import { DutyService } from './duty.service.js';

/** As with a check-out: each try needs a new offer to slip in between two statements. */
const MAX_TRIES = 3;

/** Something more that is true from the same commit on as this away. */
type Also = (tx: Tx, now: Date, awayId: string) => Promise<void>;

class SlippedIn extends Error {}

/**
 * Being away, whoever set it and why. It leaves no trace but its own row: what follows from it is what follows from
 * checking out, told by the engine, so that nobody can tell one from the other.
 */
@Injectable()
export class AwayService {
  private stays: (personId: string) => Promise<boolean> = async () => false;

  constructor(
    private readonly ground: Ground,
    private readonly aways: AwayStore,
    private readonly duty: DutyService,
    private readonly resets: AccountResetsService,
  ) {}

  /** The one that runs or is to come; null when there is none. */
  async mine(personId: string): Promise<Away | null> {
    const away = await this.ground.db.read((tx) => this.aways.open(tx, personId));
    return away && !isOver(away, this.ground.clock.now()) ? away : null;
  }

  /** On duty as a peer, to stay, and not away: what is no emergency may be brought to their mind. */
  async isHere(tx: Tx, personId: string, now: Date): Promise<boolean> {
    const away = await this.aways.open(tx, personId);
    if (away && covers(away, now)) return false;
    return (await this.duty.ofPersonIn(tx, personId)).some((duty) => duty.dutyAs === 'peer' && !dutyIsOver(duty, now));
  }

  /** Asked before an away is ended or given an end: true, it is not the person's own to end. */
  keepWhile(stays: (personId: string) => Promise<boolean>): void {
    this.stays = stays;
  }

  /**
   * In place of the one there was; what was planned for after it stands again when it is over. Once this returns nothing more is offered, and what was held is being handed on: in the
   * same transaction, or by the sweep should somebody keep getting in between or the engine not be well: the away stands in
   * any case. `also`: what is to be true together with it.
   * Throws `invalid` for a span that cannot be, `agreed-together` for one that would end what is not theirs alone to end,
   * and `shut-after-reset` for one that would end what might be agreed, whether it is or not.
   */
  async set(personId: string, ask: Span, also: Also = async () => undefined): Promise<Span> {
    for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
      try {
        return await this.ground.db.withTx((tx) => this.trySet(tx, personId, ask, also));
      } catch (fault) {
        if (fault instanceof DomainError) throw fault;
        if (!(fault instanceof SlippedIn)) break;
      }
    }
    const away = await this.ground.db.withTx((tx) => this.write(tx, personId, ask, also));
    await this.settled(personId);
    return away;
  }

  /** Away from this moment until they return by their own tap. */
  pause(personId: string, also?: Also): Promise<Span> {
    return this.set(personId, { from: this.ground.clock.now(), until: null }, also);
  }

  /** Here again, or not going after all; what is planned for later stands. Harmless when they are not away. Throws `agreed-together` and `shut-after-reset` as {@link set} does. */
  async return(personId: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      await this.aways.lockPerson(tx, personId);
      const away = await this.aways.open(tx, personId);
      const now = this.ground.clock.now();
      await this.refuseToEnd(tx, personId, away, now);
      if (away) await this.over(tx, away, standsAfterReturn(away, now), now);
    });
  }

  /** That away and no other, in the transaction of whoever may end what was agreed: one the person set since stays. */
  async endIn(tx: Tx, personId: string, awayId: string | null): Promise<void> {
    await this.aways.lockPerson(tx, personId);
    const away = await this.aways.open(tx, personId);
    if (!away || away.id !== awayId) return;
    const now = this.ground.clock.now();
    await this.over(tx, away, standsAgain(away, now), now);
  }

  duePeople(now: Date, limit: number): Promise<string[]> {
    return this.ground.db.read((tx) => this.aways.duePeople(tx, now, limit));
  }

  /** Begins or ends what is due; throws `conflict` when it stays due. */
  async settle(personId: string): Promise<void> {
    if (!(await this.settled(personId))) throw new DomainError('conflict');
  }

  /** Throws {@link SlippedIn} when an offer or an assignment came in between: nothing is written, and the next try sees it. */
  private async trySet(tx: Tx, personId: string, ask: Span, also: Also): Promise<Span> {
    const away = await this.write(tx, personId, ask, also);
    if (!(await this.trySettle(tx, personId))) throw new SlippedIn();
    return away;
  }

  private async write(tx: Tx, personId: string, ask: Span, also: Also): Promise<Span> {
    await this.aways.lockPerson(tx, personId);
    const now = this.ground.clock.now();
    const errors = spanFaults(ask, now);
    if (errors.length > 0) throw new DomainError('invalid', { errors });
    const span = fromNowOn(ask, now);
    const before = await this.aways.open(tx, personId);
    if (!holdsOn(span, now)) await this.refuseToEnd(tx, personId, before, now);
    if (before) await this.aways.end(tx, before.id, now);
    const id = this.ground.ids.next();
    await this.aways.insert(tx, { ...span, id, personId, setAt: now, afterwards: standsBehind(before, span, now) });
    await also(tx, now, id);
    return span;
  }

  /** Every away without an end might be agreed: a day after a reset whoever came in by it is not told whether this one is. */
  private async refuseToEnd(tx: Tx, personId: string, away: Away | null, now: Date): Promise<void> {
    if (away && holdsOn(away, now)) await this.resets.refusePersonSoonAfter(tx, personId);
    if (await this.stays(personId)) throw new DomainError('agreed-together');
  }

  /** What of the next begins at once the sweep begins. */
  private async over(tx: Tx, { id, personId }: Away, next: Span | null, now: Date): Promise<void> {
    await this.aways.end(tx, id, now);
    if (next) await this.aways.insert(tx, { ...next, id: this.ground.ids.next(), personId, setAt: now, afterwards: null });
  }

  private async settled(personId: string): Promise<boolean> {
    for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
      if (await this.ground.db.withTx((tx) => this.trySettle(tx, personId))) return true;
    }
    return false;
  }

  /** False when something slipped in between: what was handed on stays so, and the away stays due. */
  private async trySettle(tx: Tx, personId: string): Promise<boolean> {
    await this.aways.lockPerson(tx, personId);
    const now = this.ground.clock.now();
    const away = await this.aways.open(tx, personId);
    if (!away) return true;
    const step = dueStep(away, now);
    switch (step) {
      case 'wait':
        return true;
      case 'end':
        await this.over(tx, away, standsAgain(away, now), now);
        return true;
      case 'begin':
        if (!(await this.duty.leaveAll(tx, personId, now))) return false;
        await this.aways.markBegun(tx, away.id, now);
        return true;
      default:
        return assertNever(step);
    }
  }
}
