import { Injectable } from '@nestjs/common';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import { Ground } from '../platform/ground.js';
import { RelationsService } from './relations.service.js';
import type { SharedTraitView } from './shared-traits.contract.js';
import { SharedTraitsStore } from './shared-traits.store.js';

/** Lived experience is health data: a peer says of each who may know, and `supervisor` is the one person who stands behind them. */
@Injectable()
export class SharedTraits {
  constructor(
    private readonly store: SharedTraitsStore,
    private readonly relations: RelationsService,
    private readonly ground: Ground,
  ) {}

  /** Nothing for the deputy, who was not named. Each look is on record, whether there was anything to see or not. */
  of(me: AccountPrincipal, personId: string): Promise<SharedTraitView[]> {
    return this.ground.db.withTx(async (tx) => {
      const now = this.ground.clock.now();
      await this.ground.events.audit(tx, now, { action: 'shared-traits.read', subjectType: 'person', subjectId: personId, actor: actorOf(me) });
      const { supervisorId } = await this.relations.supervisorsOf(tx, personId, now);
      return supervisorId === me.personId ? this.store.ofPeer(tx, personId) : [];
    });
  }
}
