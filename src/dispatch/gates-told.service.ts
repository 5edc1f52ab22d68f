import { Injectable } from '@nestjs/common';
import type { AccountPrincipal } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { CriticalContactsService } from '../supervision/critical-contacts.service.js';
import type { Candidate } from './domain/candidate.js';
import type { TellsGate } from './domain/why-nobody.js';
import { GatesConfig } from './gate-rules.js';

/** Which gate may be told to whom, of which peer. */
@Injectable()
export class GatesTold {
  constructor(
    readonly rules: GatesConfig,
    private readonly critical: CriticalContactsService,
  ) {}

  /** That somebody waits for their supervisor after a critical contact is for those who may make it, whatever their role. */
  async to(tx: Tx, reader: AccountPrincipal, candidates: readonly Candidate[], now: Date): Promise<TellsGate> {
    const named = this.rules.namedTo('after-critical-contact', reader.roles);
    const waiting = named ? candidates.flatMap(({ afterCriticalContact, personId }) => (afterCriticalContact ? [personId] : [])) : [];
    const told = await this.critical.toldOf(tx, reader.personId, waiting, now);
    return ({ personId }, gate) => this.rules.namedTo(gate, reader.roles) && (gate !== 'after-critical-contact' || told.has(personId));
  }
}
