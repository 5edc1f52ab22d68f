import { Injectable } from '@nestjs/common';
import { Ground } from '../platform/ground.js';
import { ByHandStore, type LiftCount } from './by-hand.store.js';
import { monthOf, monthSpan } from './domain/month.js';

/** How often what protects peers was lifted: for who answers for it, not for who keeps an eye on one peer. */
@Injectable()
export class LiftsService {
  constructor(
    private readonly ground: Ground,
    private readonly store: ByHandStore,
  ) {}

  /** `YYYY-MM`; null is this month. */
  of(month: string | null): Promise<{ month: string; items: LiftCount[] }> {
    const chosen = month ?? monthOf(this.ground.clock.now());
    const { from, until } = monthSpan(chosen);
    return this.ground.db.read(async (tx) => ({ month: chosen, items: await this.store.liftsBetween(tx, from, until) }));
  }
}
