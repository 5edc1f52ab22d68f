import { Injectable } from '@nestjs/common';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import { covers } from '../peers/domain/span.js';
import { PeersService } from '../peers/peers.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { AwayStore } from './away.store.js';
import { faultsOf, modeSinceOf, sinceOf, stretchOf, traitsOf, type CheckIn, type CheckInFacts, type DutyRole, type DutyRow } from './domain/duty.js';
import { DutyJournal } from './duty-journal.service.js';
import { DutyStore } from './duty.store.js';

@Injectable()
export class CheckInService {
  constructor(
    private readonly ground: Ground,
    private readonly aways: AwayStore,
    private readonly duties: DutyStore,
    private readonly journal: DutyJournal,
    private readonly peers: PeersService,
    private readonly programmes: ProgrammesService,
  ) {}

  /**
   * Puts the person on duty, or changes the duty they are on. Throws `not-allowed` without the role, `invalid` naming
   * each field, `you-are-away` to who has to return first.
   */
  async checkIn(who: AccountPrincipal, ask: CheckIn): Promise<DutyRow> {
    return this.ground.db.withTx(async (tx) => {
      await this.aways.lockPerson(tx, who.personId);
      const before = await this.duties.lock(tx, who.personId, ask.dutyAs);
      const facts = await this.factsOf(tx, who, ask.dutyAs);
      const now = this.ground.clock.now();
      const errors = faultsOf(ask, facts, now);
      if (errors.length > 0) throw new DomainError('invalid', { errors });
      const away = await this.aways.open(tx, who.personId);
      if (away && covers(away, now)) throw new DomainError('you-are-away');
      const since = sinceOf(before, ask.until, now);
      const duty = { ...ask, personId: who.personId, since, modeSince: modeSinceOf(before, { since, mode: ask.mode }, now) };
      if (before && stretchOf(before).since < stretchOf(duty).since) await this.duties.keepPeriod(tx, before, before.until < now ? before.until : now);
      const saved = await this.duties.save(tx, duty, traitsOf(ask, facts.languages));
      await this.journal.checkedIn(tx, now, before, saved, actorOf(who));
      return saved;
    });
  }

  private async factsOf(tx: Tx, who: AccountPrincipal, dutyAs: DutyRole): Promise<CheckInFacts & { languages: readonly string[] }> {
    // Asked of the records, not of the caller: the role may have gone while this call was waiting.
    if (!who.roles.includes(dutyAs) || !(await this.duties.mayServe(tx, who.personId, dutyAs))) throw new DomainError('not-allowed');
    const programmeIds = await this.programmes.programmesOf(tx, who.personId);
    if (dutyAs === 'supervisor') return { programmeIds, contactKinds: null, languages: [] };
    const profile = await this.peers.profileOf(tx, who.personId);
    if (profile?.status !== 'active') throw new DomainError('not-allowed');
    return { programmeIds, contactKinds: profile.contactKinds, languages: profile.languages };
  }
}
