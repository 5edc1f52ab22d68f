import { Injectable } from '@nestjs/common';
import { CredentialsService } from '../peers/credentials.service.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { credentialsOf } from './credentials.js';

/** Gives the demo's peers what they have learnt, attested by their supervisor. */
@Injectable()
export class DemoCredentials {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly clock: Clock,
  ) {}

  async seed(tx: Tx, peers: ReadonlyMap<string, { readonly personId: string }>, supervisorAccountId: string): Promise<void> {
    const now = this.clock.now();
    for (const [mailbox, { personId }] of peers) await this.credentials.enter(tx, personId, credentialsOf(mailbox, now), supervisorAccountId);
  }
}
