import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, personOf, Refuses, type Principal } from '../access/principal.js';
import { EveningNowView, StartEveningDto } from './contract.js';
import { EveningService } from './evening.service.js';

/** Only a demo has evenings to play; anywhere else there is nothing here. */
@ApiTags('demo')
@Controller('demo/evening')
export class EveningController {
  constructor(private readonly evenings: EveningService) {}

  @Get()
  @Action('evening.read')
  @Refuses('not-found')
  @ApiOkResponse({ type: EveningNowView })
  now(): Promise<EveningNowView> {
    return this.evenings.now();
  }

  /** Simulated peers come on duty and simulated requests arrive, through the same services as real ones. */
  @Post()
  @Action('evening.start')
  @Refuses('not-found', 'evening-running', 'evening-without-peers')
  @ApiCreatedResponse({ type: EveningNowView })
  async start(@Me() me: Principal, @Body() body: StartEveningDto): Promise<EveningNowView> {
    await this.evenings.start(personOf(me), body.speed);
    return this.evenings.now();
  }

  /** What is still open of it is closed or cancelled, and the simulated peers go off duty. Harmless when none is played. */
  @Delete()
  @HttpCode(200)
  @Action('evening.stop')
  @Refuses('not-found')
  @ApiOkResponse({ type: EveningNowView })
  async stop(@Me() me: Principal): Promise<EveningNowView> {
    await this.evenings.stop(personOf(me));
    return this.evenings.now();
  }
}
