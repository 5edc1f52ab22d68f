import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { AccountPrincipal } from '../access/principal.js';
import { SessionsService } from '../access/sessions.service.js';
import { after, Clock, SECOND_MS } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { DomainError } from '../platform/errors.js';
import { inTime } from '../platform/in-time.js';
import { SignsOfLife } from '../platform/signs-of-life.store.js';
import { startOf, type Position } from './domain/cursor.js';
import { Pulse } from './domain/pulse.js';
import { LiveStream, type Sink, type StreamEvent } from './domain/stream.js';
import { LiveStore } from './live.store.js';

const PER_ACCOUNT = 20;
const PER_PROCESS = 2_000;
const PAGE = 500;
/** A client that missed more than this is better off asking afresh. */
const MOST_MISSED = 5_000;
/** Two at the desk see each other's acts within a second: this, the page's gathering and one answer. */
const BUSY_EVERY_MS = 250;
const QUIET_EVERY_MS = 400;
const HEARTBEAT_MS = 15 * SECOND_MS;
/** A look that takes longer has failed: what hangs must not keep the next one from being tried. */
const LOOK_MS = 10 * SECOND_MS;
const RETRY_SECONDS = 15;
/** What happened longer ago and cannot be told yet makes a page out of date, however well the looks go. */
const HELD_BACK_MS = 5 * SECOND_MS;

/** One poller for all streams of this process, running only while there are any. */
@Injectable()
export class LiveService implements BeforeApplicationShutdown {
  private readonly streams = new Set<LiveStream>();
  private readonly opening = new Map<string, number>();
  private position: Position | null = null;
  private epoch: number | null = null;
  private timer: NodeJS.Timeout | undefined;
  private heartbeat: NodeJS.Timeout | undefined;
  private polling: Promise<void> | null = null;
  private readonly pulse = new Pulse(() => this.clock.processMs());
  /** Counts the looks: one that was given up must change nothing when it comes back after all. */
  private look = 0;
  private closed = false;

