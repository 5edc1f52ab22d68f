import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import type { Principal } from '../access/principal.js';
import { Database } from '../platform/database/database.js';
import { Sweep } from '../platform/sweep.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { AlarmsService } from './alarms.service.js';

/** Alarms page again until somebody has them; and whose they are. */
@Injectable()
export class AlarmsJobs implements OnModuleInit {
  constructor(
    private readonly sweep: Sweep,
    private readonly access: AccessService,
    private readonly db: Database,
    private readonly programmes: ProgrammesService,
    private readonly alarms: AlarmsService,
  ) {}

  onModuleInit(): void {
    this.sweep.register({
      name: 'alarms',
      due: (now, limit) => this.alarms.due(now, limit),
      run: (id) => this.alarms.pageDue(id),
    });
    this.access.registerSubject({ kind: 'alarm', visible: (principal, id) => this.visible(principal, id) });
  }

  private visible(principal: Principal, id: string): Promise<boolean> {
    return this.db.read(async (tx) => {
      const alarm = await this.alarms.find(tx, id);
      return alarm !== null && principal.kind === 'account' && this.programmes.isMember(tx, principal.personId, alarm.programmeId);
    });
  }
}
