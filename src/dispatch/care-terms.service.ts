import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { CarePolicyService } from '../programmes/care-policy.service.js';
import { CatalogueService } from '../programmes/catalogue.service.js';
import { DutyService } from '../shifts/duty.service.js';
import { ratioReached } from '../supervision/domain/ratio.js';
import type { PolicyStanding } from '../wellness/domain/relapse-policy.js';
import { RelapsePolicies } from '../wellness/relapse-policies.service.js';
import { DispatchStore } from './dispatch.store.js';
import type { DemandFacts } from './domain/demand.js';

export interface Terms extends Pick<DemandFacts, 'care' | 'certifications' | 'ratioReached'> {
  /** The relapse policy peers must have acknowledged; null: there is none. */
  readonly policyId: string | null;
  /** Where the programme stands by it. */
  readonly relapsePolicy: PolicyStanding;
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

  /** `requestId`: whoever hands it over is relieved by the one who takes it, and counts no more than once. */
  async of(tx: Tx, programmeId: string, requestId: string | null, now: Date): Promise<Terms> {
    const [{ content: care }, policyId, relapsePolicy] = await Promise.all([
      this.policies.current(tx, programmeId, now), this.relapsePolicies.inEffect(tx, programmeId, now), this.relapsePolicies.standing(tx, programmeId, now),
    ]);
    return {
      care, certifications: care.requirements.certification ? await this.certifications(tx) : [],
      ratioReached: care.ratio.enforced && (await this.ratioReached(tx, programmeId, requestId, care.ratio.peersPerSupervisor, now)),
      policyId, relapsePolicy,
    };
  }

  /**
   * Whether one more peer may be with somebody, at the moment they would be: from here to the end of the transaction nobody
   * else of the programme begins. The last lock but those of alarms.
   */
  async roomForOneMore(tx: Tx, programmeId: string, requestId: string, now: Date): Promise<boolean> {
    const { ratio } = (await this.policies.current(tx, programmeId, now)).content;
    if (!ratio.enforced) return true;
    await this.store.lockRatio(tx, programmeId);
    return !(await this.ratioReached(tx, programmeId, requestId, ratio.peersPerSupervisor, now));
  }

  /** Whoever is to be with somebody at once, from here to the end of the transaction: what is read after this counts everybody before. */
  async oneAfterTheOther(tx: Tx, programmeId: string, now: Date): Promise<void> {
    const { ratio } = (await this.policies.current(tx, programmeId, now)).content;
    if (ratio.enforced) await this.store.lockRatio(tx, programmeId);
  }

  private async certifications(tx: Tx): Promise<string[]> {
    const classes = await this.catalogue.credentialClasses(tx);
    return [...classes].flatMap(([code, credentialClass]) => (credentialClass === 'certification' ? [code] : []));
  }

  private async ratioReached(tx: Tx, programmeId: string, requestId: string | null, peersPerSupervisor: number, now: Date): Promise<boolean> {
    const supervisors = await this.duty.supervisorsFor(tx, programmeId, now);
    return ratioReached({ peersWithSomebody: await this.store.peersWithSomebody(tx, programmeId, requestId), supervisors, peersPerSupervisor });
  }
}
