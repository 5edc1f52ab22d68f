import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { RequestRecords } from '../requests/request-records.js';
import { DispatchStore } from './dispatch.store.js';
import { GivingUpService } from './giving-up.service.js';
import { OffersService } from './offers.service.js';

/**
 * What dispatch does before somebody leaves: offers go back, and unless they only check out, live assignments are handed
 * over. Every request concerned is locked first, by id, so that two who leave at once never wait in a circle.
 */
@Injectable()
export class LeavingService {
  constructor(
    private readonly store: DispatchStore,
    private readonly records: RequestRecords,
    private readonly offers: OffersService,
    private readonly givingUp: GivingUpService,
  ) {}

  async leave(tx: Tx, personId: string, how: 'check-out' | 'leave', now: Date): Promise<void> {
    const asked = (await this.store.pendingOffersFor(tx, personId)).filter(({ purpose }) => purpose === 'contact').map(({ subjectId }) => subjectId);
    const live = how === 'leave' ? (await this.store.liveAssignmentsOf(tx, personId)).map(({ requestId }) => requestId) : [];
    for (const requestId of [...new Set([...asked, ...live])].sort()) await this.records.lock(tx, requestId);
    await this.offers.giveBackAll(tx, personId, now);
    if (how === 'leave') await this.givingUp.leaveAll(tx, personId, now);
  }
}
