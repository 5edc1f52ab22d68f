import { Injectable } from '@nestjs/common';
import type { Principal } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, type FieldError } from '../platform/errors.js';
import { CatalogueService } from '../programmes/catalogue.service.js';
import { PolicyService } from '../programmes/policy.service.js';
import type { Programme } from '../programmes/domain/programme.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import type { NeedsDto, ReceiveRequestDto } from './contract.js';
import type { CrisisRequest } from './domain/crisis-request.js';

const CATALOGUE_OF = { populations: 'population', experience: 'experience', skills: 'skill' } as const;

/** Who may bring what, and which codes exist. */
@Injectable()
export class IntakeRules {
  constructor(
    private readonly programmes: ProgrammesService,
    private readonly catalogue: CatalogueService,
    readonly policies: PolicyService,
  ) {}

  /** 404 when there is no such programme for this principal. Until the transaction ends nobody closes it. */
  async programmeFor(tx: Tx, principal: Principal, programmeId: string): Promise<Programme> {
    const programme = await this.programmes.hold(tx, programmeId);
    if (!programme || programme.status !== 'active' || !(await this.includes(tx, principal, programmeId))) throw new DomainError('not-found');
    return programme;
  }

  /** A partner knows its own requests; coordinators and supervisors those of their programmes. */
  async mayKnow(tx: Tx, principal: Principal, request: CrisisRequest): Promise<boolean> {
    if (principal.kind === 'api-key') return request.apiKeyId === principal.apiKeyId;
    return this.includes(tx, principal, request.programmeId);
  }

  async check(tx: Tx, dto: ReceiveRequestDto): Promise<void> {
    const faults = [...(await this.unknownCodes(tx, dto.needs, 'needs'))];
    if ((await this.catalogue.unknownCodes(tx, 'language', [dto.language])).length > 0) {
      faults.push({ field: 'language', code: 'unknown-code', message: 'No such language in the catalogue' });
    }
    if (faults.length > 0) throw new DomainError('invalid', { errors: faults });
  }

  async checkNeeds(tx: Tx, needs: NeedsDto | undefined, field: string): Promise<void> {
    const faults = await this.unknownCodes(tx, needs, field);
    if (faults.length > 0) throw new DomainError('invalid', { errors: faults });
  }

  private async unknownCodes(tx: Tx, needs: NeedsDto | undefined, field: string): Promise<FieldError[]> {
    const faults: FieldError[] = [];
    for (const [name, kind] of Object.entries(CATALOGUE_OF) as [keyof typeof CATALOGUE_OF, (typeof CATALOGUE_OF)[keyof typeof CATALOGUE_OF]][]) {
      const codes = needs?.[name];
      if (!codes || codes.length === 0) continue;
      const unknown = await this.catalogue.unknownCodes(tx, kind, codes);
      for (const code of unknown) {
        faults.push({ field: `${field}.${name}.${codes.indexOf(code)}`, code: 'unknown-code', message: 'No such code in the catalogue' });
      }
    }
    return faults;
  }

  private async includes(tx: Tx, principal: Principal, programmeId: string): Promise<boolean> {
    return principal.kind === 'api-key' ? true : this.programmes.isMember(tx, principal.personId, programmeId);
  }
}
