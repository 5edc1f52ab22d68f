import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import { Sweep } from '../platform/sweep.js';
import { FollowUpReading } from './follow-up-reading.service.js';
import { FollowUpReminders } from './follow-up-reminders.service.js';

@Injectable()
export class FollowUpsJobs implements OnModuleInit {
  constructor(
    private readonly sweep: Sweep,
    private readonly access: AccessService,
    private readonly reminders: FollowUpReminders,
    private readonly reading: FollowUpReading,
  ) {}

  onModuleInit(): void {
    this.sweep.register({
      name: 'follow-ups',
      due: (now, limit) => this.reminders.due(now, limit),
      run: (id) => this.reminders.remind(id),
    });
    this.access.registerSubject({ kind: 'follow-up', visible: (principal, id) => this.reading.visible('follow-up.attempt', principal, id) });
    this.access.registerSubject({ kind: 'follow-up-contact', visible: (principal, id) => this.reading.visible('follow-up.contact', principal, id) });
  }
}
