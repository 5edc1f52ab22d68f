import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import type { AccountPrincipal, Principal } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { isInHand, type Escalation } from '../requests/domain/escalation.js';
import { EscalationsService } from '../requests/escalations.service.js';
import { RequestRecords } from '../requests/request-records.js';
import { DispatchStore } from './dispatch.store.js';

const CONTACT = 'request.contact';

/** A request of a programme the reader is in. */
interface Near {
  readonly id: string;
  /** Only while the assignment lives: afterwards the story is closed to the peer again. */
  readonly leadPersonId: string | null;
  readonly escalations: readonly Pick<Escalation, 'closedAt' | 'acknowledgedBy'>[];
}

/** Who may open callback, story and place of a request: `request.contact` in `config/roles.json`, by what somebody is to it. */
@Injectable()
export class ContactReach {
  constructor(
    private readonly access: AccessService,
    private readonly store: DispatchStore,
    private readonly records: RequestRecords,
    private readonly escalations: EscalationsService,
    private readonly programmes: ProgrammesService,
  ) {}

  async mayOpen(tx: Tx, reader: Principal, requestId: string): Promise<boolean> {
    if (reader.kind !== 'account') return false;
    const request = await this.records.find(tx, requestId);
    if (!request) return false;
    const near: Near = {
      id: requestId, leadPersonId: (await this.store.liveInSeat(tx, requestId, 'lead'))?.personId ?? null, escalations: await this.escalations.openOf(tx, requestId),
    };
    return (await this.among(tx, reader, [near], await this.programmes.isMember(tx, reader.personId, request.programmeId))).has(requestId);
  }

  /** Those of the requests whose contact the reader may open. */
  async among(tx: Tx, reader: AccountPrincipal, requests: readonly Near[], inProgramme = true): Promise<Set<string>> {
    const inHand = new Set(requests.filter(({ escalations }) => escalations.some((each) => isInHand(each, reader.accountId))).map(({ id }) => id));
    const apart = new Set(inHand.size === 0 ? [] : await this.store.apartAmong(tx, reader.personId, [...inHand]));
    const open = requests.filter(({ id, leadPersonId }) => this.access.allows(reader, CONTACT, {
      inProgramme, isAssigned: leadPersonId === reader.personId, hasEscalation: inHand.has(id), mayMeet: !apart.has(id),
    }));
    return new Set(open.map(({ id }) => id));
  }
}
