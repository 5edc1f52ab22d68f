import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, actorOf, Me, personOf, Refuses, Subject, type Principal } from '../access/principal.js';
import { MyAssignmentList, MyAssignmentView, OfferList, OfferView } from './contract.js';
import { MyWork } from './my-work.service.js';
import { OffersService } from './offers.service.js';

@ApiTags('peer')
@Controller()
export class MyWorkController {
  constructor(
    private readonly work: MyWork,
    private readonly offers: OffersService,
  ) {}

  @Get('me/offers')
  @Action('offer.list')
  @ApiOkResponse({ type: OfferList })
  async myOffers(@Me() me: Principal): Promise<OfferList> {
    return { items: await this.work.offers(personOf(me).personId) };
  }

  @Get('me/assignments')
  @Action('assignment.list')
  @ApiOkResponse({ type: MyAssignmentList })
  async myAssignments(@Me() me: Principal): Promise<MyAssignmentList> {
    return { items: await this.work.assignments(personOf(me).personId) };
  }

  /** First accept wins; the winner's repeat answers the same. An accept up to 5 s after `expiresAt` counts. */
  @Post('offers/:id/accept')
  @HttpCode(200)
  @Action('offer.accept')
  @Subject('offer')
  @Refuses('offer-no-longer-open', 'request-already-assigned', 'peer-unavailable')
  @ApiOkResponse({ type: MyAssignmentView })
  async accept(@Me() me: Principal, @Param('id') id: string): Promise<MyAssignmentView> {
    const assignment = await this.offers.accept(id, personOf(me).personId, actorOf(me));
    return this.work.assignment(assignment.id);
  }

  /** No reason is asked, and the next ranking does not know of it. */
  @Post('offers/:id/decline')
  @HttpCode(200)
  @Action('offer.decline')
  @Subject('offer')
  @Refuses('offer-no-longer-open')
  @ApiOkResponse({ type: OfferView })
  async decline(@Me() me: Principal, @Param('id') id: string): Promise<OfferView> {
    return this.work.offer(await this.offers.decline(id, personOf(me).personId, actorOf(me)));
  }
}
