import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { CarePolicy } from './domain/care-policy.js';
import type { PolicyVersion } from './domain/policy-kind.js';
import { PolicyVersions } from './policy-versions.service.js';

/** What keeps peers well: read live, so that a change protects everybody from this moment on. */
@Injectable()
export class CarePolicyService {
  constructor(private readonly versions: PolicyVersions) {}

  /** Makes `content` the newest default, unless it already is, or an admin has decided otherwise since. */
  install(content: CarePolicy): Promise<void> {
    return this.versions.install('care', content);
  }

  /** The programme's first version of its own, from the product's; the caller's transaction makes the programme. */
  installFor(tx: Tx, programmeId: string, change: (standard: CarePolicy) => CarePolicy, at: Date): Promise<void> {
    return this.versions.installFor(tx, 'care', programmeId, change, at);
  }

  /** In effect for the programme at `now`. */
  current(tx: Tx, programmeId: string, now: Date): Promise<PolicyVersion<'care'>> {
    return this.versions.current(tx, 'care', programmeId, now);
  }
}
