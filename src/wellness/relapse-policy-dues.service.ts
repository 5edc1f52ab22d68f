import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { Ground } from '../platform/ground.js';
import { Sweep } from '../platform/sweep.js';
import { after, earliest } from '../platform/time.js';
import { ProgrammeKeeping } from '../programmes/programme-keeping.service.js';
import { confirmationAskedAt, policyDueAt, policyStanding, reviewAskedAt, type PolicyStanding } from './domain/relapse-policy.js';
import { RelapsePolicyStore } from './relapse-policy.store.js';
import { WellnessGround } from './wellness-ground.service.js';

/** What is done, in the same transaction, when a programme may serve by its policy from now on. */
type WhenServing = (tx: Tx, programmeId: string, now: Date) => Promise<void>;

/** What is owed about a programme's relapse policy: one row a programme. Approvers are asked to review it, supervisors to confirm it each day of the grace; whoever waits for a policy is looked at again. */
@Injectable()
export class RelapsePolicyDues implements OnModuleInit {
  private readonly whenServing: WhenServing[] = [];

  constructor(
    private readonly ground: Ground,
    private readonly store: RelapsePolicyStore,
    private readonly keeping: ProgrammeKeeping,
    private readonly w: WellnessGround,
    private readonly sweep: Sweep,
  ) {}

  onModuleInit(): void {
    this.sweep.register({
      name: 'relapse-policies',
      due: (now, limit) => this.ground.db.read((tx) => this.store.due(tx, now, limit)),
      run: (programmeId) => this.settle(programmeId),
    });
  }

  onServing(act: WhenServing): void {
    this.whenServing.push(act);
  }

  /** After an approval, a confirmation, or the day one takes effect. The caller holds the programme's lock. */
  async moveOn(tx: Tx, programmeId: string, now: Date): Promise<PolicyStanding> {
    const standing = policyStanding(await this.store.facts(tx, programmeId, now), now);
    const review = await this.store.toReview(tx, programmeId, now);
    const next = policyDueAt(standing, await this.store.nextEffectiveAt(tx, programmeId, now), now);
    // What is due at this very moment is asked for now.
    await this.store.setDue(tx, programmeId, earliest([next, review && reviewAskedAt(review, after(now, 1))]));
    if (standing.kind === 'in-force' || standing.kind === 'grace') for (const act of this.whenServing) await act(tx, programmeId, now);
    return standing;
  }

  private async settle(programmeId: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      await this.keeping.locked(tx, programmeId);
      const now = this.ground.clock.now();
      // Read under the lock: another process may have done it.
      const dueSince = await this.store.dueSince(tx, programmeId, now);
      if (!dueSince) return;
      const standing = await this.moveOn(tx, programmeId, now);
      const askedAt = confirmationAskedAt(standing);
      if (askedAt && askedAt <= now) await this.w.write(tx, await this.store.supervisorsToAsk(tx, programmeId, now));
      const review = await this.store.toReview(tx, programmeId, now);
      if (review && reviewAskedAt(review, dueSince) <= now) await this.w.write(tx, await this.store.approvers(tx, programmeId));
    });
  }
}
