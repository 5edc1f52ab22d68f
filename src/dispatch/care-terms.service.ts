import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { CarePolicyService } from '../programmes/care-policy.service.js';
import { CatalogueService } from '../programmes/catalogue.service.js';
import { DutyService } from '../shifts/duty.service.js';
import { RelapsePolicies } from '../wellness/relapse-policies.service.js';
import { DispatchStore } from './dispatch.store.js';
import type { DemandFacts } from './domain/demand.js';
import { ratioReached } from './domain/ratio.js';

export interface Terms extends Pick<DemandFacts, 'care' | 'certifications' | 'ratioReached'> {
  /** The relapse policy peers must have acknowledged; null: there is none. */
  readonly policyId: string | null;
}

/** What a programme asks for the sake of its peers, as of now. */
@Injectable()
export class CareTerms {
  constructor(
    private readonly policies: CarePolicyService,
    private readonly catalogue: CatalogueService,
    private readonly relapsePolicies: RelapsePolicies,
    private readonly duty: DutyService,
    private readonly store: DispatchStore,
  ) {}

  async of(tx: Tx, programmeId: string, now: Date): Promise<Terms> {
    const { content: care } = await this.policies.current(tx, programmeId, now);
    return {
      care, certifications: care.requirements.certification ? await this.certifications(tx) : [],
      ratioReached: care.ratio.enforced && (await this.ratioReached(tx, programmeId, care.ratio.peersPerSupervisor, now)),
      policyId: await this.relapsePolicies.inEffect(tx, programmeId, now),
    };
  }

  private async certifications(tx: Tx): Promise<string[]> {
    const classes = await this.catalogue.credentialClasses(tx);
    return [...classes].flatMap(([code, credentialClass]) => (credentialClass === 'certification' ? [code] : []));
  }

  private async ratioReached(tx: Tx, programmeId: string, peersPerSupervisor: number, now: Date): Promise<boolean> {
    const supervisors = await this.duty.supervisorsFor(tx, programmeId, now);
    return ratioReached({ peersWithSomebody: await this.store.peersWithSomebody(tx, programmeId), supervisors, peersPerSupervisor });
  }
}
