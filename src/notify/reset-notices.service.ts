import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AccountResetsService } from '../access/account-resets.service.js';
import { after, HOUR_MS } from '../platform/time.js';
import { NotifyService } from './notify.service.js';

const NOTICE_LASTS_MS = 24 * HOUR_MS;

/** Tells a person that somebody else has reset how they sign in: on the devices they had before it. */
@Injectable()
export class ResetNotices implements OnModuleInit {
  constructor(
    private readonly resets: AccountResetsService,
    private readonly notify: NotifyService,
  ) {}

  onModuleInit(): void {
    this.resets.useTeller(async (tx, { id, personId, at }) => {
      await this.notify.tell(tx, { personId, kind: 'sign-in-reset', subjectId: id, expiresAt: after(at, NOTICE_LASTS_MS), now: at });
    });
  }
}
