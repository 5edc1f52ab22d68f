import { Injectable } from '@nestjs/common';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import { after, SECOND_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { SYSTEM, type Actor } from '../platform/events.js';
import { Ground } from '../platform/ground.js';
import type { EveningNowView } from './contract.js';
import { emailOf, peerMailbox } from './demo.service.js';
import { BEAT_MS, isOver, LEASE_MS, playedMs, turnOf, type Evening, type EveningEnd, type Speed, type Turn } from './domain/evening.js';
import { EveningDesk } from './evening-desk.service.js';
import { EveningPlayers } from './evening-players.service.js';
import { EveningStore } from './evening.store.js';

const DESK = emailOf('coordinator');
/** The last eight of the demo's peers; the others are left to whoever signs in. */
const SIMULATED = Array.from({ length: 8 }, (_, index) => emailOf(peerMailbox(16 + index)));

/** Plays an evening in the demo: one at a time, by one process at a time, and nothing of it is left when it is over. */
@Injectable()
export class EveningService {
  private readonly runner: string;
  /** What this process does with an evening, one after the other, so that nothing of it comes after the clearing. */
  private turn: Promise<unknown> = Promise.resolve();
  private playing: string | null = null;

  constructor(
    private readonly store: EveningStore,
    private readonly desk: EveningDesk,
    private readonly players: EveningPlayers,
    private readonly ground: Ground,
  ) {
    this.runner = ground.ids.next();
  }

  /** Errors: 404 outside the demo. */
  async now(): Promise<EveningNowView> {
    const evening = await this.ground.db.read(async (tx) => {
      await this.demoOnly(tx);
      return this.store.current(tx);
    });
    if (!evening) return { evening: null };
    const { lengthSeconds, windDownSeconds, requests } = this.desk.plan;
    const received = await this.ground.db.read((tx) => this.desk.requests(tx, evening));
    return {
      evening: {
        id: evening.id, state: evening.closingAt ? 'closing' : 'playing', speed: evening.speed, startedAt: evening.startedAt.toISOString(),
        endsAt: after(evening.startedAt, ((lengthSeconds + windDownSeconds) * SECOND_MS) / evening.speed).toISOString(),
        requestsReceived: received.length, requestsTotal: requests.length, peersOnDuty: (await this.players.ours(evening)).length,
      },
    };
  }

  /** Errors: 404 outside the demo, 409 `evening-running`, `evening-without-peers` when each of them is on duty by themself. */
  async start(me: AccountPrincipal, speed: Speed): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      await this.demoOnly(tx);
      if (await this.store.current(tx)) throw new DomainError('evening-running');
      const peers = await this.store.freePeers(tx, SIMULATED);
      const desk = await this.store.desk(tx, DESK);
      if (peers.length === 0 || !desk) throw new DomainError('evening-without-peers');
      const now = this.ground.clock.now();
      const evening: Evening = {
        id: this.ground.ids.next(), speed, seed: this.ground.ids.bytes(4).readInt32LE(), startedBy: me.accountId, deskAccountId: desk.accountId, startedAt: now,
        runner: null, leaseUntil: after(now, LEASE_MS), nextAt: now, closingAt: null, endedAt: null, endReason: null,
      };
      await this.store.insert(tx, evening);
      await this.store.insertPeers(tx, evening.id, peers.map(({ personId }) => personId));
      await this.tell(tx, evening, { type: 'evening.started', data: { speed } }, now, actorOf(me));
      await this.ground.events.audit(tx, now, { action: 'evening.start', subjectType: 'evening', subjectId: evening.id, actor: actorOf(me), data: { speed } });
    });
  }

  /** Harmless when none is played. Where another process plays it, that one clears away within its next look. */
  async stop(me: AccountPrincipal): Promise<void> {
    const evening = await this.ground.db.withTx(async (tx) => {
      await this.demoOnly(tx);
      const found = await this.store.current(tx);
      const locked = found && (await this.store.lock(tx, found.id));
      if (!locked || locked.endedAt) return null;
      const now = this.ground.clock.now();
      await this.store.markClosing(tx, locked.id, 'stopped', now);
      await this.ground.events.audit(tx, now, { action: 'evening.stop', subjectType: 'evening', subjectId: locked.id, actor: actorOf(me) });
      return locked;
    });
    if (evening) await this.beat(evening.id);
  }

  due(now: Date): Promise<string[]> {
    return this.ground.db.read((tx) => this.store.due(tx, this.runner, now));
  }

  /** One turn: plays on, or clears away. */
  beat(id: string): Promise<void> {
    return this.alone(async () => {
      const now = this.ground.clock.now();
      const { evening, turn } = await this.takeTurn(id, now);
      if (!evening || turn === 'leave-be') return;
      if (turn === 'play' && !(await this.play(evening, now))) return;
      await this.clear(evening);
    });
  }

  /** The process ends, and what it played ends with it. */
  async leave(): Promise<void> {
    const id = this.playing;
    if (id === null) return;
    await this.ground.db.withTx((tx) => this.store.markClosing(tx, id, 'runner-gone', this.ground.clock.now()));
    await this.beat(id);
  }

  private async takeTurn(id: string, now: Date): Promise<{ evening: Evening | null; turn: Turn }> {
    return this.ground.db.withTx(async (tx) => {
      const evening = await this.store.lock(tx, id);
      const turn = evening ? turnOf(evening, this.runner, now) : 'leave-be';
      if (!evening || turn === 'leave-be') return { evening, turn };
      if (turn === 'close-for-a-gone-runner') await this.store.markClosing(tx, id, 'runner-gone', now);
      await this.store.take(tx, id, this.runner, after(now, LEASE_MS), after(now, BEAT_MS));
      this.playing = id;
      return { evening, turn };
    });
  }

  /** True when it is over. */
  private async play(evening: Evening, now: Date): Promise<boolean> {
    const atMs = playedMs(evening, now);
    const requests = await this.ground.db.read((tx) => this.desk.requests(tx, evening));
    if (isOver(atMs, this.desk.plan, requests.filter(({ open }) => open).length)) {
      await this.ground.db.withTx((tx) => this.store.markClosing(tx, evening.id, 'finished', now));
      return true;
    }
    await this.desk.receive(evening, atMs);
    await this.players.act(evening, now, atMs);
    return false;
  }

  /** Twice, because whoever is set free by the one may be given something of the other; what is left then waits for the next turn. */
  private async clear(evening: Evening): Promise<void> {
    await this.desk.cancelOpen(evening);
    await this.players.leave(evening);
    await this.desk.cancelOpen(evening);
    if ((await this.players.ours(evening)).length > 0) return;
    await this.ground.db.withTx(async (tx) => {
      const now = this.ground.clock.now();
      const closed = await this.store.lock(tx, evening.id);
      const reason: EveningEnd = closed?.endReason ?? 'finished';
      if (await this.store.markEnded(tx, evening.id, now)) await this.tell(tx, evening, { type: 'evening.ended', data: { reason } }, now, SYSTEM);
    });
    this.playing = null;
  }

  private async tell(
    tx: Tx, evening: Evening, what: { type: 'evening.started'; data: { speed: number } } | { type: 'evening.ended'; data: { reason: string } }, now: Date, actor: Actor,
  ): Promise<void> {
    for (const programmeId of await this.desk.programmeIds(tx)) {
      await this.ground.events.append(tx, now, { ...what, subjectType: 'evening', subjectId: evening.id, programmeId, version: 1, actor });
    }
  }

  private async demoOnly(tx: Tx): Promise<void> {
    if (!(await this.store.isDemo(tx))) throw new DomainError('not-found');
  }

  private alone<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }
}
