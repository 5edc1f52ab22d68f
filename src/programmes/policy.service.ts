import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import type { DispatchPolicy, DispatchPolicyVersion } from './domain/policy.js';
import { PolicyVersions } from './policy-versions.service.js';

/** How requests are served: a request keeps the version it began with. */
@Injectable()
export class PolicyService {
  constructor(
    private readonly versions: PolicyVersions,
    private readonly clock: Clock,
  ) {}

  /** Makes `content` the newest default, unless it already is, or an admin has decided otherwise since. */
  install(content: DispatchPolicy): Promise<void> {
    return this.versions.install('dispatch', content);
  }

  /** The version new requests of the programme begin with. */
  current(tx: Tx, programmeId: string): Promise<DispatchPolicyVersion> {
    return this.versions.current(tx, 'dispatch', programmeId, this.clock.now());
  }

  byId(tx: Tx, id: string): Promise<DispatchPolicyVersion> {
    return this.versions.byId(tx, 'dispatch', id);
  }
}
