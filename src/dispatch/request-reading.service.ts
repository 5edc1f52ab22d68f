import { Injectable } from '@nestjs/common';
import type { Principal } from '../access/principal.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { decodeCursor } from '../platform/http/paging.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import { RequestRecords } from '../requests/request-records.js';
import { RequestsService } from '../requests/requests.service.js';
import type { RequestView, TimelineView } from './contract.js';
import { CURSOR_PARTS, TIMELINE_CURSOR_PARTS, type RequestListQuery } from './request-list.query.js';
import { RequestViews } from './request-views.service.js';
import { TimelineService } from './timeline.service.js';

/** Requests for whoever asks: partners see their own and no peers, staff those of their programmes. */
@Injectable()
export class RequestReading {
  constructor(
    private readonly db: Database,
    private readonly requests: RequestsService,
    private readonly records: RequestRecords,
    private readonly programmes: ProgrammesService,
    private readonly views: RequestViews,
    private readonly timelines: TimelineService,
  ) {}

  async one(me: Principal, id: string): Promise<RequestView> {
    return this.db.read(async (tx) => {
      const [view] = await this.seenBy(tx, me, [await this.requests.findVisible(tx, me, id)]);
      if (!view) throw new Error(`no view of request ${id}`);
      return view;
    });
  }

  /** One more than the page holds, so that a further page shows itself. */
  async page(me: Principal, query: RequestListQuery): Promise<RequestView[]> {
    const [receivedAt, id] = decodeCursor(query.cursor, CURSOR_PARTS) ?? [];
    return this.db.read(async (tx) => {
      const rows = await this.records.list(tx, {
        programmeIds: me.kind === 'account' ? await this.programmes.programmesOf(tx, me.personId) : 'all',
        ...(me.kind === 'api-key' ? { apiKeyId: me.apiKeyId } : {}),
        ...(query.state ? { state: query.state } : {}),
        ...(query.acuity ? { acuity: query.acuity } : {}),
        ...(receivedAt && id ? { before: { receivedAt: new Date(receivedAt), id } } : {}),
        limit: query.limit + 1,
      });
      return this.seenBy(tx, me, rows);
    });
  }

  async timeline(me: Principal, id: string, cursor?: string): Promise<TimelineView> {
    const [at, seq] = decodeCursor(cursor, TIMELINE_CURSOR_PARTS) ?? [];
    return this.db.read(async (tx) => {
      await this.requests.findVisible(tx, me, id);
      return this.timelines.of(tx, id, at && seq ? { at: new Date(at), seq } : null, me.kind === 'account' ? me.roles : []);
    });
  }

  private async seenBy(tx: Tx, me: Principal, rows: readonly CrisisRequest[]): Promise<RequestView[]> {
    if (me.kind === 'api-key') return this.views.forPartner(tx, rows);
    return this.views.forStaff(tx, me, rows, await this.programmes.programmesOf(tx, me.personId));
  }
}
