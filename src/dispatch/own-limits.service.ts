import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { RequestRecords } from '../requests/request-records.js';
import { CourseService } from './course.service.js';
import { DispatchStore } from './dispatch.store.js';
import { withinOwnLimits } from './domain/gates.js';
import { FieldService } from './field.service.js';
import { OffersService } from './offers.service.js';

/** What somebody is asked already, once their limits have changed. */
@Injectable()
export class OwnLimits {
  constructor(
    private readonly store: DispatchStore,
    private readonly records: RequestRecords,
    private readonly courses: CourseService,
    private readonly field: FieldService,
    private readonly offers: OffersService,
  ) {}

  /**
   * In the transaction that changed the limits: what lies beyond them goes to somebody else, and the trail names the engine
   * alone. An offer made at that very moment cannot be accepted, and runs out by itself. Locks: requests, by id.
   */
  async giveBackBeyond(tx: Tx, personId: string, now: Date): Promise<void> {
    const asked = (await this.store.pendingOffersFor(tx, personId)).filter(({ purpose }) => purpose === 'contact');
    const beyond = new Set<string>();
    for (const requestId of [...new Set(asked.map(({ subjectId }) => subjectId))].sort()) {
      const request = await this.records.lock(tx, requestId);
      if (!request) continue;
      const course = await this.courses.load(tx, request);
      for (const { id, seat } of course.pendingOffers.filter((offer) => offer.personId === personId)) {
        const { demand, candidate } = await this.field.peer(tx, course, personId, seat, now);
        if (candidate && !withinOwnLimits(candidate, demand)) beyond.add(id);
      }
    }
    if (beyond.size > 0) await this.offers.giveBackAll(tx, personId, now, ({ id }) => beyond.has(id));
  }
}
