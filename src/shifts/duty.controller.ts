import { Body, Controller, Delete, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, personOf, Refuses, type Principal } from '../access/principal.js';
import { Places } from '../programmes/places.service.js';
import { CheckInService } from './check-in.service.js';
import { CheckInDto, CheckOutQuery, DutyView, MyDutyView } from './contract.js';
import type { CheckIn, DutyRole, DutyRow } from './domain/duty.js';
import { DutyService } from './duty.service.js';

@ApiTags('duty')
@Controller('me')
export class DutyController {
  constructor(
    private readonly checkIns: CheckInService,
    private readonly duty: DutyService,
    private readonly places: Places,
  ) {}

  @Get('duty')
  @Action('duty.read')
  @ApiOkResponse({ type: MyDutyView })
  async mine(@Me() me: Principal): Promise<MyDutyView> {
    return myDutyView(await this.duty.ofPerson(personOf(me).personId));
  }

  @Put('duty')
  @Action('duty.change')
  @Refuses('you-are-away')
  @ApiOkResponse({ type: DutyView })
  async checkIn(@Me() me: Principal, @Body() body: CheckInDto): Promise<DutyView> {
    return dutyView(await this.checkIns.checkIn(personOf(me), this.checkInOf(body)));
  }

  @Delete('duty')
  @HttpCode(204)
  @Action('duty.change')
  @Refuses('conflict')
  @ApiNoContentResponse({ description: 'Off duty, or leaving as soon as the contact is over' })
  async checkOut(@Me() me: Principal, @Query() query: CheckOutQuery): Promise<void> {
    await this.duty.checkOut(personOf(me).personId, query.as ?? null);
  }

  /** The answer to "are you still there?"; harmless when nobody asked. */
  @Post('still-here')
  @HttpCode(200)
  @Action('duty.still-here')
  @ApiOkResponse({ type: MyDutyView })
  async stillHere(@Me() me: Principal): Promise<MyDutyView> {
    const { personId } = personOf(me);
    await this.duty.stillHere(personId);
    return myDutyView(await this.duty.ofPerson(personId));
  }

  private checkInOf(body: CheckInDto): CheckIn {
    const countyFips = body.place ? this.places.countyOf(body.place) : null;
    return {
      dutyAs: body.as,
      mode: body.mode,
      programmeIds: [...new Set(body.programmeIds.map((id) => id.toLowerCase()))],
      until: new Date(body.until),
      contactKinds: body.contactKinds ?? [],
      maxAcuity: body.maxAcuity ?? null,
      buddyOnly: body.buddyOnly ?? false,
      capacity: body.capacity ?? 1,
      place: body.place ? { ...body.place, ...(countyFips && { countyFips }) } : null,
    };
  }
}

function myDutyView(rows: readonly DutyRow[]): MyDutyView {
  const as = (role: DutyRole): DutyView | null => {
    const row = rows.find(({ dutyAs }) => dutyAs === role);
    return row ? dutyView(row) : null;
  };
  return { peer: as('peer'), supervisor: as('supervisor') };
}

function dutyView(row: DutyRow): DutyView {
  return {
    as: row.dutyAs,
    mode: row.mode,
    programmeIds: [...row.programmeIds],
    until: row.until.toISOString(),
    contactKinds: [...row.contactKinds],
    maxAcuity: row.maxAcuity,
    buddyOnly: row.buddyOnly,
    capacity: row.capacity,
    place: row.place,
    since: row.since.toISOString(),
    draining: row.draining,
    stillHereAskedAt: row.stillHereAskedAt?.toISOString() ?? null,
    version: row.version,
  };
}
