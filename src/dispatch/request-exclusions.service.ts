import { Injectable } from '@nestjs/common';
import type { AccountPrincipal } from '../access/principal.js';
import { ExclusionsService } from '../peers/exclusions.service.js';
import { Ground } from '../platform/ground.js';
import { RequestRecords } from '../requests/request-records.js';
import { RequestsService } from '../requests/requests.service.js';
import { ApartService } from './apart.service.js';
import { ByHandGates } from './by-hand-gates.service.js';

/** "Not this peer" for the requester of a request, whom the system knows by a hash, or for this request alone. No event and no audit entry says so. */
@Injectable()
export class RequestExclusions {
  constructor(
    private readonly requests: RequestsService,
    private readonly records: RequestRecords,
    private readonly gates: ByHandGates,
    private readonly exclusions: ExclusionsService,
    private readonly apart: ApartService,
    private readonly ground: Ground,
  ) {}

  /** Errors: 404, 422 `unknown-peer`. Repeats are harmless. */
  async exclude(me: AccountPrincipal, requestId: string, personId: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const request = await this.requests.findVisible(tx, me, requestId);
      await this.gates.requirePeer(tx, request.programmeId, personId);
      await this.exclusions.exclude(tx, personId, await this.records.keysToKeepApart(tx, requestId), this.ground.clock.now());
    });
    await this.apart.part(personId);
  }
}
