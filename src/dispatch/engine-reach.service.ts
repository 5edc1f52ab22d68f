import { Injectable } from '@nestjs/common';
import type { Principal } from '../access/principal.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { EscalationsService } from '../requests/escalations.service.js';
import { RequestRecords } from '../requests/request-records.js';
import { ContactReach } from './contact-reach.service.js';
import { DispatchStore } from './dispatch.store.js';

type SubjectKind = 'request' | 'request-contact' | 'offer' | 'offer-of-request' | 'assignment' | 'escalation';

/** Which requests, offers, assignments and escalations there are for whom; and which requests are due. */
@Injectable()
export class EngineReach {
  constructor(
    private readonly db: Database,
    private readonly records: RequestRecords,
    private readonly store: DispatchStore,
    private readonly escalations: EscalationsService,
    private readonly programmes: ProgrammesService,
    private readonly contacts: ContactReach,
  ) {}

  due(now: Date, limit: number): Promise<string[]> {
    return this.db.read((tx) => this.records.due(tx, now, limit));
  }

  recordFailure(requestId: string, now: Date): Promise<void> {
    return this.db.withTx((tx) => this.records.recordFailure(tx, requestId, now));
  }

  visible(kind: SubjectKind, principal: Principal, id: string): Promise<boolean> {
    return this.db.read(async (tx) => {
      switch (kind) {
        case 'request':
          return this.requestVisible(tx, principal, id);
        case 'request-contact':
          return this.contacts.mayOpen(tx, principal, id);
        case 'offer':
          return principal.kind === 'account' && (await this.store.offer(tx, id))?.personId === principal.personId;
        case 'offer-of-request': {
          const offer = await this.store.offer(tx, id);
          return offer?.purpose === 'contact' && this.requestVisible(tx, principal, offer.subjectId);
        }
        case 'assignment':
          return principal.kind === 'account' && (await this.store.assignment(tx, id))?.personId === principal.personId;
        case 'escalation': {
          const escalation = await this.escalations.find(tx, id);
          return escalation !== null && this.requestVisible(tx, principal, escalation.requestId);
        }
      }
    });
  }

  private async requestVisible(tx: Tx, principal: Principal, id: string): Promise<boolean> {
    const request = await this.records.find(tx, id);
    if (!request) return false;
    if (principal.kind === 'api-key') return request.apiKeyId === principal.apiKeyId;
    return this.programmes.isMember(tx, principal.personId, request.programmeId);
  }
}
