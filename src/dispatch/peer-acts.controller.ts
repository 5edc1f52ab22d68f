import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, actorOf, Me, NeverReplayed, personOf, Refuses, Subject, type Principal } from '../access/principal.js';
import { ApartService } from './apart.service.js';
import { MyAssignmentView, MyOfferView } from './contract.js';
import type { PeersTap } from './domain/assignment.js';
import { GivingUpService } from './giving-up.service.js';
import { MyWork } from './my-work.service.js';

/**
 * Giving a request on. One tap each, no reason asked, held against nobody. What is told as the same thing is kept under no
 * Idempotency-Key, so that none tells them apart; a repeat changes nothing by itself.
 */
@ApiTags('peer')
@Controller()
export class PeerActsController {
  constructor(
    private readonly givingUp: GivingUpService,
    private readonly apart: ApartService,
    private readonly work: MyWork,
  ) {}

  /** A decline that also keeps these two apart from now on. Nothing is refused for coming late: the offer is shown as it is. */
  @Post('offers/:id/known-person')
  @HttpCode(200)
  @Action('offer.known-person')
  @NeverReplayed()
  @Subject('offer')
  @ApiOkResponse({ type: MyOfferView })
  async knownFromOffer(@Me() me: Principal, @Param('id') id: string): Promise<MyOfferView> {
    return this.work.offer(await this.apart.fromOffer(id, personOf(me).personId, actorOf(me)));
  }

  /** Before contact the search goes on at once; in contact you stay until somebody has taken over. */
  @Post('assignments/:id/hand-back')
  @HttpCode(200)
  @Action('assignment.hand-back')
  @NeverReplayed()
  @Subject('assignment')
  @Refuses('assignment-ended')
  @ApiOkResponse({ type: MyAssignmentView })
  handBack(@Me() me: Principal, @Param('id') id: string): Promise<MyAssignmentView> {
    return this.giveUp(me, id, 'handed-back');
  }

  /** Ends without blame; these two are kept apart from now on. */
  @Post('assignments/:id/known-person')
  @HttpCode(200)
  @Action('assignment.known-person')
  @NeverReplayed()
  @Subject('assignment')
  @Refuses('assignment-ended')
  @ApiOkResponse({ type: MyAssignmentView })
  async knownPerson(@Me() me: Principal, @Param('id') id: string): Promise<MyAssignmentView> {
    await this.apart.fromAssignment(id, personOf(me).personId, actorOf(me));
    return this.work.assignment(id);
  }

  /** More than a peer can give: a supervisor is paged and the partner's script shown, and no further peer is asked. */
  @Post('assignments/:id/beyond-scope')
  @HttpCode(200)
  @Action('assignment.beyond-scope')
  @Subject('assignment')
  @Refuses('assignment-ended')
  @ApiOkResponse({ type: MyAssignmentView })
  beyondScope(@Me() me: Principal, @Param('id') id: string): Promise<MyAssignmentView> {
    return this.giveUp(me, id, 'beyond-scope');
  }

  /** I must go now. */
  @Post('assignments/:id/must-go')
  @HttpCode(200)
  @Action('assignment.must-go')
  @Subject('assignment')
  @Refuses('assignment-ended')
  @ApiOkResponse({ type: MyAssignmentView })
  mustGo(@Me() me: Principal, @Param('id') id: string): Promise<MyAssignmentView> {
    return this.giveUp(me, id, 'must-go');
  }

  private async giveUp(me: Principal, id: string, cause: Exclude<PeersTap, 'known-person'>): Promise<MyAssignmentView> {
    await this.givingUp.giveUp(id, personOf(me).personId, cause, actorOf(me));
    return this.work.assignment(id);
  }
}
