import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import { CredentialKeeping } from '../peers/credential-keeping.service.js';
import { Sweep } from '../platform/sweep.js';
import { READ } from './eligibility.service.js';
import { CredentialReminders } from './reminders.service.js';

@Injectable()
export class EligibilityJobs implements OnModuleInit {
  constructor(
    private readonly sweep: Sweep,
    private readonly access: AccessService,
    private readonly keeping: CredentialKeeping,
    private readonly reminders: CredentialReminders,
  ) {}

  onModuleInit(): void {
    this.sweep.register({
      name: 'credential-reminders',
      due: (now, limit) => this.reminders.due(now, limit),
      run: (id) => this.reminders.remind(id),
    });
    this.access.registerSubject({ kind: READ, visible: (who, personId) => this.keeping.mayOf(who, READ, personId) });
  }
}