  constructor(
    private readonly store: LiveStore,
    private readonly sessions: SessionsService,
    private readonly signs: SignsOfLife,
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Throws `too-many-streams`. The stream is silent before `follow`. */
  async open(principal: AccountPrincipal, lastEventId: string | undefined): Promise<LiveStream> {
    const { accountId, personId } = principal;
    this.refuseTooMany(accountId);
    this.opening.set(accountId, (this.opening.get(accountId) ?? 0) + 1);
    try {
      const stream = await this.db.read(async (tx) => {
        const horizon = await this.store.horizon(tx);
        this.noticeRestore(horizon);
        const programmeIds = new Set((await this.store.memberships(tx, [personId])).map((row) => row.programmeId));
        return new LiveStream(principal, startOf(lastEventId, horizon.epoch, horizon.xact), programmeIds, (ended) => this.streams.delete(ended));
      });
      this.streams.add(stream);
      return stream;
    } finally {
      const others = (this.opening.get(accountId) ?? 1) - 1;
      if (others > 0) this.opening.set(accountId, others);
      else this.opening.delete(accountId);
    }
  }

  /** Sends what was missed, then lets the poller take over. */
  async follow(stream: LiveStream, sink: Sink): Promise<void> {
    await this.noteLines([stream]);
    stream.attach(sink);
    if (this.closed) stream.close();
    try {
      await this.catchUp(stream);
      this.run();
    } catch {
      // The client comes back with the last event it heard and goes on from there.
      stream.close();
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    clearInterval(this.heartbeat);
    for (const stream of this.streams) stream.close();
    await this.polling;
  }

  private refuseTooMany(accountId: string): void {
    const mine = [...this.streams].filter((stream) => stream.accountId === accountId).length + (this.opening.get(accountId) ?? 0);
    if (mine >= PER_ACCOUNT || this.streams.size + this.opening.size >= PER_PROCESS) {
      throw new DomainError('too-many-streams', { retryAfterSeconds: RETRY_SECONDS });
    }
  }

  private async catchUp(stream: LiveStream): Promise<void> {
    let missed = 0;
    while (stream.open) {
      const before = this.position;
      const events = await this.db.read((tx) => this.store.eventsAfter(tx, stream.cursor, PAGE));
      missed += events.length;
      if (missed > MOST_MISSED) {
        const { epoch, xact } = await this.db.read((tx) => this.store.horizon(tx));
        stream.restart({ epoch, xact, seq: 0n });
        missed = 0;
        continue;
      }
      for (const event of events) stream.offer(event);
      // Told as far as the poller is, and it has not moved since we looked: from here on it tells the rest.
      if (events.length < PAGE && this.position === before) {
        this.position ??= stream.cursor;
        return stream.join(this.position);
      }
    }
  }

  private run(): void {
    if (this.timer || this.closed || this.streams.size === 0) return;
    this.pulse.felt();
    this.heartbeat = setInterval(() => this.beat(), HEARTBEAT_MS);
    this.lookIn(BUSY_EVERY_MS);
  }

  /** Says that the line holds only while what it tells is being read: else a page would be called live that hears of nothing. */
  private beat(): void {
    if (!this.pulse.holds()) return;
    for (const stream of this.streams) stream.beat();
    void this.noteLines([...this.streams]);
  }

  /** Who is asked and who is paged goes by it, in whichever process. What cannot be written is written with the next beat. */
  private async noteLines(streams: readonly LiveStream[]): Promise<void> {
    const personIds = streams.filter(({ open }) => open).map(({ personId }) => personId);
    if (personIds.length > 0) await this.db.withTx((tx) => this.signs.seen(tx, personIds, this.clock.now())).catch(() => undefined);
  }

  private lookIn(ms: number): void {
    this.timer = setTimeout(() => {
      const look = (this.look += 1);
      this.polling = inTime(this.poll(() => look === this.look), LOOK_MS, QUIET_EVERY_MS).then((nextMs) => {
        if (this.streams.size > 0 && !this.closed) this.lookIn(nextMs);
        else this.rest();
      });
    }, ms);
  }

  private rest(): void {
    clearInterval(this.heartbeat);
    this.look += 1;
    this.timer = undefined;
    this.position = null;
  }

  /** Milliseconds until the next look. */
  private async poll(isLatest: () => boolean): Promise<number> {
    try {
      await this.meetListeners([...this.streams], isLatest);
      const tooOld = after(this.clock.now(), -HELD_BACK_MS);
      const [horizon, heldBack] = await this.db.read((tx) => Promise.all([this.store.horizon(tx), this.store.isHeldBack(tx, tooOld)]));
      if (!isLatest()) return QUIET_EVERY_MS;
      this.noticeRestore(horizon);
      const told = this.position ? await this.tellAfter(this.position, isLatest) : 0;
      if (isLatest() && !heldBack) this.pulse.felt();
      if (told === PAGE) return 0;
      return told > 0 ? BUSY_EVERY_MS : QUIET_EVERY_MS;
    } catch {
      // Postgres is away: readiness says so, the beat stops, and the streams stay open for when it is back.
      return QUIET_EVERY_MS;
    }
  }

  /** After a restore the records are other ones than those the open streams were told of: everybody loads everything afresh. */
  private noticeRestore({ epoch, xact }: { epoch: number; xact: bigint }): void {
    if (this.epoch !== null && epoch > this.epoch) {
      this.position = { xact, seq: 0n };
      for (const stream of this.streams) stream.restart({ epoch, xact, seq: 0n });
    }
    this.epoch = Math.max(epoch, this.epoch ?? epoch);
  }

  private async tellAfter(position: Position, isLatest: () => boolean): Promise<number> {
    const events: StreamEvent[] = await this.db.read((tx) => this.store.eventsAfter(tx, position, PAGE));
    if (!isLatest()) return 0;
    this.position = events.at(-1)?.cursor ?? position;
    for (const stream of this.streams) if (stream.joined) for (const event of events) stream.offer(event);
    return events.length;
  }

  /** Ends streams whose session has ended, and learns the others' roles and programmes of now, before they are told more. */
  private async meetListeners(streams: readonly LiveStream[], isLatest: () => boolean): Promise<void> {
    const live = await this.sessions.stillLive(streams.map((stream) => stream.sessionId));
    const members = await this.db.read((tx) => this.store.memberships(tx, streams.map((stream) => stream.personId)));
    if (!isLatest()) return;
    const programmes = new Map<string, Set<string>>();
    for (const { personId, programmeId } of members) programmes.set(personId, (programmes.get(personId) ?? new Set()).add(programmeId));
    for (const stream of streams) {
      const roles = live.get(stream.sessionId);
      if (roles) stream.listensAs(roles, programmes.get(stream.personId) ?? new Set());
      else stream.close();
    }
  }
}
