import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { AccountPrincipal } from '../access/principal.js';
import { SessionsService } from '../access/sessions.service.js';
import { SECOND_MS } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { DomainError } from '../platform/errors.js';
import { startOf, type Position } from './domain/cursor.js';
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
const RETRY_SECONDS = 15;

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
  private closed = false;

  constructor(
    private readonly store: LiveStore,
    private readonly sessions: SessionsService,
    private readonly db: Database,
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
    this.heartbeat = setInterval(() => this.streams.forEach((stream) => stream.beat()), HEARTBEAT_MS);
    this.lookIn(BUSY_EVERY_MS);
  }

  private lookIn(ms: number): void {
    this.timer = setTimeout(() => {
      this.polling = this.poll().then((nextMs) => {
        if (this.streams.size > 0 && !this.closed) this.lookIn(nextMs);
        else this.rest();
      });
    }, ms);
  }

  private rest(): void {
    clearInterval(this.heartbeat);
    this.timer = undefined;
    this.position = null;
  }

  /** Milliseconds until the next look. */
  private async poll(): Promise<number> {
    try {
      await this.meetListeners([...this.streams]);
      this.noticeRestore(await this.db.read((tx) => this.store.horizon(tx)));
      const told = this.position ? await this.tellAfter(this.position) : 0;
      if (told === PAGE) return 0;
      return told > 0 ? BUSY_EVERY_MS : QUIET_EVERY_MS;
    } catch {
      // Postgres is away: readiness says so, and the streams stay open for when it is back.
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

  private async tellAfter(position: Position): Promise<number> {
    const events: StreamEvent[] = await this.db.read((tx) => this.store.eventsAfter(tx, position, PAGE));
    this.position = events.at(-1)?.cursor ?? position;
    for (const stream of this.streams) if (stream.joined) for (const event of events) stream.offer(event);
    return events.length;
  }

  /** Ends streams whose session has ended, and learns the others' roles and programmes of now, before they are told more. */
  private async meetListeners(streams: readonly LiveStream[]): Promise<void> {
    const live = await this.sessions.stillLive(streams.map((stream) => stream.sessionId));
    const members = await this.db.read((tx) => this.store.memberships(tx, streams.map((stream) => stream.personId)));
    const programmes = new Map<string, Set<string>>();
    for (const { personId, programmeId } of members) programmes.set(personId, (programmes.get(personId) ?? new Set()).add(programmeId));
    for (const stream of streams) {
      const roles = live.get(stream.sessionId);
      if (roles) stream.listensAs(roles, programmes.get(stream.personId) ?? new Set());
      else stream.close();
    }
  }
}
