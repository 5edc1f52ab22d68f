import { Injectable } from '@nestjs/common';
import type { AccountPrincipal, Principal } from '../access/principal.js';
import { Database } from '../platform/database/database.js';
import { decodeCursor } from '../platform/http/paging.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { CONSULT_CURSOR, type ConsultListQuery } from './consult-list.query.js';
import { ConsultStore, type ConsultSeen } from './consult.store.js';
import type { ConsultView } from './contract.js';
import { consultView } from './views.js';

/** Consults for whoever asks: supervisors see those of their programmes, leads their own. */
@Injectable()
export class ConsultReading {
  constructor(
    private readonly db: Database,
    private readonly store: ConsultStore,
    private readonly programmes: ProgrammesService,
  ) {}

  one(id: string): Promise<ConsultView> {
    return this.db.read(async (tx) => {
      const consult = await this.store.seen(tx, id);
      if (!consult) throw new Error(`no consult ${id}`);
      return consultView(consult);
    });
  }

  /** One more than the page holds, so that a further page shows itself. */
  page(me: AccountPrincipal, query: ConsultListQuery): Promise<ConsultSeen[]> {
    const [askedAt, id] = decodeCursor(query.cursor, CONSULT_CURSOR) ?? [];
    return this.db.read(async (tx) =>
      this.store.list(tx, {
        programmeIds: await this.programmes.programmesOf(tx, me.personId), open: query.open === undefined ? null : query.open === 'true',
        before: askedAt && id ? { askedAt: new Date(askedAt), id } : null, limit: query.limit + 1,
      }),
    );
  }

  /** Supervisors of the programme, and the lead who asked. */
  visible(principal: Principal, id: string): Promise<boolean> {
    return this.db.read(async (tx) => {
      const consult = await this.store.seen(tx, id);
      if (!consult || principal.kind !== 'account') return false;
      if (consult.personId === principal.personId) return true;
      return principal.roles.includes('supervisor') && this.programmes.isMember(tx, principal.personId, consult.programmeId);
    });
  }
}
