import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { CheckInsService } from './check-ins.service.js';
import { CriticalContactsService } from './critical-contacts.service.js';
import { CriticalStore, type CheckInSeen, type CriticalContactSeen, type DebriefWished } from './critical.store.js';
import { DebriefsService } from './debriefs.service.js';

/** What of critical contacts is whose: exactly what they were told of and may answer. */
@Injectable()
export class CriticalReading {
  constructor(
    readonly store: CriticalStore,
    private readonly contacts: CriticalContactsService,
    private readonly checkIns: CheckInsService,
    private readonly wishes: DebriefsService,
  ) {}

  async open(tx: Tx, me: string, peerIds: readonly string[], coveredProgrammeIds: readonly string[]): Promise<CriticalContactSeen[]> {
    const found = await this.store.open(tx, me, peerIds, await this.programmesOf(tx, me, coveredProgrammeIds));
    return mine(found, (each) => this.contacts.mayContact(tx, me, each.assignmentId));
  }

  async checkInsDue(tx: Tx, me: string, peerIds: readonly string[], coveredProgrammeIds: readonly string[], by: Date): Promise<CheckInSeen[]> {
    const found = await this.store.checkInsDue(tx, me, peerIds, await this.programmesOf(tx, me, coveredProgrammeIds), by);
    return mine(found, (each) => this.checkIns.mayRecord(tx, me, each.id));
  }

  async debriefs(tx: Tx, me: string, peerIds: readonly string[]): Promise<DebriefWished[]> {
    const found = await this.store.wished(tx, me, peerIds, await this.store.ledBy(tx, me));
    return mine(found, (each) => this.wishes.mayHold(tx, me, each.assignmentId));
  }

  private async programmesOf(tx: Tx, me: string, covered: readonly string[]): Promise<string[]> {
    return [...covered, ...(await this.store.ledBy(tx, me))];
  }
}

async function mine<T>(found: readonly T[], may: (each: T) => Promise<boolean>): Promise<T[]> {
  const kept: T[] = [];
  for (const each of found) if (await may(each)) kept.push(each);
  return kept;
}
