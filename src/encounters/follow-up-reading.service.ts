import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import type { Facts } from '../access/domain/matrix.js';
import type { AccountPrincipal, Principal } from '../access/principal.js';
import { Database } from '../platform/database/database.js';
import { decodeCursor } from '../platform/http/paging.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { RequestsService } from '../requests/requests.service.js';
import type { FollowUpContactView, FollowUpView } from './contract.js';
import { FOLLOW_UP_CURSOR, type FollowUpListQuery } from './follow-up-list.query.js';
import { FollowUpsStore, type FollowUpSeen } from './follow-ups.store.js';
import { followUpView } from './views.js';

/** Follow-ups for whoever asks: peers see their own, coordinators and supervisors those of their programmes. */
@Injectable()
export class FollowUpReading {
  constructor(
    private readonly db: Database,
    private readonly store: FollowUpsStore,
    private readonly access: AccessService,
    private readonly programmes: ProgrammesService,
    private readonly requests: RequestsService,
  ) {}

  one(id: string): Promise<FollowUpView> {
    return this.db.read(async (tx) => {
      const followUp = await this.store.seen(tx, id);
      if (!followUp) throw new Error(`no follow-up ${id}`);
      return followUpView(followUp);
    });
  }

  /** One more than the page holds, so that a further page shows itself. */
  page(me: AccountPrincipal, query: FollowUpListQuery): Promise<FollowUpSeen[]> {
    const [dueAt, id] = decodeCursor(query.cursor, FOLLOW_UP_CURSOR) ?? [];
    const reach = this.access.reach(me, 'follow-up.list').flat();
    return this.db.read(async (tx) =>
      this.store.list(tx, {
        personId: reach.includes('isOwn') ? me.personId : null,
        programmeIds: reach.includes('inProgramme') ? await this.programmes.programmesOf(tx, me.personId) : [],
        state: query.state ?? null, requestId: query.requestId ?? null, after: dueAt && id ? { dueAt: new Date(dueAt), id } : null, limit: query.limit + 1,
      }),
    );
  }

  /** How to reach the person, while a follow-up is owed to them; never the story. The reading is audited. */
  contact(me: AccountPrincipal, id: string): Promise<FollowUpContactView> {
    return this.db.withTx(async (tx) => {
      const followUp = await this.store.find(tx, id);
      if (!followUp) throw new Error(`no follow-up ${id}`);
      const programme = await this.programmes.get(tx, followUp.programmeId);
      const { callback } = await this.requests.readContact(tx, me, followUp.requestId);
      return { callback: callback?.open() ?? null, callingInstruction: programme?.callingInstruction ?? '', callingInstructionEs: programme?.callingInstructionEs ?? null };
    });
  }

  /** `action`: which of the three is asked for; what is closed has no contact any more. */
  visible(action: 'follow-up.attempt' | 'follow-up.contact', principal: Principal, id: string): Promise<boolean> {
    return this.db.read(async (tx) => {
      const followUp = await this.store.find(tx, id);
      if (!followUp || principal.kind !== 'account') return false;
      if (action === 'follow-up.contact' && followUp.state !== 'due') return false;
      const facts: Facts = {
        isOwn: followUp.personId === principal.personId, inProgramme: await this.programmes.isMember(tx, principal.personId, followUp.programmeId),
      };
      return this.access.reach(principal, action).some((relations) => relations.every((relation) => facts[relation]));
    });
  }
}
