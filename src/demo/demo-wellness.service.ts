import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { RelapsePolicyKeeping } from '../wellness/relapse-policy-keeping.service.js';
import { DemoStore } from './demo.store.js';

/** What keeps the demo's peers well, so that they may be asked: each programme has its relapse policy, and everybody has read it. */
@Injectable()
export class DemoWellness {
  constructor(
    private readonly store: DemoStore,
    private readonly programmes: ProgrammesService,
    private readonly policies: RelapsePolicyKeeping,
  ) {}

  async seed(tx: Tx): Promise<void> {
    for (const { id } of await this.programmes.list(tx)) await this.policies.publish(tx, id);
    for (const personId of await this.store.peers(tx)) await this.policies.acknowledgeAll(tx, personId);
  }
}
