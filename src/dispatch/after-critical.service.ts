import { Injectable, type OnModuleInit } from '@nestjs/common';
import { after, HOUR_MS, MINUTE_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { Ground } from '../platform/ground.js';
import { Sweep } from '../platform/sweep.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import { RequestRecords } from '../requests/request-records.js';
import { CriticalContactsService } from '../supervision/critical-contacts.service.js';
import { groundsAtWord, type CriticalGround } from '../supervision/domain/critical-contact.js';
import type { Contact } from '../supervision/domain/strain.js';
import { DispatchStore } from './dispatch.store.js';
import type { Assignment } from './domain/assignment.js';
import { OffersService } from './offers.service.js';

/** A close-out takes less than a minute, and one tap says how it was: whoever has said nothing by then is not left alone with it. */
const SAYS_WITHIN_MS = 10 * MINUTE_MS;
/** Longer than anything could keep the sweep from looking. */
const LOOKS_BACK_MS = 30 * 24 * HOUR_MS;

interface Word {
  readonly intensity: NonNullable<Contact['intensity']>;
  /** Among the reasons of the close-out is one marked so in the catalogue. */
  readonly graveReason: boolean;
}

/** A contact was critical: everybody who sat in it waits for a supervisor, and what they are being asked goes to somebody else. */
@Injectable()
export class AfterCritical implements OnModuleInit {
  constructor(
    private readonly critical: CriticalContactsService,
    private readonly store: DispatchStore,
    private readonly records: RequestRecords,
    private readonly offers: OffersService,
    private readonly sweep: Sweep,
    private readonly ground: Ground,
  ) {}

  onModuleInit(): void {
    this.sweep.register({
      name: 'asked-after-critical',
      due: (_, limit) => this.ground.db.read((tx) => this.store.askedAfterCritical(tx, limit)),
      run: (personId) => this.ground.db.withTx((tx) => this.giveBack(tx, personId, this.ground.clock.now())),
    });
    this.sweep.register({
      name: 'unsaid-after-danger',
      due: (now, limit) => this.ground.db.read((tx) => this.store.unsaidAfterDanger(tx, unsaidAt(now), limit)),
      run: (assignmentId) => this.ground.db.withTx((tx) => this.presume(tx, assignmentId, this.ground.clock.now())),
    });
  }

  /**
   * Nobody has said how it was. After danger to somebody's life it counts as critical for whoever was with them. Danger that
   * was over before their time is presumed only: what they say themself until a supervisor asks counts instead.
   */
  private async presume(tx: Tx, assignmentId: string, now: Date): Promise<void | 'held'> {
    const lead = await this.store.assignment(tx, assignmentId);
    const [request] = lead ? await this.records.lockFree(tx, [lead.requestId]) : [];
    if (!lead || !request) return 'held';
    const [unsaid] = await this.store.unsaidAfterDanger(tx, unsaidAt(now), 1, lead.id);
    if (unsaid) await this.open(tx, request, lead, (await this.store.dangerWhile(tx, lead, now)) ? 'danger' : 'silence', now);
  }

  /** A word that turned out another is taken back: that of this lead alone, for whomever it was about. The caller holds the request's lock. */
  async takeBackWord(tx: Tx, lead: Assignment, now: Date): Promise<void> {
    await this.critical.takeBack(tx, { leadAssignmentId: lead.id, ground: 'word' }, now);
  }

  /**
   * A lead's own word on how it was and what it was about. Danger in their time and a grave reason count whatever they call it;
   * otherwise their word counts instead of what was presumed of them. The caller holds the request's lock.
   */
  async said(tx: Tx, request: Pick<CrisisRequest, 'programmeId'>, lead: Assignment, { intensity, graveReason }: Word, now: Date): Promise<void> {
    const grounds = groundsAtWord({ calledCritical: intensity === 'critical', graveReason, danger: await this.store.dangerWhile(tx, lead, now) });
    for (const ground of grounds) await this.open(tx, request, lead, ground, now);
    if (!grounds.includes('word')) await this.critical.takeBack(tx, { leadAssignmentId: lead.id, ground: 'silence' }, now);
  }

  /** For the lead and whoever sat with them. Again is harmless. */
  private async open(tx: Tx, request: Pick<CrisisRequest, 'programmeId'>, lead: Assignment, ground: CriticalGround, now: Date): Promise<void> {
    for (const { id: assignmentId, personId } of await this.store.satIn(tx, lead, now)) {
      await this.critical.open(tx, { assignmentId, personId, programmeId: request.programmeId }, { leadAssignmentId: lead.id, ground }, now);
      await this.giveBack(tx, personId, now);
    }
  }

  /**
   * As before a leaving: no decline, and the request goes on searching at once. One that somebody else holds at this moment
   * is passed by, as is an offer made at this very moment: neither can be accepted, and the sweep finds both.
   */
  private async giveBack(tx: Tx, personId: string, now: Date): Promise<void | 'held'> {
    const asked = (await this.store.pendingOffersFor(tx, personId)).filter(({ purpose }) => purpose === 'contact').map(({ subjectId }) => subjectId);
    if (asked.length === 0) return;
    const locked = new Set((await this.records.lockFree(tx, asked)).map(({ id }) => id));
    await this.offers.giveBackAll(tx, personId, now, ({ subjectId }) => locked.has(subjectId));
    return locked.size < asked.length ? 'held' : undefined;
  }
}

function unsaidAt(now: Date): { since: Date; endedBefore: Date } {
  return { since: after(now, -LOOKS_BACK_MS), endedBefore: after(now, -SAYS_WITHIN_MS) };
}
