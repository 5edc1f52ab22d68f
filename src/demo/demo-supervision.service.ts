import { Injectable } from '@nestjs/common';
import { after, Clock, HOUR_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { AppointingService } from '../supervision/appointing.service.js';
import { DueService } from '../supervision/due.service.js';
import type { Seeded } from './demo.service.js';
import { DEPUTY_MAILBOX, SUPERVISOR_MAILBOX } from './people.js';

/** Nothing is due sooner: the demo stays dispatchable while somebody looks at it. */
const FIRST_DUE_DAYS = 21;

/** Everybody of the demo has somebody behind them, from the first minute. */
@Injectable()
export class DemoSupervision {
  constructor(
    private readonly appointing: AppointingService,
    private readonly due: DueService,
    private readonly clock: Clock,
  ) {}

  /** With the transaction that entered them; of a database that was left as it is there is nobody. */
  async seed(tx: Tx, { staff, peers }: Pick<Seeded, 'staff' | 'peers'>): Promise<void> {
    const [supervisor, deputy] = [staff.get(SUPERVISOR_MAILBOX), staff.get(DEPUTY_MAILBOX)];
    if (!supervisor || !deputy) return;
    const now = this.clock.now();
    for (const { personId } of peers.values()) {
      await this.appointing.found(tx, { personId, supervisorId: supervisor.personId, kind: 'supervisor' }, supervisor.accountId, now);
      await this.appointing.found(tx, { personId, supervisorId: deputy.personId, kind: 'deputy' }, supervisor.accountId, now);
      await this.due.begin(tx, personId, after(now, FIRST_DUE_DAYS * 24 * HOUR_MS));
    }
  }
}
