import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import { RelationReading } from './relation-reading.service.js';

@Injectable()
export class RelationsJobs implements OnModuleInit {
  constructor(
    private readonly access: AccessService,
    private readonly reading: RelationReading,
  ) {}

  onModuleInit(): void {
    this.access.registerSubject({ kind: 'relation', visible: (principal, id) => this.reading.visibleToLead(principal, id) });
    this.access.registerSubject({ kind: 'own-relation', visible: (principal, id) => this.reading.isOwn(principal, id) });
  }
}
