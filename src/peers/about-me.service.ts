import { Injectable } from '@nestjs/common';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, invalidField } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { CatalogueService } from '../programmes/catalogue.service.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { AboutMeStore } from './about-me.store.js';
import type { AboutMeView } from './about-me.contract.js';
import { strangers, traitSteps, type TraitSaid } from './domain/about-me.js';

interface AboutMeChange {
  /** undefined: stays; null: rather not say. */
  readonly gender?: string | null | undefined;
  readonly traits?: readonly TraitSaid[] | undefined;
}

/** What peers say of themselves and who may know. Nobody else is shown it, and nothing here says what was changed. */
@Injectable()
export class AboutMeService {
  constructor(
    private readonly store: AboutMeStore,
    private readonly catalogue: CatalogueService,
    private readonly programmes: ProgrammesService,
    private readonly ground: Ground,
  ) {}

  /** Throws `not-found` for whoever has no profile. */
  mine(personId: string): Promise<AboutMeView> {
    return this.ground.db.read((tx) => this.view(tx, personId));
  }

  /** Throws `not-found`, and `invalid` for a code that is not there or a trait that is not theirs; then nothing changes. */
  async change(me: AccountPrincipal, { gender, traits: said = [] }: AboutMeChange): Promise<AboutMeView> {
    const { personId } = me;
    return this.ground.db.withTx(async (tx) => {
      const before = await this.store.lock(tx, personId);
      if (!before) throw new DomainError('not-found');
      const held = await this.store.traits(tx, personId);
      const errors = strangers(held, said);
      if (errors.length > 0) throw new DomainError('invalid', { errors });
      const newGender = gender !== undefined && gender !== before.gender;
      if (newGender && gender !== null && (await this.catalogue.unknownCodes(tx, 'gender', [gender])).length > 0) {
        throw invalidField('gender', 'No such code in the catalogue.', 'unknown-code');
      }
      const steps = traitSteps(held, said);
      if (!newGender && steps.set.length === 0 && steps.withdraw.length === 0) return this.view(tx, personId);
      if (newGender) await this.store.setGender(tx, personId, gender);
      for (const trait of steps.set) await this.store.setConsent(tx, personId, trait);
      for (const trait of steps.withdraw) await this.store.withdraw(tx, personId, trait);
      await this.tell(tx, me, steps.told);
      return this.view(tx, personId);
    });
  }

  /** Others hear of it only where what they are shown differs. That there was a change is on record, what it was is not. */
  private async tell(tx: Tx, me: AccountPrincipal, told: boolean): Promise<void> {
    const [at, actor, { personId }] = [this.ground.clock.now(), actorOf(me), me];
    await this.ground.events.audit(tx, at, { action: 'about-me.change', subjectType: 'person', subjectId: personId, actor });
    // What they may be asked for differs as well.
    await this.ground.supply.owe(tx, [personId]);
    if (!told) return;
    const version = await this.store.nextVersion(tx, personId);
    for (const programmeId of await this.programmes.programmesOf(tx, personId)) {
      await this.ground.events.append(tx, at, { type: 'peer.changed', subjectType: 'peer', subjectId: personId, programmeId, personId, version, actor, data: {} });
    }
  }

  private async view(tx: Tx, personId: string): Promise<AboutMeView> {
    const profile = await this.store.profile(tx, personId);
    if (!profile) throw new DomainError('not-found');
    return { gender: profile.gender, traits: await this.store.traits(tx, personId) };
  }
}
