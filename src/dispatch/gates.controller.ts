import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { Action } from '../access/principal.js';
import { GatesConfig } from './gate-rules.js';
import { LiftCountList } from './lifts.contract.js';
import { LiftsService } from './lifts.service.js';

class GateView {
  @ApiProperty() code: string;
  @ApiProperty({ description: 'The module whose facts it goes by' }) owner: string;
  @ApiProperty({ enum: ['hard', 'limit', 'wish'] }) class: 'hard' | 'limit' | 'wish';
  @ApiProperty({ enum: ['nobody', 'supervisor', 'coordinator'] }) mayLift: 'nobody' | 'supervisor' | 'coordinator';
}

class GateList {
  @ApiProperty({ type: [GateView] }) items: GateView[];
}

class LiftsQuery {
  @ApiPropertyOptional({ example: '2026-11', description: 'Of the calendar in UTC; left out: this month' })
  @IsOptional() @Matches(/^20\d{2}-(0[1-9]|1[0-2])$/) month?: string;
}

class LiftView {
  @ApiProperty() gate: string;
  @ApiProperty({ format: 'uuid' }) accountId: string;
  @ApiProperty({ description: 'Who lifted it' }) name: string;
  @ApiProperty() count: number;
}

class LiftList {
  @ApiProperty({ example: '2026-11' }) month: string;
  @ApiProperty({ type: [LiftView], description: 'Most often first' }) items: LiftView[];
}

@ApiTags('policies')
@Controller('gates')
export class GatesController {
  constructor(
    private readonly gates: GatesConfig,
    private readonly lifts: LiftsService,
  ) {}

  /** The rules that stand between a request and a peer: read only, they belong to the product. */
  @Get()
  @Action('gate.list')
  @ApiOkResponse({ type: GateList })
  list(): GateList {
    return { items: this.gates.all().map(({ code, owner, class: kind, mayLift }) => ({ code, owner, class: kind, mayLift })) };
  }

  /** How often each gate was lifted by whom in a month; never for whom. */
  @Get('lifts')
  @Action('gate.read-lifts')
  @ApiOkResponse({ type: LiftList })
  lifted(@Query() { month }: LiftsQuery): Promise<LiftList> {
    return this.lifts.of(month ?? null);
  }

  /** How often each gate was lifted in the last month that is over; never by whom or for whom. */
  @Get('lift-counts')
  @Action('gate.count-lifts')
  @ApiOkResponse({ type: LiftCountList })
  counted(): Promise<LiftCountList> {
    return this.lifts.counts();
  }
}
