import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, personOf, Subject, type Principal } from '../access/principal.js';
import { VersionHeld } from '../platform/http/if-match.js';
import { AreaList, AreaView, ChangeAreaDto, NewAreaDto } from './admin.contract.js';
import { AreaKeeping } from './area-keeping.service.js';
import type { Area } from './area.store.js';
import { Counties } from './counties.service.js';

@ApiTags('programmes')
@Controller('areas')
export class AreasController {
  constructor(
    private readonly areas: AreaKeeping,
    private readonly counties: Counties,
  ) {}

  @Get()
  @Action('area.list')
  @ApiOkResponse({ type: AreaList })
  async list(): Promise<AreaList> {
    return { items: (await this.areas.list()).map((area) => this.view(area)) };
  }

  @Post()
  @Action('area.create')
  @ApiCreatedResponse({ type: AreaView })
  async create(@Me() me: Principal, @Body() body: NewAreaDto): Promise<AreaView> {
    return this.view(await this.areas.create(personOf(me), body.name.trim(), body.countyFips));
  }

  /** Peers of the area and offers follow at once. */
  @Patch(':id')
  @Action('area.change')
  @Subject('area')
  @ApiOkResponse({ type: AreaView })
  async change(@Me() me: Principal, @Param('id') id: string, @VersionHeld() held: number, @Body() body: ChangeAreaDto): Promise<AreaView> {
    const { name, countyFips } = body;
    return this.view(await this.areas.change(personOf(me), id, held, { ...(name && { name: name.trim() }), ...(countyFips && { countyFips }) }));
  }

  private view({ id, name, countyFips, version }: Area): AreaView {
    const counties = countyFips.map((fips) => ({ fips, name: this.counties.nameOf(fips) }));
    return { id, name, countyFips: [...countyFips], counties: counties.toSorted((a, b) => a.name.localeCompare(b.name)), version };
  }
}
