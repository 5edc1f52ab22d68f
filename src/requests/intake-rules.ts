import { Injectable } from '@nestjs/common';
import type { Principal } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, type FieldError } from '../platform/errors.js';
import { CatalogueService } from '../programmes/catalogue.service.js';
import { Places } from '../programmes/places.service.js';
import { PolicyService } from '../programmes/policy.service.js';
import type { Programme } from '../programmes/domain/programme.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import type { NeedsDto, PreferenceDto, ReceiveRequestDto, TriageRequestDto } from './contract.js';
import type { CrisisRequest } from './domain/crisis-request.js';

const CATALOGUE_OF = { populations: 'population', experience: 'experience', skills: 'skill' } as const;

/** Who may bring what, and which codes exist. */
@Injectable()
export class IntakeRules {
  constructor(
    private readonly programmes: ProgrammesService,
    private readonly catalogue: CatalogueService,
    readonly policies: PolicyService,
    readonly places: Places,
  ) {}

  /** 404 when there is no such programme for this principal. Until the transaction ends nobody closes it. */
  async programmeFor(tx: Tx, principal: Principal, programmeId: string): Promise<Programme> {
    const [programme, includes] = await Promise.all([this.programmes.hold(tx, programmeId), this.includes(tx, principal, programmeId)]);
    if (programme?.status !== 'active' || !includes) throw new DomainError('not-found');
    return programme;
  }

  /** A partner knows its own requests; coordinators and supervisors those of their programmes. */
  async mayKnow(tx: Tx, principal: Principal, request: CrisisRequest): Promise<boolean> {
    if (principal.kind === 'api-key') return request.apiKeyId === principal.apiKeyId;
    return this.includes(tx, principal, request.programmeId);
  }

  async check(tx: Tx, dto: ReceiveRequestDto): Promise<void> {
    const faults = [...(await this.unknownCodes(tx, dto.needs, 'needs')), ...(await this.languageFaults(tx, dto.preferences))];
    if ((await this.catalogue.unknownCodes(tx, 'language', [dto.language])).length > 0) {
      faults.push({ field: 'language', code: 'unknown-code', message: 'No such language in the catalogue' });
    }
    if (faults.length > 0) throw new DomainError('invalid', { errors: faults });
  }

  /** What triage may add: needs, and languages that would be liked; no wish that a coordinator lifts with a reason. */
  async checkTriage(tx: Tx, { needs, preferences = [] }: TriageRequestDto): Promise<void> {
    const faults = [...(await this.unknownCodes(tx, needs, 'needs')), ...(await this.languageFaults(tx, preferences))];
    preferences.forEach(({ kind }, at) => {
      if (kind !== 'language') faults.push({ field: `preferences.${at}.kind`, code: 'only-at-intake', message: 'This wish is given at intake.' });
    });
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

  private async languageFaults(tx: Tx, preferences: readonly PreferenceDto[] = []): Promise<FieldError[]> {
    const languages = preferences.flatMap(({ kind, value, strength }, at) => (kind === 'language' ? [{ value, strength, at }] : []));
    if (languages.length === 0) return [];
    const unknown = await this.catalogue.unknownCodes(tx, 'language', languages.map(({ value }) => value));
    return languages.flatMap(({ value, strength, at }) => [
      ...(unknown.includes(value) ? [{ field: `preferences.${at}.value`, code: 'unknown-code', message: 'No such language in the catalogue' }] : []),
      ...(strength === 'must' ? [{ field: `preferences.${at}.strength`, code: 'would-like-only', message: 'A language that must be is the language of the request.' }] : []),
    ]);
  }

  private async includes(tx: Tx, principal: Principal, programmeId: string): Promise<boolean> {
    return principal.kind === 'api-key' ? true : this.programmes.isMember(tx, principal.personId, programmeId);
  }
}
