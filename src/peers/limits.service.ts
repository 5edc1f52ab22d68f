import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import type { Limits, LimitsAsk } from './domain/limits.js';
import { covers, fromNowOn, isOver, spanFaults } from './domain/span.js';
import { LimitsStore } from './limits.store.js';

/**
 * Limits people set for themselves. They leave no trace but their own row: no event and no audit entry says that there
 * are any, so that nobody can tell them from any other way of not being available.
 */
@Injectable()
export class LimitsService {
  constructor(
    private readonly limits: LimitsStore,
    private readonly ground: Ground,
  ) {}

  /** Null when there are none, or none any more. Those still to begin are shown. */
  async mine(personId: string): Promise<Limits | null> {
    const [found] = await this.ground.db.read((tx) => this.limits.ofPeople(tx, [personId]));
    return found && !isOver(found, this.ground.clock.now()) ? found : null;
  }

  /** In place of what was set before. Throws `invalid` for a span that cannot be. */
  async set(personId: string, ask: LimitsAsk): Promise<Limits> {
    return this.ground.db.withTx(async (tx) => {
      const now = this.ground.clock.now();
      const errors = spanFaults(ask, now);
      if (errors.length > 0) throw new DomainError('invalid', { errors });
      // What is wider than before lets them be asked for more.
      this.ground.queues.wake(tx, 'supply', personId);
      return this.limits.save(tx, personId, fromNowOn(ask, now), now);
    });
  }

  /** Harmless when there are none. */
  async lift(personId: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      await this.limits.remove(tx, personId);
      this.ground.queues.wake(tx, 'supply', personId);
    });
  }

  /** Those of these people that hold now, by person. */
  async limitsOf(tx: Tx, personIds: readonly string[], now: Date): Promise<Map<string, Limits>> {
    const found = await this.limits.ofPeople(tx, personIds);
    return new Map(found.filter((limits) => covers(limits, now)).map((limits) => [limits.personId, limits]));
  }
}
