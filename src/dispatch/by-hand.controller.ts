import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, actorOf, Me, personOf, Refuses, Subject, type Principal } from '../access/principal.js';
import { UnderKey, type Once } from '../platform/http/once.js';
import { ByHandService } from './by-hand.service.js';
import { StaffRequestView, type RequestView } from './contract.js';
import { DeskService } from './desk.service.js';
import { AssignByHandDto } from './match.contract.js';
import { OffersService } from './offers.service.js';
import { RequestReading } from './request-reading.service.js';
import { UndoCancel } from './undo-cancel.service.js';

/** Each answers with the request, so that the caller sees what happens next. */
@ApiTags('by hand')
@Controller()
export class ByHandController {
  constructor(
    private readonly byHand: ByHandService,
    private readonly desk: DeskService,
    private readonly undo: UndoCancel,
    private readonly offers: OffersService,
    private readonly reading: RequestReading,
  ) {}

  /** At once when the peer has agreed; else a directed offer, and nobody else is asked meanwhile. */
  @Post('requests/:id/assign')
  @HttpCode(200)
  @Action('request.assign')
  @Subject('request')
  @Refuses('not-searching-yet', 'request-not-open', 'request-already-assigned', 'peer-unavailable', 'gate-closed')
  @ApiOkResponse({ type: StaffRequestView })
  async assign(@Me() me: Principal, @Param('id') id: string, @Body() body: AssignByHandDto, @UnderKey() once: Once | null): Promise<RequestView> {
    await this.byHand.assign(personOf(me), id, body, once);
    return this.reading.one(me, id);
  }

  /** A new round at once: everybody who fits may be asked again. */
  @Post('requests/:id/re-offer')
  @HttpCode(200)
  @Action('request.re-offer')
  @Subject('request')
  @Refuses('not-searching-yet', 'request-not-open', 'request-already-assigned', 'search-stopped')
  @ApiOkResponse({ type: StaffRequestView })
  async reOffer(@Me() me: Principal, @Param('id') id: string, @UnderKey() once: Once | null): Promise<RequestView> {
    await this.desk.reOffer(personOf(me), id, once);
    return this.reading.one(me, id);
  }

  /** Takes a cancel back, within the seconds the policy gives. */
  @Post('requests/:id/undo-cancel')
  @HttpCode(200)
  @Action('request.undo-cancel')
  @Subject('request')
  @Refuses('request-not-open')
  @ApiOkResponse({ type: StaffRequestView })
  async undoCancel(@Me() me: Principal, @Param('id') id: string, @UnderKey() once: Once | null): Promise<RequestView> {
    await this.undo.undo(me, id, once);
    return this.reading.one(me, id);
  }

  /** The search goes on with somebody else. */
  @Post('offers/:id/withdraw')
  @HttpCode(200)
  @Action('offer.withdraw')
  @Subject('offer-of-request')
  @Refuses('offer-no-longer-open')
  @ApiOkResponse({ type: StaffRequestView })
  async withdraw(@Me() me: Principal, @Param('id') id: string, @UnderKey() once: Once | null): Promise<RequestView> {
    return this.reading.one(me, await this.offers.withdraw(id, actorOf(me), once));
  }
}
