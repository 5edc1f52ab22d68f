import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { policyStanding, type PolicyStanding } from './domain/relapse-policy.js';
import { RelapsePolicyStore, type PolicyForPerson } from './relapse-policy.store.js';

/** Where programmes stand by their relapse policy, and what each person has acknowledged. None of this is about anybody's wellness. */
@Injectable()
export class RelapsePolicies {
  constructor(
    private readonly ground: Ground,
    private readonly store: RelapsePolicyStore,
  ) {}

  async standing(tx: Tx, programmeId: string, now: Date): Promise<PolicyStanding> {
    return policyStanding(await this.store.facts(tx, programmeId, now), now);
  }

  /** The newest that has taken effect, expired or not: in its grace peers go on by it. Null: there is none. */
  inEffect(tx: Tx, programmeId: string, now: Date): Promise<string | null> {
    return this.store.inEffect(tx, programmeId, now);
  }

  /** In force for them now, and to come. */
  mine(personId: string): Promise<PolicyForPerson[]> {
    return this.ground.db.read((tx) => this.store.forPerson(tx, personId, this.ground.clock.now()));
  }

  /** A repeat changes nothing. Throws `not-found` for a policy of a programme in which they are no peer, or that has been followed by another. */
  async acknowledge(personId: string, policyId: string): Promise<PolicyForPerson[]> {
    return this.ground.db.withTx(async (tx) => {
      const now = this.ground.clock.now();
      const theirs = await this.store.forPerson(tx, personId, now);
      if (!theirs.some(({ id }) => id === policyId) || !(await this.store.isPeer(tx, personId))) throw new DomainError('not-found');
      await this.store.acknowledge(tx, policyId, personId, now);
      // Whoever waited for them is looked at again.
      await this.ground.supply.owe(tx, [personId]);
      return this.store.forPerson(tx, personId, now);
    });
  }
}
