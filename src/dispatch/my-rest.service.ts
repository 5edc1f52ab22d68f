import { Injectable } from '@nestjs/common';
import { AccountResetsService } from '../access/account-resets.service.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { CarePolicyService } from '../programmes/care-policy.service.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { CandidatesStore } from './candidates.store.js';
import { restOver } from './domain/rest-over.js';

/** What a peer is told of their own rest: the same rule the gates go by. */
@Injectable()
export class MyRest {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly candidates: CandidatesStore,
    private readonly policies: CarePolicyService,
    private readonly programmes: ProgrammesService,
    private readonly resets: AccountResetsService,
  ) {}

  /** Until then none of their programmes asks them, by themselves; null: they are not resting, or a reset has just been: how hard a contact was is not told to whoever came in by it. */
  until(personId: string): Promise<Date | null> {
    return this.db.read(async (tx) => {
      if (await this.resets.isSoonAfter(tx, personId)) return null;
      const now = this.clock.now();
      const contacts = await this.candidates.contactsOf(tx, personId, now);
      if (contacts.length === 0) return null;
      const care = [];
      for (const programmeId of await this.programmes.programmesOf(tx, personId)) care.push((await this.policies.current(tx, programmeId, now)).content);
      return restOver(contacts, care, now);
    });
  }
}
