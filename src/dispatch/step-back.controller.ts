import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, NeverReplayed, personOf, type Principal } from '../access/principal.js';
import { SteppedBackView } from '../wellness/contract.js';
import { StepBackService } from './step-back.service.js';

@ApiTags('my wellness')
@Controller('me')
export class StepBackController {
  constructor(private readonly steps: StepBackService) {}

  /** Away from this moment until they return by their own tap; and somebody gets in touch. No reason is asked. */
  @Post('step-back')
  @HttpCode(200)
  @Action('wellness.own')
  @NeverReplayed()
  @ApiOkResponse({ type: SteppedBackView })
  async stepBack(@Me() me: Principal): Promise<SteppedBackView> {
    const { from, until } = await this.steps.stepBack(personOf(me).personId);
    return { from: from.toISOString(), until: until?.toISOString() ?? null };
  }
}
