import { Injectable } from '@nestjs/common';
import type { Principal } from '../access/principal.js';
import { CredentialsService } from '../peers/credentials.service.js';
import type { Tx } from '../platform/database/tx.js';
import { invalidField } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { CarePolicyService } from '../programmes/care-policy.service.js';
import type { RequirementsPolicy } from '../programmes/domain/care-policy.js';
import type { Programme } from '../programmes/domain/programme.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { RelationsService } from '../supervision/relations.service.js';
import type { EligibilityView } from './contract.js';
import { billing, serving, type Billing, type Serving } from './domain/eligibility.js';

export const READ = 'eligibility.read';

/** Whether a peer may serve in a programme, and whether what they do may be claimed: two answers. */
@Injectable()
export class EligibilityService {
  constructor(
    private readonly ground: Ground,
    private readonly credentials: CredentialsService,
    private readonly programmes: ProgrammesService,
    private readonly care: CarePolicyService,
    private readonly relations: RelationsService,
  ) {}

  /** For each programme of the peer that the caller reaches, or for this one; throws `invalid` when it is none of those. */
  async of(who: Principal, personId: string, programmeId: string | null): Promise<EligibilityView[]> {
    return this.ground.db.read(async (tx) => {
      const theirs = new Set(await this.programmes.programmesOf(tx, personId));
      const seen = (await this.programmes.reach(tx, who, READ)).filter(({ id }) => theirs.has(id) && (programmeId === null || id === programmeId));
      if (programmeId !== null && seen.length === 0) throw invalidField('programmeId', 'The peer is in no such programme.', 'unknown-programme');
      return this.answers(tx, personId, seen);
    });
  }

  /** For each programme of the person. */
  async mine(personId: string): Promise<EligibilityView[]> {
    return this.ground.db.read(async (tx) => {
      const ids = new Set(await this.programmes.programmesOf(tx, personId));
      return this.answers(tx, personId, (await this.programmes.list(tx)).filter(({ id }) => ids.has(id)));
    });
  }

  private async answers(tx: Tx, personId: string, programmes: readonly Programme[]): Promise<EligibilityView[]> {
    const now = this.ground.clock.now();
    const held = await this.credentials.of(tx, personId);
    const { supervisorId } = await this.relations.supervisorsOf(tx, personId, now);
    const claim = billing(held, supervisorId !== null, now);
    const answers: EligibilityView[] = [];
    for (const { id, name } of programmes) {
      const { requirements } = (await this.care.current(tx, id, now)).content;
      answers.push({ programmeId: id, programme: name, ...servingView(requirements, serving(requirements, held, now)), billing: billingView(claim) });
    }
    return answers;
  }
}

function servingView({ training, certification }: RequirementsPolicy, { eligible, acuities, missing, lastsUntil }: Serving): Omit<EligibilityView, 'programmeId' | 'programme' | 'billing'> {
  return {
    eligible, acuities: [...acuities], asked: [...training], certificationAsked: certification,
    missing: missing.map(({ code, acuity, endedAt }) => ({ code, acuity, endedAt: endedAt?.toISOString() ?? null })), lastsUntil: lastsUntil?.toISOString() ?? null,
  };
}

function billingView({ billable, missing, lastsUntil }: Billing): EligibilityView['billing'] {
  return { billable, missing: [...missing], lastsUntil: lastsUntil?.toISOString() ?? null };
}
