import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { TimelineItemView } from './contract.js';
import { summaryOf } from './domain/timeline.js';
import { ViewsStore } from './views.store.js';

/** Every step of a request: who, when, how long after the one before. */
@Injectable()
export class TimelineService {
  constructor(private readonly views: ViewsStore) {}

  async of(tx: Tx, requestId: string): Promise<TimelineItemView[]> {
    const rows = await this.views.timelineOf(tx, requestId);
    const personIds = rows.flatMap(({ data }) => (typeof data['personId'] === 'string' ? [data['personId']] : []));
    const names = await this.views.namesOf(tx, [...new Set(personIds)]);
    return rows.map((row, index) => ({
      at: row.at.toISOString(), type: row.type, actorKind: row.actorKind, actorName: row.actorName,
      summary: summaryOf(row.type, row.data, names.get(String(row.data['personId'])) ?? null),
      sinceLastMs: row.at.getTime() - (rows[index - 1]?.at ?? row.at).getTime(),
    }));
  }
}
