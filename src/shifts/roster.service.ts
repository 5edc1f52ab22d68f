import { Injectable } from '@nestjs/common';
import type { AccountPrincipal } from '../access/principal.js';
import type { PeerChange } from '../peers/domain/peer-record.js';
import { PeerKeeping } from '../peers/peer-keeping.service.js';
import { Ground } from '../platform/ground.js';
import { OnCallKeeping } from '../programmes/on-call-keeping.service.js';
import { ProgrammeKeeping } from '../programmes/programme-keeping.service.js';
import { AwayStore } from './away.store.js';
import { DutyFollow } from './duty-follow.service.js';

/** What admins change of people who may be on duty meanwhile; their duties follow in the same transaction. */
@Injectable()
export class RosterService {
  constructor(
    private readonly ground: Ground,
    private readonly aways: AwayStore,
    private readonly programmes: ProgrammeKeeping,
    private readonly onCall: OnCallKeeping,
    private readonly keeping: PeerKeeping,
    private readonly duties: DutyFollow,
  ) {}

  /** Harmless when they did not belong to it. Throws `not-found` for no programme. */
  async removeMember(by: AccountPrincipal, programmeId: string, personId: string): Promise<void> {
    const over = await this.ground.db.withTx(async (tx) => {
      await this.aways.lockPerson(tx, personId);
      if (!(await this.programmes.removeMember(tx, by, programmeId, personId))) return [];
      await this.onCall.strike(tx, programmeId, personId);
      return this.duties.follow(tx, by, personId);
    });
    await this.duties.end(personId, over);
  }

  /** Throws `not-found`, `stale-version` and `invalid`. */
  async changePeer(by: AccountPrincipal, personId: string, heldVersion: number, change: PeerChange): Promise<void> {
    const over = await this.ground.db.withTx(async (tx) => {
      await this.aways.lockPerson(tx, personId);
      const changed = await this.keeping.change(tx, by, personId, heldVersion, change);
      return changed ? this.duties.follow(tx, by, personId) : [];
    });
    await this.duties.end(personId, over);
  }
}
