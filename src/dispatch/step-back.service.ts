import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Span } from '../peers/domain/span.js';
import { AwayService } from '../shifts/away.service.js';
import { AgreementsService } from '../wellness/agreements.service.js';
import { CasesService } from '../wellness/cases.service.js';

/**
 * Stepping back, and time off that was agreed: an away like any other, with what lies behind the wellness walls written in
 * the same transaction. Dispatch owns it, because leaving hands on what somebody held.
 */
@Injectable()
export class StepBackService implements OnModuleInit {
  constructor(
    private readonly aways: AwayService,
    private readonly cases: CasesService,
    private readonly agreements: AgreementsService,
  ) {}

  onModuleInit(): void {
    this.aways.keepWhile((personId) => this.agreements.leaveStands(personId));
    this.agreements.useLeaveDoor({
      begin: async (personId, also) => void (await this.aways.pause(personId, (tx, _, awayId) => also(tx, awayId))),
      end: (tx, personId, awayId) => this.aways.endIn(tx, personId, awayId),
    });
  }

  /** Outwardly a pause. Once this returns, nothing more is offered, and somebody is to be in touch. */
  stepBack(personId: string): Promise<Span> {
    return this.aways.pause(personId, (tx, now) => this.cases.openBySelf(tx, personId, now));
  }
}
