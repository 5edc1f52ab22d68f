import { Injectable } from '@nestjs/common';
import type { AccountPrincipal, Principal } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { decodeCursor, type PageQuery } from '../platform/http/paging.js';
import { RelationsService } from './relations.service.js';
import { isOfPair } from './session-notes.service.js';
import type { SupervisionSessionView } from './sessions.contract.js';
import { SessionsStore, type SessionSeen } from './sessions.store.js';

/** Newest first. */
const SESSION_CURSOR = ['moment', 'uuid'] as const;

/** Sessions for whoever may know of them: the peer, and who stands behind the peer now. */
@Injectable()
export class SessionReading {
  constructor(
    private readonly store: SessionsStore,
    private readonly relations: RelationsService,
    private readonly ground: Ground,
  ) {}

  one(me: AccountPrincipal, id: string): Promise<SupervisionSessionView> {
    return this.ground.db.read(async (tx) => {
      const session = await this.store.seen(tx, id);
      if (!session) throw new DomainError('not-found');
      return sessionView(session, me.personId);
    });
  }

  /** One more than the page holds. Errors: 404 for somebody else's peer. */
  past(me: AccountPrincipal, personId: string, { cursor, limit }: PageQuery): Promise<SessionSeen[]> {
    return this.ground.db.read(async (tx) => {
      const own = personId === me.personId;
      if (!own && !(await this.relations.isSupervisorOf(tx, me.personId, personId, this.ground.clock.now()))) throw new DomainError('not-found');
      const [at, id] = decodeCursor(cursor, SESSION_CURSOR) ?? [];
      return this.store.past(tx, personId, at && id ? { at: new Date(at), id } : null, limit + 1);
    });
  }

  async planned(tx: Tx, me: AccountPrincipal, personIds: readonly string[]): Promise<SupervisionSessionView[]> {
    return (await this.store.planned(tx, personIds)).map((session) => sessionView(session, me.personId));
  }

  /** To change it: who stands behind the peer now, and never the peer. */
  async mayKeep(tx: Tx, who: Principal, id: string): Promise<boolean> {
    const session = who.kind === 'account' ? await this.store.find(tx, id) : null;
    if (!session || who.kind !== 'account' || session.personId === who.personId) return false;
    return this.relations.isSupervisorOf(tx, who.personId, session.personId, this.ground.clock.now());
  }

  /** Its notes: the peer and who held it. `as`: from which side of the table. */
  async mayOpen(tx: Tx, who: Principal, id: string, as: 'peer' | 'supervisor'): Promise<boolean> {
    const session = who.kind === 'account' ? await this.store.find(tx, id) : null;
    if (!session || who.kind !== 'account' || !isOfPair(session, who.personId)) return false;
    return (session.personId === who.personId) === (as === 'peer');
  }
}

export function sessionView(session: SessionSeen, readerId: string): SupervisionSessionView {
  const { id, personId, personName, supervisorId, supervisorName, track, topics, state, debrief, version } = session;
  return {
    id, personId, personName, supervisorId, supervisorName, track, topics, state, plannedAt: session.plannedAt.toISOString(), heldAt: session.heldAt?.toISOString() ?? null, debrief,
    // That somebody wrote something is theirs, too.
    hasNotes: session.hasNotes && isOfPair(session, readerId), mine: supervisorId === readerId, version,
  };
}
