import { Injectable } from '@nestjs/common';
import { NotifyService } from '../notify/notify.service.js';
import { CredentialsService } from '../peers/credentials.service.js';
import { PeersService } from '../peers/peers.service.js';
import { Ground } from '../platform/ground.js';
import { after, HOUR_MS } from '../platform/time.js';
import { RelationsService } from '../supervision/relations.service.js';

/** A device that is off for longer hears of it when its owner opens the page. */
const NOTICE_LASTS_MS = 72 * HOUR_MS;

/** Tells a peer and whoever stands behind them that something ends soon: each term once. */
@Injectable()
export class CredentialReminders {
  constructor(
    private readonly ground: Ground,
    private readonly credentials: CredentialsService,
    private readonly peers: PeersService,
    private readonly relations: RelationsService,
    private readonly notify: NotifyService,
  ) {}

  due(now: Date, limit: number): Promise<string[]> {
    return this.credentials.dueReminders(now, limit);
  }

  /** The neutral notice: what ends is read on one's own page. Of a peer who no longer serves nobody is told. */
  async remind(id: string): Promise<void> {
    await this.ground.db.withTx(async (tx) => {
      const now = this.ground.clock.now();
      const credential = await this.credentials.takeReminder(tx, id, now);
      if (!credential || (await this.peers.profileOf(tx, credential.personId))?.status !== 'active') return;
      const { supervisorId, deputyId } = await this.relations.supervisorsOf(tx, credential.personId, now);
      // A check is between the peer and administration.
      const behind = credential.credentialClass === 'check' ? null : (supervisorId ?? deputyId);
      for (const personId of [credential.personId, ...(behind ? [behind] : [])]) {
        await this.notify.tell(tx, { personId, kind: 'inbox', subjectId: id, expiresAt: after(now, NOTICE_LASTS_MS), now });
      }
    });
  }
}
