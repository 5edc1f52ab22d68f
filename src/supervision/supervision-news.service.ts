import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { Events, SYSTEM } from '../platform/events.js';

/**
 * Has open pages look again. One kind of event for everything, without data, to each person by themself: who else follows
 * the stream, coordinators above all, hears nothing at all.
 */
@Injectable()
export class SupervisionNews {
  constructor(private readonly events: Events) {}

  async spread(tx: Tx, now: Date, aboutPersonId: string, personIds: readonly string[]): Promise<void> {
    const listeners = [...new Set(personIds)];
    await this.events.append(tx, now, ...listeners.map((personId) => ({
      type: 'supervision.changed' as const, subjectType: 'supervision', subjectId: aboutPersonId, programmeId: null, personId, staff: false, version: 1, actor: SYSTEM, data: {},
    })));
  }
}
