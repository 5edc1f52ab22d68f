import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiTags, refs } from '@nestjs/swagger';
import { Action, actorOf, Me, NeverReplayed, personOf, Refuses, Subject, type Principal } from '../access/principal.js';
import { ConsultReading } from './consult-reading.service.js';
import { ConsultService } from './consult.service.js';
import { ConsultView, MyAssignmentList, MyAssignmentView, OfferList, MyOfferView } from './contract.js';
import { MyRest } from './my-rest.service.js';
import { MyWork } from './my-work.service.js';
import { OffersService } from './offers.service.js';

@ApiTags('peer')
@Controller()
export class MyWorkController {
  constructor(
    private readonly work: MyWork,
    private readonly offers: OffersService,
    private readonly consults: ConsultService,
    private readonly consulting: ConsultReading,
    private readonly rest: MyRest,
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
    const { personId } = personOf(me);
    return { items: await this.work.assignments(personId), restingUntil: (await this.rest.until(personId))?.toISOString() ?? null };
  }

  /**
   * First accept wins; the winner's repeat answers the same. An accept up to 5 s after `expiresAt` counts. Answers with the
   * assignment, or with the consult where advice was asked for.
   */
  @Post('offers/:id/accept')
  @HttpCode(200)
  @Action('offer.accept')
  @Subject('offer')
  @Refuses('offer-no-longer-open', 'request-already-assigned', 'peer-unavailable')
  @ApiExtraModels(MyAssignmentView, ConsultView)
  @ApiOkResponse({ schema: { oneOf: refs(MyAssignmentView, ConsultView) } })
  async accept(@Me() me: Principal, @Param('id') id: string): Promise<MyAssignmentView | ConsultView> {
    if ((await this.work.purposeOf(id)) === 'consult') return this.consulting.one(await this.consults.acceptOffer(personOf(me), id));
    const assignment = await this.offers.accept(id, personOf(me).personId, actorOf(me));
    return this.work.assignment(assignment.id);
  }

  /** No reason is asked, and the next ranking does not know of it. */
  @Post('offers/:id/decline')
  @HttpCode(200)
  @Action('offer.decline')
  @NeverReplayed()
  @Subject('offer')
  @Refuses('offer-no-longer-open')
  @ApiOkResponse({ type: MyOfferView })
  async decline(@Me() me: Principal, @Param('id') id: string): Promise<MyOfferView> {
    const person = personOf(me);
    const consult = (await this.work.purposeOf(id)) === 'consult';
    return this.work.offer(consult ? await this.consults.declineOffer(person, id) : await this.offers.decline(id, person.personId, actorOf(me)));
  }
}
