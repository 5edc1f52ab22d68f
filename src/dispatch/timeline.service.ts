import { Injectable } from '@nestjs/common';
import type { Role } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { encodeCursor } from '../platform/http/paging.js';
import type { TimelineView } from './contract.js';
import type { HandGateCode } from './domain/by-hand.js';
import { detailOf, summaryOf } from './domain/timeline.js';
import { GatesConfig } from './gate-rules.js';
import { TIMELINE_LINES, ViewsStore, type EventRow, type TimelineMark } from './views.store.js';

/** Every step of a request: who, when, how long after the one before. */
@Injectable()
export class TimelineService {
  constructor(
    private readonly views: ViewsStore,
    private readonly gates: GatesConfig,
  ) {}

  /** The newest lines, or those right before `mark`, oldest first. */
  async of(tx: Tx, requestId: string, mark: TimelineMark | null, readers: readonly Role[]): Promise<TimelineView> {
    const found = await this.views.timelineOf(tx, requestId, mark, TIMELINE_LINES + 1);
    const rows = await this.forReaders(tx, requestId, found.slice(0, TIMELINE_LINES).toReversed(), readers);
    const earlier = found.at(TIMELINE_LINES);
    const first = rows[0];
    const personIds = rows.flatMap(({ data }) => (typeof data['personId'] === 'string' ? [data['personId']] : []));
    const names = await this.views.namesOf(tx, [...new Set(personIds)]);
    const items = rows.map((row, index) => {
      const personName = names.get(String(row.data['personId'])) ?? null;
      return {
        at: row.at.toISOString(), type: row.type, actorKind: row.actorKind, actorName: row.actorName, personName,
        summary: summaryOf(row.type, row.data, personName), detail: detailOf(row.data),
        sinceLastMs: row.at.getTime() - (rows[index - 1]?.at ?? (earlier ?? row).at).getTime(),
      };
    });
    return { items, nextCursor: earlier && first ? encodeCursor([first.at, first.seq]) : null };
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
