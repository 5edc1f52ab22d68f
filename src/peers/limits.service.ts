import { Injectable } from '@nestjs/common';
import { AccountResetsService } from '../access/account-resets.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { isWithin, ownPart, sameTerms, strictest, type Limits, type LimitsAsk, type LimitTerms } from './domain/limits.js';
import { covers, fromNowOn, holdsOn, isOver, spanFaults } from './domain/span.js';
import { LimitsStore } from './limits.store.js';

/** Terms that are not the person's own to loosen; null when all of them are. */
type TermsThatStay = (personId: string) => Promise<LimitTerms | null>;

/** What follows from new limits in their own transaction; it locks requests, so nothing that is locked after them is held yet. */
type AfterChange = (tx: Tx, personId: string, now: Date) => Promise<void>;

/**
 * Limits people set for themselves. They leave no trace but their own row: no event and no audit entry says that there
 * are any, so that nobody can tell them from any other way of not being available.
 */
@Injectable()
export class LimitsService {
  private staying: TermsThatStay = async () => null;
  private changed: AfterChange = async () => undefined;

  constructor(
    private readonly limits: LimitsStore,
    private readonly ground: Ground,
    private readonly resets: AccountResetsService,
  ) {}

  /** Asked before anything is loosened. */
  keepWithin(staying: TermsThatStay): void {
    this.staying = staying;
  }

  /** Done whenever limits were set, by whomever and why ever, before anybody else sees them. */
  onChange(changed: AfterChange): void {
    this.changed = changed;
  }

  /** Null when there are none, or none any more. Those still to begin are shown. */
  async mine(personId: string): Promise<Limits | null> {
    const [found] = await this.ground.db.read((tx) => this.limits.ofPeople(tx, [personId]));
    return found && !isOver(found, this.ground.clock.now()) ? found : null;
  }

  /**
   * In place of what was set before. Throws `invalid` for a span that cannot be, `agreed-together` for what is not theirs
   * alone to loosen, and `shut-after-reset` for whatever loosens what might be agreed, whether it is or not.
   */
  async set(personId: string, ask: LimitsAsk): Promise<Limits> {
    return this.ground.db.withTx(async (tx) => {
      await this.limits.lockPerson(tx, personId);
      const now = this.ground.clock.now();
      const errors = spanFaults(ask, now);
      if (errors.length > 0) throw new DomainError('invalid', { errors });
      const keeps = (terms: LimitTerms): boolean => isWithin(ask, terms) && holdsOn(fromNowOn(ask, now), now);
      const held = await this.heldOn(tx, personId, now);
      if (held && !keeps(held)) await this.resets.refusePersonSoonAfter(tx, personId);
      const stays = await this.staying(personId);
      if (stays && !keeps(stays)) throw new DomainError('agreed-together');
      const saved = await this.limits.save(tx, personId, fromNowOn(ask, now), now);
      await this.changed(tx, personId, now);
      // What is wider than before lets them be asked for more.
      await this.ground.supply.owe(tx, [personId]);
      return saved;
    });
  }

  /**
   * Harmless when there are none. What was agreed stays: when nothing else is left to lift, that is said with
   * `agreed-together`. Throws `shut-after-reset` as {@link set} does.
   */
  async lift(personId: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      await this.limits.lockPerson(tx, personId);
      if (await this.heldOn(tx, personId, this.ground.clock.now())) await this.resets.refusePersonSoonAfter(tx, personId);
      const stays = await this.staying(personId);
      if (stays) return this.liftOwnPart(tx, personId, stays);
      await this.limits.remove(tx, personId);
      await this.ground.supply.owe(tx, [personId]);
    });
  }

  /**
   * What two agree on holds from now on beside what was set before; the row is the one anybody may have. Returns what was
   * there before, the person's own again once this ends.
   */
  async agree(tx: Tx, personId: string, terms: LimitTerms, now: Date): Promise<LimitsAsk | null> {
    await this.limits.lockPerson(tx, personId);
    const [before] = await this.limits.ofPeople(tx, [personId]);
    const all = before && covers(before, now) ? strictest(terms, before) : terms;
    await this.limits.save(tx, personId, { ...all, from: now, until: null }, now);
    await this.changed(tx, personId, now);
    await this.ground.supply.owe(tx, [personId]);
    return before && !isOver(before, now) ? before : null;
  }

  /** What was agreed ends. What is the person's own stays, theirs alone to lift from now on. */
  async endAgreed(tx: Tx, personId: string, terms: LimitTerms, before: LimitsAsk | null, now: Date): Promise<void> {
    await this.limits.lockPerson(tx, personId);
    const [held] = await this.limits.ofPeople(tx, [personId]);
    await this.ground.supply.owe(tx, [personId]);
    if (!held) return;
    const begun = before && before.from <= held.from ? before : null;
    const own = ownPart(held, terms, begun);
    // Limits that were still to begin wait for their day again, unless others were set in their place.
    const kept = own === null && !begun && sameTerms(held, terms) ? before : own && { ...own, from: now, until: own === begun ? begun.until : null };
    if (kept && !isOver(kept, now)) await this.limits.save(tx, personId, fromNowOn(kept, now), now);
    else await this.limits.remove(tx, personId);
  }

  /** What holds with no end, agreed or not: nothing in the row tells which. */
  private async heldOn(tx: Tx, personId: string, now: Date): Promise<Limits | null> {
    const [held] = await this.limits.ofPeople(tx, [personId]);
    return held && holdsOn(held, now) ? held : null;
  }

  private async liftOwnPart(tx: Tx, personId: string, stays: LimitTerms): Promise<void> {
    const [held] = await this.limits.ofPeople(tx, [personId]);
    if (!held || sameTerms(held, stays)) throw new DomainError('agreed-together');
    await this.ground.supply.owe(tx, [personId]);
    await this.limits.save(tx, personId, { ...stays, from: held.from, until: null }, this.ground.clock.now());
  }
}
