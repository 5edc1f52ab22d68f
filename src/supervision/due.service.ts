import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { Ground } from '../platform/ground.js';
import { CarePolicyService } from '../programmes/care-policy.service.js';
import { SUPERVISION_TRACKS, type SupervisionPolicy, type SupervisionTrack } from '../programmes/domain/care-policy.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { dueAfter, dueStanding, firstDue, restrictsAt, type DueStanding } from './domain/due.js';
import { DueStore } from './due.store.js';

export interface Due {
  readonly personId: string;
  readonly track: SupervisionTrack;
  readonly dueAt: Date;
  readonly standing: DueStanding;
  /** The peer is asked for nothing from then on until it was held. */
  readonly restrictsAt: Date;
}

/** By when each peer's next session of each track is to be held. */
@Injectable()
export class DueService {
  constructor(
    private readonly store: DueStore,
    private readonly programmes: ProgrammesService,
    private readonly care: CarePolicyService,
    private readonly ground: Ground,
  ) {}

  /** The same date for each track that has none yet: for whoever begins with everything done. */
  async begin(tx: Tx, personId: string, dueAt: Date): Promise<void> {
    for (const track of SUPERVISION_TRACKS) await this.store.insertMissing(tx, { personId, track, dueAt });
  }

  /** With the session that was held. Whoever was overdue may be asked again at once. */
  async moveOn(tx: Tx, personId: string, track: SupervisionTrack, heldAt: Date): Promise<void> {
    const policies = await this.policiesOf(tx, personId, this.ground.clock.now());
    if (policies.length === 0) return;
    const dueAt = dueAfter(track, heldAt, await this.store.lock(tx, personId, track), policies, await this.store.since(tx, personId));
    await this.store.put(tx, { personId, track, dueAt });
    await this.ground.supply.owe(tx, [personId]);
  }

  /** The soonest first. */
  async ofPeople(tx: Tx, personIds: readonly string[], now: Date): Promise<Due[]> {
    const grace = new Map<string, number>();
    for (const personId of personIds) grace.set(personId, (await this.graceOf(tx, personId, now)) ?? 0);
    return (await this.store.ofPeople(tx, personIds)).map((row) => {
      const graceDays = grace.get(row.personId) ?? 0;
      return { ...row, standing: dueStanding(row.dueAt, graceDays, now), restrictsAt: restrictsAt(row.dueAt, graceDays) };
    });
  }

  /** Of several programmes the one that waits least; null: they are in none. */
  async graceOf(tx: Tx, personId: string, now: Date): Promise<number | null> {
    const days = (await this.policiesOf(tx, personId, now)).map(({ graceDays }) => graceDays);
    return days.length > 0 ? Math.min(...days) : null;
  }

  without(limit: number): Promise<string[]> {
    return this.ground.db.read((tx) => this.store.without(tx, limit));
  }

  /** First dates for somebody who has just become a peer. Until they belong to a programme nothing can be said, and nobody asks them. */
  async giveFirst(personId: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const now = this.ground.clock.now();
      const policies = await this.policiesOf(tx, personId, now);
      const since = await this.store.since(tx, personId);
      for (const track of SUPERVISION_TRACKS) {
        if (policies.length > 0) await this.store.insertMissing(tx, { personId, track, dueAt: firstDue(track, policies, since, now) });
      }
      await this.ground.supply.owe(tx, [personId]);
    });
  }

  private async policiesOf(tx: Tx, personId: string, now: Date): Promise<SupervisionPolicy[]> {
    const policies: SupervisionPolicy[] = [];
    for (const programmeId of await this.programmes.programmesOf(tx, personId)) policies.push((await this.care.current(tx, programmeId, now)).content.supervision);
    return policies;
  }
}
