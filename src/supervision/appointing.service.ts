import { Injectable } from '@nestjs/common';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import { NotifyService } from '../notify/notify.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, invalidField } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { mayAgree, mayAppoint, successionOf, takesEffectAt, type Relation, type RelationKind } from './domain/relation.js';
import { RelationsService } from './relations.service.js';
import { RelationsStore } from './relations.store.js';
import { SupervisionNews } from './supervision-news.service.js';

interface NewRelation {
  readonly personId: string;
  readonly supervisorId: string;
  readonly kind: RelationKind;
}

/** Who stands behind whom is said by a supervisor lead, told to the peer, and begins a day later or at the peer's tap. */
@Injectable()
export class AppointingService {
  constructor(
    private readonly store: RelationsStore,
    private readonly relations: RelationsService,
    private readonly programmes: ProgrammesService,
    private readonly notify: NotifyService,
    private readonly news: SupervisionNews,
    private readonly ground: Ground,
  ) {}

  /**
   * Errors: 404 for who is no peer of the lead's programmes, 422 for who does not supervise there, 409 `not-yourself`,
   * `supervise-each-other`, `stands-behind-already`.
   */
  async appoint(lead: AccountPrincipal, ask: NewRelation): Promise<string> {
    return this.ground.db.withTx(async (tx) => {
      await this.store.lockPeople(tx, [ask.personId, ask.supervisorId]);
      const now = this.ground.clock.now();
      const common = await this.programmes.programmesOf(tx, lead.personId);
      if (!(await this.store.serves(tx, ask.personId, 'peer', common))) throw new DomainError('not-found');
      const programmeIds = await this.programmes.programmesOf(tx, ask.personId);
      if (!(await this.store.serves(tx, ask.supervisorId, 'supervisor', programmeIds))) {
        throw invalidField('supervisorId', 'This person is no supervisor in a programme of the peer.', 'not-a-supervisor');
      }
      const refusal = mayAppoint({ ...ask, by: lead.personId }, await this.store.between(tx, ask.personId, ask.supervisorId, now));
      if (refusal) throw new DomainError(refusal);
      const relation = this.newRelation(ask, lead.accountId, now, takesEffectAt(now));
      await this.put(tx, relation, now);
      await this.notify.tell(tx, { personId: ask.personId, kind: 'inbox', subjectId: relation.id, expiresAt: relation.effectiveAt, now });
      await this.ground.events.audit(tx, now, {
        action: 'relation.appoint', subjectType: 'supervisor-relation', subjectId: relation.id, actor: actorOf(lead), data: { personId: ask.personId, supervisorId: ask.supervisorId, kind: ask.kind },
      });
      return relation.id;
    });
  }

  /** For whoever founds a place where everybody has agreed beforehand: in effect at once. */
  async found(tx: Tx, ask: NewRelation, byAccountId: string, now: Date): Promise<void> {
    await this.put(tx, { ...this.newRelation(ask, byAccountId, now, now), agreedAt: now }, now);
  }

  /** The peer's tap: from now on instead of in a day. A repeat changes nothing. Errors: 404, 409 `relation-over`. */
  async agree(me: AccountPrincipal, id: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const relation = await this.locked(tx, id);
      const now = this.ground.clock.now();
      const verdict = mayAgree(relation, now);
      if (verdict === 'over') throw new DomainError('relation-over');
      if (verdict === 'done') return;
      const { succeeded } = successionOf(await this.store.ofKind(tx, relation.personId, relation.kind, now), now);
      if (succeeded) await this.store.setEnd(tx, succeeded.id, now);
      await this.store.agree(tx, id, now);
      await this.relations.succession.began(tx, relation);
      await this.notify.settle(tx, id, now);
      await this.news.spread(tx, now, relation.personId, [relation.personId, relation.supervisorId, ...(succeeded ? [succeeded.supervisorId] : [])]);
      await this.ground.events.audit(tx, now, { action: 'relation.agree', subjectType: 'supervisor-relation', subjectId: id, actor: actorOf(me) });
    });
  }

  /** Ends one, or withdraws one that waits: then whoever was there stays. Errors: 404, 409 `relation-over`, `not-yourself`. */
  async end(lead: AccountPrincipal, id: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const relation = await this.locked(tx, id);
      if (relation.personId === lead.personId) throw new DomainError('not-yourself');
      const now = this.ground.clock.now();
      if (mayAgree(relation, now) === 'over') throw new DomainError('relation-over');
      const same = await this.store.ofKind(tx, relation.personId, relation.kind, now);
      await this.store.setEnd(tx, id, now);
      const { withdrawn, succeeded } = successionOf(same, now);
      if (withdrawn?.id === id && succeeded) await this.store.setEnd(tx, succeeded.id, null);
      await this.notify.settle(tx, id, now);
      await this.news.spread(tx, now, relation.personId, [relation.personId, relation.supervisorId]);
      await this.ground.events.audit(tx, now, { action: 'relation.end', subjectType: 'supervisor-relation', subjectId: id, actor: actorOf(lead) });
    });
  }

  private async locked(tx: Tx, id: string): Promise<Relation> {
    const found = await this.store.find(tx, id);
    if (!found) throw new DomainError('not-found');
    await this.store.lockPeople(tx, [found.personId, found.supervisorId]);
    const relation = await this.store.lock(tx, id);
    if (!relation) throw new DomainError('not-found');
    return relation;
  }

  private async put(tx: Tx, relation: Relation, now: Date): Promise<void> {
    const { withdrawn, succeeded } = successionOf(await this.store.ofKind(tx, relation.personId, relation.kind, now), now);
    if (withdrawn) {
      await this.store.setEnd(tx, withdrawn.id, now);
      await this.notify.settle(tx, withdrawn.id, now);
    }
    if (succeeded) await this.store.setEnd(tx, succeeded.id, relation.effectiveAt);
    await this.store.insert(tx, relation);
    await this.relations.succession.appointed(tx, relation);
    const others = [withdrawn, succeeded].flatMap((each) => (each ? [each.supervisorId] : []));
    await this.news.spread(tx, now, relation.personId, [relation.personId, relation.supervisorId, ...others]);
  }

  private newRelation(ask: NewRelation, appointedBy: string, now: Date, effectiveAt: Date): Relation {
    return { ...ask, id: this.ground.ids.next(), appointedBy, appointedAt: now, toldAt: now, effectiveAt, agreedAt: null, endedAt: null, version: 1 };
  }
}
