import { Injectable } from '@nestjs/common';
import type { Role } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import type { TimelineItemView } from './contract.js';
import type { HandGateCode } from './domain/by-hand.js';
import { detailOf, summaryOf } from './domain/timeline.js';
import { GatesConfig } from './gate-rules.js';
import { ViewsStore, type EventRow } from './views.store.js';

/** Every step of a request: who, when, how long after the one before. */
@Injectable()
export class TimelineService {
  constructor(
    private readonly views: ViewsStore,
    private readonly gates: GatesConfig,
  ) {}

  async of(tx: Tx, requestId: string, readers: readonly Role[]): Promise<TimelineItemView[]> {
    const rows = await this.forReaders(tx, requestId, await this.views.timelineOf(tx, requestId), readers);
    const personIds = rows.flatMap(({ data }) => (typeof data['personId'] === 'string' ? [data['personId']] : []));
    const names = await this.views.namesOf(tx, [...new Set(personIds)]);
    return rows.map((row, index) => {
      const personName = names.get(String(row.data['personId'])) ?? null;
      return {
        at: row.at.toISOString(), type: row.type, actorKind: row.actorKind, actorName: row.actorName, personName,
        summary: summaryOf(row.type, row.data, personName), detail: detailOf(row.data),
        sinceLastMs: row.at.getTime() - (rows[index - 1]?.at ?? row.at).getTime(),
      };
    });
  }

  /** The gate of a lift stands with the override, and is put in only for those it may be named to. */
  private async forReaders(tx: Tx, requestId: string, rows: readonly EventRow[], readers: readonly Role[]): Promise<EventRow[]> {
    const gates = rows.some(({ type }) => type === 'gate.overridden') ? await this.views.liftedGatesOf(tx, requestId) : new Map<string, HandGateCode>();
    return rows.map((row) => {
      if (row.type !== 'gate.overridden') return row;
      const gate = gates.get(String(row.data['overrideId']));
      return { ...row, data: { ...row.data, gate: gate && this.gates.namedTo(gate, readers) ? gate : undefined } };
    });
  }
}
