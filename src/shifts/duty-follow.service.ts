import { Injectable } from '@nestjs/common';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { Ground } from '../platform/ground.js';
import { reshaped } from './domain/duty-shape.js';
import type { DutyRole } from './domain/duty.js';
import { RosterParts } from './roster-parts.service.js';

/**
 * Duties follow what an admin changed under them, one way for whoever changed it: in the same transaction each is fitted
 * to what is allowed now, so that the matcher never goes by what was true before; one that is left with nothing ends
 * afterwards like any check-out, which lets a contact run on.
 */
@Injectable()
export class DutyFollow {
  constructor(
    private readonly parts: RosterParts,
    private readonly ground: Ground,
  ) {}

  /** Fits each duty of the person. Returns those that are over, for `end` once this is committed. */
  async follow(tx: Tx, by: AccountPrincipal, personId: string): Promise<DutyRole[]> {
    const { duties, journal, peers, belongs } = this.parts;
    const rows = await duties.lockAll(tx, personId);
    if (rows.length === 0) return [];
    const profile = await peers.profileOf(tx, personId);
    const programmeIds = await belongs.programmesOf(tx, personId);
    const over: DutyRole[] = [];
    for (const row of rows) {
      const asPeer = row.dutyAs === 'peer';
      const contactKinds = profile?.status === 'active' ? profile.contactKinds : [];
      const shape = reshaped(row, { programmeIds, contactKinds: asPeer ? contactKinds : null, languages: asPeer ? (profile?.languages ?? []) : [] });
      if (shape.over) over.push(row.dutyAs);
      const saved = await duties.reshape(tx, row, shape);
      // Somebody on the way out is told of when they are gone, as ever.
      if (!row.draining && !shape.over) await journal.checkedIn(tx, this.ground.clock.now(), row, saved, actorOf(by));
    }
    return over;
  }

  async end(personId: string, roles: readonly DutyRole[]): Promise<void> {
    for (const dutyAs of roles) await this.parts.duty.checkOut(personId, dutyAs);
  }
}
