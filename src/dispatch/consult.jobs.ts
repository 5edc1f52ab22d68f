import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import { Sweep } from '../platform/sweep.js';
import { ConsultReading } from './consult-reading.service.js';
import { ConsultService } from './consult.service.js';

@Injectable()
export class ConsultJobs implements OnModuleInit {
  constructor(
    private readonly sweep: Sweep,
    private readonly access: AccessService,
    private readonly consults: ConsultService,
    private readonly reading: ConsultReading,
  ) {}

  onModuleInit(): void {
    this.sweep.register({
      name: 'consults',
      due: (now, limit) => this.consults.due(now, limit),
      run: (consultId) => this.consults.pageAgain(consultId),
    });
    this.access.registerSubject({ kind: 'consult', visible: (principal, id) => this.reading.visible(principal, id) });
  }
}
