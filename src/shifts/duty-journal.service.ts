import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { Events, SYSTEM, type Actor } from '../platform/events.js';
import { SignsOfLife } from '../platform/signs-of-life.store.js';
import { Supply } from '../platform/supply.store.js';
import { ChannelsService } from '../notify/channels.service.js';
import type { DutyRow } from './domain/duty.js';
import { DutyStore } from './duty.store.js';

type DutyEvent = 'duty.started' | 'duty.changed' | 'duty.ended';

/** What follows from a change of duty: boards hear of it, there is an in-app channel as long as the duty, supply wakes demand. */
@Injectable()
export class DutyJournal {
  constructor(
    private readonly duties: DutyStore,
    private readonly channels: ChannelsService,
    private readonly events: Events,
    private readonly supply: Supply,
    private readonly signs: SignsOfLife,
  ) {}

  async checkedIn(tx: Tx, now: Date, before: DutyRow | null, duty: DutyRow, actor: Actor): Promise<void> {
    const left = before?.programmeIds.filter((id) => !duty.programmeIds.includes(id)) ?? [];
    await this.tell(tx, now, before ? 'duty.changed' : 'duty.started', duty, duty.programmeIds, actor);
    await this.tell(tx, now, 'duty.ended', duty, left, actor);
    await this.keepChannel(tx, duty.personId);
    await this.signs.seen(tx, [duty.personId], now);
    await this.backInSupply(tx, duty.personId);
  }

  /** Always told by the engine: who tapped what, or whether anybody did, would tell why they are leaving. */
  async draining(tx: Tx, now: Date, duty: DutyRow): Promise<void> {
    await this.tell(tx, now, 'duty.changed', duty, duty.programmeIds, SYSTEM);
  }

  async released(tx: Tx, now: Date, duty: DutyRow): Promise<void> {
    await this.tell(tx, now, 'duty.ended', { ...duty, version: duty.version + 1 }, duty.programmeIds, SYSTEM);
    await this.keepChannel(tx, duty.personId);
  }

  /** Between the duty and its peer: staff do not hear of it. */
  async askedStillHere(tx: Tx, at: Date, duty: DutyRow): Promise<void> {
    await this.events.append(tx, at, {
      type: 'duty.still-here-asked', subjectType: 'duty', subjectId: duty.personId, programmeId: null, personId: duty.personId, staff: false,
      version: duty.version, actor: SYSTEM, data: {},
    });
  }

  async backInSupply(tx: Tx, personId: string): Promise<void> {
    await this.supply.owe(tx, [personId]);
  }

  /** One event for each programme: the stream shows an event to the staff of its programme. */
  private async tell(tx: Tx, at: Date, type: DutyEvent, duty: DutyRow, programmeIds: readonly string[], actor: Actor): Promise<void> {
    for (const programmeId of programmeIds) {
      await this.events.append(tx, at, {
        type, subjectType: 'duty', subjectId: duty.personId, programmeId, personId: duty.personId, staff: true,
        version: duty.version, actor, data: { dutyAs: duty.dutyAs },
      });
    }
  }

  private async keepChannel(tx: Tx, personId: string): Promise<void> {
    const ends = (await this.duties.ofPerson(tx, personId)).map(({ until }) => until.getTime());
    await this.channels.keepInApp(tx, personId, ends.length > 0 ? new Date(Math.max(...ends)) : null);
  }
}
