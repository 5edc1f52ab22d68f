import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import type { Principal } from '../access/principal.js';
import { ExclusionsService } from '../peers/exclusions.service.js';
import { LimitsService } from '../peers/limits.service.js';
import { Queues } from '../platform/queues.js';
import { Sweep } from '../platform/sweep.js';
import { DutyService } from '../shifts/duty.service.js';
import { ApartService } from './apart.service.js';
import { DispatchService } from './dispatch.service.js';
import { EngineReach } from './engine-reach.service.js';
import { LeavingService } from './leaving.service.js';
import { OwnLimits } from './own-limits.service.js';
import { SupplyService } from './supply.service.js';

/** What peers say of themselves, and the engine follows at once. */
@Injectable()
export class OwnRows {
  constructor(
    readonly exclusions: ExclusionsService,
    readonly limits: LimitsService,
  ) {}
}

@Injectable()
export class EngineParts {
  constructor(
    readonly leaving: LeavingService,
    readonly apart: ApartService,
    readonly ownLimits: OwnLimits,
    readonly own: OwnRows,
    readonly reach: EngineReach,
    readonly supply: SupplyService,
  ) {}
}

/** Ties the engine to the things that call it: the queue, the sweep, a check-out, and the guard that asks what is whose. */
@Injectable()
export class EngineJobs implements OnModuleInit {
  constructor(
    private readonly queues: Queues,
    private readonly sweep: Sweep,
    private readonly duty: DutyService,
    private readonly access: AccessService,
    private readonly dispatch: DispatchService,
    private readonly parts: EngineParts,
  ) {}

  onModuleInit(): void {
    this.queues.handle('advance', (requestId) => this.dispatch.advance(requestId));
    this.queues.handle('supply', async (personId) => void (await this.parts.supply.settle(personId)));
    this.queues.handle('round', (programmeId) => this.parts.supply.round(programmeId));
    this.duty.onLeave((tx, personId, how, now) => this.parts.leaving.leave(tx, personId, how, now));
    this.parts.own.limits.onChange((tx, personId, now) => this.parts.ownLimits.giveBackBeyond(tx, personId, now));
    this.parts.own.exclusions.onExcluded((personId) => this.parts.apart.part(personId));
    this.sweep.register({
      name: 'requests',
      due: (now, limit) => this.parts.reach.due(now, limit),
      run: (requestId) => this.dispatch.advanceIfFree(requestId),
      failed: (requestId, now) => this.parts.reach.recordFailure(requestId, now),
    });
    this.sweep.register({
      name: 'rounds',
      due: (_now, limit) => this.parts.supply.dueRounds(limit),
      run: (programmeId) => this.parts.supply.dueRound(programmeId),
    });
    this.sweep.register({
      name: 'supply',
      due: (_now, limit) => this.parts.supply.due(limit),
      run: (personId) => this.parts.supply.settle(personId),
    });
    for (const kind of ['request', 'request-contact', 'offer', 'offer-of-request', 'assignment', 'escalation'] as const) {
      this.access.registerSubject({ kind, visible: (principal: Principal, id: string) => this.parts.reach.visible(kind, principal, id) });
    }
  }
}
