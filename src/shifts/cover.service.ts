import { Injectable } from '@nestjs/common';
import { after, HOUR_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { ChannelsService } from '../notify/channels.service.js';
import { Ground } from '../platform/ground.js';
import { OnCallService, type OnCallPerson } from '../programmes/on-call.service.js';
import { AwayStore } from './away.store.js';
import { CoverStore } from './cover.store.js';
import { coverOf, type SupervisorCover } from './domain/cover.js';
import { thinCover, UNREACHABLE, type There, type Thin } from './domain/thin-cover.js';
import { DutyStore } from './duty.store.js';

/** Long enough to call somebody in, short enough to be about this shift. */
const THIN_WITHIN_MS = 4 * HOUR_MS;
/** More programmes than any agency has; a guard, not a page. */
const MOST_PROGRAMMES = 1_000;

export interface Supervisor {
  readonly accountId: string;
  readonly personId: string;
  readonly displayName: string;
  readonly source: 'on-duty' | 'on-call';
  /** null: on the list, without an end. */
  readonly until: Date | null;
}

/** Whether somebody stands behind the peers of a programme, and who. */
@Injectable()
export class CoverService {
  constructor(
    private readonly duties: DutyStore,
    private readonly aways: AwayStore,
    private readonly cover: CoverStore,
    private readonly onCall: OnCallService,
    private readonly channels: ChannelsService,
    private readonly ground: Ground,
  ) {}

  /** On duty first, then the on-call list in its order; each person once, and nobody who is away. */
  async supervisorsFor(tx: Tx, programmeId: string, now: Date): Promise<Supervisor[]> {
    const onDuty = await this.duties.supervisorsOf(tx, programmeId, now);
    const onCall = await this.onCall.accountsFor(tx, programmeId);
    const away = new Set(await this.aways.amongPeople(tx, [...onDuty, ...onCall].map(({ personId }) => personId), now));
    const here = new Set(onDuty.map(({ personId }) => personId));
    return [
      ...onDuty.map((person) => ({ ...person, source: 'on-duty' as const })),
      ...onCall.filter(({ personId }) => !here.has(personId)).map((person) => ({ ...person, source: 'on-call' as const, until: null })),
    ].filter(({ personId }) => !away.has(personId));
  }

  /** On call for what needs a clinician, in the order of the list; nobody who is away. They stand behind no peer by that. */
  async cliniciansFor(tx: Tx, programmeId: string, now: Date): Promise<OnCallPerson[]> {
    const listed = await this.onCall.cliniciansFor(tx, programmeId);
    const away = new Set(await this.aways.amongPeople(tx, listed.map(({ personId }) => personId), now));
    return listed.filter(({ personId }) => !away.has(personId));
  }

  /** What is missing now or soon: peers, a supervisor, a supervisor who can be reached, a language that is spoken here or `wanted`. */
  async thinFor(tx: Tx, programmeId: string, wanted: readonly string[], now: Date): Promise<Thin[]> {
    const supervisors = await this.supervisorsFor(tx, programmeId, now);
    const behind = supervisors.map(({ until }): There => ({ as: 'supervisor', until, languages: [] }));
    const thin = thinCover([...(await this.duties.longestThere(tx, programmeId, now)), ...behind], wanted, now, THIN_WITHIN_MS);
    const told = supervisors.length === 0 || (await this.channels.anyReachable(tx, supervisors.map(({ personId }) => personId), now));
    return told ? thin : [UNREACHABLE, ...thin];
  }

  /** Notes a gap that opens and one that closes, so that the grace runs from when the last supervisor went. */
  async supervisorCover(tx: Tx, programmeId: string, now: Date, graceSeconds: number): Promise<SupervisorCover> {
    const { there, gapSince } = await this.stands(tx, programmeId, now);
    return coverOf(gapSince, there, now, graceSeconds);
  }

  /** Programmes whose last supervisor goes within that time, with nobody after them. */
  ending(tx: Tx, now: Date, withinMs: number): Promise<string[]> {
    return this.cover.ending(tx, now, after(now, withinMs), MOST_PROGRAMMES);
  }

  /** Programmes whose gap is to be noted. */
  unnoted(now: Date, limit: number): Promise<string[]> {
    return this.ground.db.read((tx) => this.cover.unnoted(tx, now, limit));
  }

  async noteGap(programmeId: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      await this.stands(tx, programmeId, this.ground.clock.now());
    });
  }

  /** Who is there, and since when nobody is; null while somebody is. A gap that opens or closes is noted. */
  private async stands(tx: Tx, programmeId: string, now: Date): Promise<{ there: readonly string[]; gapSince: Date | null }> {
    const [there, since] = await Promise.all([this.cover.covering(tx, programmeId, now), this.cover.gapSince(tx, programmeId)]);
    if (there.length > 0 && since) await this.cover.closeGap(tx, programmeId);
    if (there.length === 0 && !since) await this.cover.openGap(tx, programmeId, now);
    return { there, gapSince: there.length > 0 ? null : (since ?? now) };
  }
}
