import { Injectable } from '@nestjs/common';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import { NotifyService } from '../notify/notify.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, type FieldError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import type { SupervisionTrack } from '../programmes/domain/care-policy.js';
import { CatalogueService } from '../programmes/catalogue.service.js';
import { heldFaults, nextState, planFaults, remindAt, type SessionAct } from './domain/session.js';
import { DueService } from './due.service.js';
import { RelationsService } from './relations.service.js';
import { SessionNotes } from './session-notes.service.js';
import { SessionsStore, type Session } from './sessions.store.js';
import { SupervisionNews } from './supervision-news.service.js';

interface SessionPlan {
  readonly personId: string;
  readonly track: SupervisionTrack;
  readonly topics: readonly string[];
  readonly plannedAt: Date;
}

export interface SessionHeld {
  readonly heldAt: Date | null;
  readonly topics: readonly string[] | null;
  readonly notes: string | null;
}

/** What a session sets in motion. */
@Injectable()
export class SessionParts {
  constructor(
    readonly relations: RelationsService,
    readonly due: DueService,
    readonly notes: SessionNotes,
    readonly catalogue: CatalogueService,
    readonly notify: NotifyService,
    readonly news: SupervisionNews,
  ) {}
}

/** Supervision itself: planned, held, missed, moved or called off by whoever stands behind the peer. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly store: SessionsStore,
    private readonly parts: SessionParts,
    private readonly ground: Ground,
  ) {}

  /** Errors: 404 for somebody else's peer, 422. The peer is told that something waits. */
  async plan(me: AccountPrincipal, plan: SessionPlan): Promise<string> {
    return this.ground.db.withTx(async (tx) => {
      const now = this.ground.clock.now();
      await this.requireOwn(tx, me, plan.personId, now);
      refuse([...planFaults(plan.plannedAt, now), ...(await this.topicFaults(tx, plan.topics))]);
      return this.insertPlanned(tx, me, plan, null, now);
    });
  }

  /** One that nobody had planned. Errors: 404, 422. */
  async record(me: AccountPrincipal, { personId, track }: Pick<SessionPlan, 'personId' | 'track'>, held: SessionHeld): Promise<string> {
    return this.ground.db.withTx(async (tx) => {
      const now = this.ground.clock.now();
      await this.requireOwn(tx, me, personId, now);
      const heldAt = await this.checkedTime(tx, held, now);
      return this.recordIn(tx, me, { personId, track }, { ...held, heldAt }, now);
    });
  }

  /** For whoever holds a debrief, in their transaction. */
  async recordIn(tx: Tx, me: AccountPrincipal, { personId, track }: Pick<SessionPlan, 'personId' | 'track'>, held: SessionHeld & { heldAt: Date }, now: Date): Promise<string> {
    const session: Session = {
      id: this.ground.ids.next(), personId, supervisorId: me.personId, track, topics: [...(held.topics ?? [])], state: 'held', plannedAt: held.heldAt, remindAt: null, heldAt: held.heldAt,
      follows: null, createdBy: me.accountId, createdAt: now, version: 1,
    };
    await this.store.insert(tx, session);
    await this.afterHolding(tx, me, session, held, now);
    return session.id;
  }

  /** Errors: 404, 409 `session-over`, 422. It moves the track's due date; the notes are for these two alone. */
  async hold(me: AccountPrincipal, id: string, held: SessionHeld): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const session = await this.locked(tx, id, 'hold');
      const now = this.ground.clock.now();
      const heldAt = await this.checkedTime(tx, held, now);
      await this.store.markHeld(tx, id, { supervisorId: me.personId, heldAt, topics: held.topics ?? session.topics });
      await this.afterHolding(tx, me, session, { ...held, heldAt }, now);
    });
  }

  /** It did not take place. Errors: 404, 409 `session-over`. */
  async miss(me: AccountPrincipal, id: string): Promise<void> {
    await this.ground.db.withTx((tx) => this.leave(tx, me, id, 'miss'));
  }

  /** Errors: 404, 409 `session-over`. */
  async cancel(me: AccountPrincipal, id: string): Promise<void> {
    await this.ground.db.withTx((tx) => this.leave(tx, me, id, 'cancel'));
  }

  /** To another time: a new one takes its place. Errors: 404, 409 `session-over`, 422. Returns the new one. */
  async reschedule(me: AccountPrincipal, id: string, plannedAt: Date): Promise<string> {
    return this.ground.db.withTx(async (tx) => {
      const now = this.ground.clock.now();
      refuse(planFaults(plannedAt, now));
      const { personId, track, topics } = await this.leave(tx, me, id, 'reschedule');
      return this.insertPlanned(tx, me, { personId, track, topics, plannedAt }, id, now);
    });
  }

  toRemind(now: Date, limit: number): Promise<string[]> {
    return this.ground.db.read((tx) => this.store.toRemind(tx, now, limit));
  }

  /** A day ahead, both of them. */
  async remind(id: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const session = await this.store.lock(tx, id);
      const now = this.ground.clock.now();
      if (!session?.remindAt || session.remindAt > now) return;
      await this.store.reminded(tx, id);
      for (const personId of await this.bothNow(tx, session, now)) {
        await this.parts.notify.tell(tx, { personId, kind: 'inbox', subjectId: id, expiresAt: session.plannedAt, now });
      }
    });
  }

  /** The peer, and who meets them: whoever planned it while they stand behind the peer, else who does now. Nobody is in their place: the peer alone. */
  private async bothNow(tx: Tx, { personId, supervisorId }: Session, now: Date): Promise<string[]> {
    const serving = await this.parts.relations.supervisorsOf(tx, personId, now);
    const meets = supervisorId === serving.deputyId ? supervisorId : (serving.supervisorId ?? serving.deputyId);
    return meets === null ? [personId] : [personId, meets];
  }

  private async insertPlanned(tx: Tx, me: AccountPrincipal, plan: SessionPlan, follows: string | null, now: Date): Promise<string> {
    const { personId, plannedAt } = plan;
    const session: Session = {
      ...plan, id: this.ground.ids.next(), topics: [...plan.topics], supervisorId: me.personId, state: 'planned', remindAt: remindAt(plannedAt, now), heldAt: null, follows,
      createdBy: me.accountId, createdAt: now, version: 1,
    };
    await this.store.insert(tx, session);
    await this.parts.notify.tell(tx, { personId, kind: 'inbox', subjectId: session.id, expiresAt: plannedAt, now });
    await this.told(tx, me, session, 'session.plan', now);
    return session.id;
  }

  private async afterHolding(tx: Tx, me: AccountPrincipal, session: Session, held: SessionHeld & { heldAt: Date }, now: Date): Promise<void> {
    if (held.notes !== null) await this.parts.notes.put(tx, session.id, held.notes, now);
    await this.parts.due.moveOn(tx, session.personId, session.track, held.heldAt);
    await this.parts.notify.settle(tx, session.id, now);
    await this.told(tx, me, session, 'session.hold', now);
  }

  private async leave(tx: Tx, me: AccountPrincipal, id: string, act: Exclude<SessionAct, 'hold'>): Promise<Session> {
    const session = await this.locked(tx, id, act);
    const now = this.ground.clock.now();
    const state = nextState(session.state, act);
    if (state === null || state === 'held' || state === 'planned') throw new DomainError('session-over');
    await this.store.setState(tx, id, state);
    await this.parts.notify.settle(tx, id, now);
    await this.told(tx, me, session, `session.${act}`, now);
    return session;
  }

  private async locked(tx: Tx, id: string, act: SessionAct): Promise<Session> {
    const session = await this.store.lock(tx, id);
    if (!session) throw new DomainError('not-found');
    if (nextState(session.state, act) === null) throw new DomainError('session-over');
    return session;
  }

  private async checkedTime(tx: Tx, { heldAt, topics }: SessionHeld, now: Date): Promise<Date> {
    const at = heldAt ?? now;
    refuse([...heldFaults(at, now), ...(await this.topicFaults(tx, topics ?? []))]);
    return at;
  }

  private async requireOwn(tx: Tx, me: AccountPrincipal, personId: string, now: Date): Promise<void> {
    if (!(await this.parts.relations.isSupervisorOf(tx, me.personId, personId, now))) throw new DomainError('not-found');
  }

  private async topicFaults(tx: Tx, topics: readonly string[]): Promise<FieldError[]> {
    const unknown = await this.parts.catalogue.unknownCodes(tx, 'supervision-topic', topics);
    return unknown.map((code) => ({ field: `topics.${topics.indexOf(code)}`, code: 'unknown-code', message: 'No such code in the catalogue' }));
  }

  private async told(tx: Tx, me: AccountPrincipal, session: Session, action: string, now: Date): Promise<void> {
    await this.parts.news.spread(tx, now, session.personId, [session.personId, session.supervisorId, me.personId]);
    await this.ground.events.audit(tx, now, { action, subjectType: 'supervision-session', subjectId: session.id, actor: actorOf(me) });
  }
}

function refuse(errors: readonly FieldError[]): void {
  if (errors.length > 0) throw new DomainError('invalid', { errors });
}
