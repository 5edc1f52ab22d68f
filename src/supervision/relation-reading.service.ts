import { Injectable } from '@nestjs/common';
import type { AccountPrincipal, Principal } from '../access/principal.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { standingOf } from './domain/relation.js';
import type { RelationView, SupervisedView, SupervisorToChooseView } from './relations.contract.js';
import { RelationsStore, type RelationSeen } from './relations.store.js';

/** Who stands behind whom, for supervisor leads and for the peers themselves. */
@Injectable()
export class RelationReading {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly store: RelationsStore,
    private readonly programmes: ProgrammesService,
  ) {}

  /** Peers of the lead's programmes, by name; one more than the page holds. */
  page(lead: AccountPrincipal, afterPersonId: string | null, limit: number): Promise<SupervisedView[]> {
    return this.db.read(async (tx) => {
      const now = this.clock.now();
      const people = await this.store.peersIn(tx, await this.programmes.programmesOf(tx, lead.personId), afterPersonId, limit);
      const relations = await this.store.seenOf(tx, people.map(({ personId }) => personId), now);
      return people.map(({ personId, name }) => ({ personId, name, relations: relations.filter((each) => each.personId === personId).map((each) => relationView(each, now)) }));
    });
  }

  supervisors(lead: AccountPrincipal): Promise<SupervisorToChooseView[]> {
    return this.db.read(async (tx) => this.store.supervisorsIn(tx, await this.programmes.programmesOf(tx, lead.personId), this.clock.now()));
  }

  one(id: string): Promise<RelationView> {
    return this.db.read(async (tx) => relationView(await this.store.seen(tx, id), this.clock.now()));
  }

  mine(personId: string): Promise<RelationView[]> {
    return this.db.read((tx) => this.mineIn(tx, personId, this.clock.now()));
  }

  async mineIn(tx: Tx, personId: string, now: Date): Promise<RelationView[]> {
    return (await this.store.seenOf(tx, [personId], now)).map((each) => relationView(each, now));
  }

  /** To a lead who shares a programme with the peer. */
  visibleToLead(who: Principal, id: string): Promise<boolean> {
    return this.db.read(async (tx) => {
      const relation = who.kind === 'account' ? await this.store.find(tx, id) : null;
      if (!relation || who.kind !== 'account') return false;
      const [mine, theirs] = [await this.programmes.programmesOf(tx, who.personId), await this.programmes.programmesOf(tx, relation.personId)];
      return mine.some((programmeId) => theirs.includes(programmeId));
    });
  }

  isOwn(who: Principal, id: string): Promise<boolean> {
    return this.db.read(async (tx) => who.kind === 'account' && (await this.store.find(tx, id))?.personId === who.personId);
  }
}

function relationView(relation: RelationSeen, now: Date): RelationView {
  const { id, personId, supervisorId, supervisorName, kind, serving, version } = relation;
  return {
    id, personId, supervisorId, supervisorName, kind, standing: standingOf(relation, now), serving, toldAt: relation.toldAt.toISOString(),
    effectiveAt: relation.effectiveAt.toISOString(), endsAt: relation.endedAt?.toISOString() ?? null, version,
  };
}
