import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, personOf, ShutAfterReset, Subject, type Principal } from '../access/principal.js';
import { SharedTraitList } from './shared-traits.contract.js';
import { SharedTraits } from './shared-traits.service.js';

@ApiTags('supervision')
@Controller()
export class SharedTraitsController {
  constructor(private readonly shared: SharedTraits) {}

  /** What a peer of one's own lets their supervisor know of themself. */
  @Get('supervision/peers/:id/shared-traits')
  @Action('shared-traits.read')
  @ShutAfterReset()
  @Subject('own-peer')
  @ApiOkResponse({ type: SharedTraitList })
  async of(@Me() me: Principal, @Param('id') personId: string): Promise<SharedTraitList> {
    return { items: await this.shared.of(personOf(me), personId) };
  }
}
