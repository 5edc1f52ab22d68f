import { Injectable } from '@nestjs/common';
import { Ground } from '../platform/ground.js';
import { SMALLEST_CELL } from '../supervision/domain/own-check.js';
import { ByHandStore, type LiftCount } from './by-hand.store.js';
import type { HandGateCode } from './domain/by-hand.js';
import { monthBefore, monthOf, monthSpan } from './domain/month.js';
import { GatesConfig } from './gate-rules.js';

/** How often what protects peers was lifted: for who answers for it, not for who keeps an eye on one peer. */
@Injectable()
export class LiftsService {
  constructor(
    private readonly ground: Ground,
    private readonly store: ByHandStore,
    private readonly gates: GatesConfig,
  ) {}

  /**
   * For whoever leads the supervisors: of the last month that is over, each gate somebody may lift. What keeps a peer well is
   * counted from eleven on only; null: fewer, or none.
   */
  counts(): Promise<{ month: string; items: { gate: string; count: number | null }[] }> {
    const month = monthBefore(this.ground.clock.now());
    const { from, until } = monthSpan(month);
    return this.ground.db.read(async (tx) => {
      const lifted = new Map((await this.store.liftsByGate(tx, from, until)).map(({ gate, count }) => [gate, count]));
      const liftable = this.gates.all().filter(({ code }) => this.gates.isLiftable(code));
      return { month, items: liftable.map(({ code }) => ({ gate: code, count: this.shown(code, lifted.get(code) ?? 0) })) };
    });
  }

  private shown(code: HandGateCode, count: number): number | null {
    return count >= SMALLEST_CELL || this.gates.namedTo(code, ['coordinator']) ? count : null;
  }

  /** `YYYY-MM`; null is this month. */
  of(month: string | null): Promise<{ month: string; items: LiftCount[] }> {
    const chosen = month ?? monthOf(this.ground.clock.now());
    const { from, until } = monthSpan(chosen);
    return this.ground.db.read(async (tx) => ({ month: chosen, items: await this.store.liftsBetween(tx, from, until) }));
  }
}
