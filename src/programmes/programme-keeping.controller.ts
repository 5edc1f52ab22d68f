import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, personOf, Refuses, Subject, Versioned, type Principal } from '../access/principal.js';
import { Database } from '../platform/database/database.js';
import { VersionHeld } from '../platform/http/if-match.js';
import { decodeCursor, encodeCursor, pageOf } from '../platform/http/paging.js';
import {
  ChangeProgrammeDto, NewMemberDto, NewProgrammeDto, OnCallListDto, OnCallListView, PeoplePage, PeopleQuery, ProgrammeDetailView,
} from './admin.contract.js';
import { OnCallKeeping, type OnCallList } from './on-call-keeping.service.js';
import { PeopleService } from './people.service.js';
import { ProgrammeKeeping, type ProgrammeWithMembers } from './programme-keeping.service.js';

@ApiTags('programmes')
@Controller()
export class ProgrammeKeepingController {
  constructor(
    private readonly db: Database,
    private readonly programmes: ProgrammeKeeping,
    private readonly onCall: OnCallKeeping,
    private readonly people: PeopleService,
  ) {}

  @Get('programmes/:id')
  @Action('programme.read')
  @Subject('programme')
  @ApiOkResponse({ type: ProgrammeDetailView })
  async read(@Param('id') id: string): Promise<ProgrammeDetailView> {
    return detailView(await this.programmes.read(id));
  }

  @Post('programmes')
  @Action('programme.create')
  @ApiCreatedResponse({ type: ProgrammeDetailView })
  async create(@Me() me: Principal, @Body() body: NewProgrammeDto): Promise<ProgrammeDetailView> {
    const { name, timeZone, callingInstruction, callingInstructionEs, peersFirst = false, inPersonRule = 'with-team' } = body;
    const words = { callingInstruction: callingInstruction.trim(), callingInstructionEs: callingInstructionEs?.trim() ?? null };
    return detailView(await this.programmes.found(personOf(me), { name: name.trim(), timeZone, ...words, peersFirst, inPersonRule }));
  }

  @Patch('programmes/:id')
  @Action('programme.change')
  @Subject('programme')
  @Refuses('programme-in-use')
  @ApiOkResponse({ type: ProgrammeDetailView })
  async change(@Me() me: Principal, @Param('id') id: string, @VersionHeld() held: number, @Body() body: ChangeProgrammeDto): Promise<ProgrammeDetailView> {
    return detailView(await this.programmes.change(personOf(me), id, held, changeOf(body)));
  }

  /** From now on they see and serve the programme. Repeats are harmless. */
  @Post('programmes/:id/members')
  @HttpCode(200)
  @Action('programme.add-member')
  @Subject('programme')
  @ApiOkResponse({ type: ProgrammeDetailView })
  async addMember(@Me() me: Principal, @Param('id') id: string, @Body() body: NewMemberDto): Promise<ProgrammeDetailView> {
    return detailView(await this.programmes.addMember(personOf(me), id, body.personId));
  }

  @Get('programmes/:id/on-call')
  @Action('on-call.read')
  @Subject('programme')
  @ApiOkResponse({ type: OnCallListView })
  async readOnCall(@Param('id') id: string): Promise<OnCallListView> {
    return onCallView(await this.onCall.read(id, 'supervisors'));
  }

  @Put('programmes/:id/on-call')
  @Action('on-call.change')
  @Subject('programme')
  @Versioned()
  @ApiOkResponse({ type: OnCallListView })
  async setOnCall(@Me() me: Principal, @Param('id') id: string, @VersionHeld() held: number, @Body() body: OnCallListDto): Promise<OnCallListView> {
    return onCallView(await this.onCall.replace(personOf(me), id, 'supervisors', held, body.accountIds));
  }

  /** Who is called first for what needs a clinician. Nobody on it counts as supervisor on call by that. */
  @Get('programmes/:id/clinicians-on-call')
  @Action('on-call.read')
  @Subject('programme')
  @ApiOkResponse({ type: OnCallListView })
  async readClinicians(@Param('id') id: string): Promise<OnCallListView> {
    return onCallView(await this.onCall.read(id, 'clinicians'));
  }

  @Put('programmes/:id/clinicians-on-call')
  @Action('on-call.change')
  @Subject('programme')
  @Versioned()
  @ApiOkResponse({ type: OnCallListView })
  async setClinicians(@Me() me: Principal, @Param('id') id: string, @VersionHeld() held: number, @Body() body: OnCallListDto): Promise<OnCallListView> {
    return onCallView(await this.onCall.replace(personOf(me), id, 'clinicians', held, body.accountIds));
  }

  /** Who has an account, by name: the people an admin puts into programmes and on lists. */
  @Get('people')
  @Action('people.list')
  @ApiOkResponse({ type: PeoplePage })
  async listPeople(@Query() query: PeopleQuery): Promise<PeoplePage> {
    const [afterPersonId = null] = decodeCursor(query.cursor, ['uuid']) ?? [];
    const { search = null, role = null, limit } = query;
    const rows = await this.db.read((tx) => this.people.page(tx, { search: search?.trim() || null, role, afterPersonId, limit: limit + 1 }));
    return pageOf(rows, limit, (row) => ({ ...row }), (row) => encodeCursor([row.personId]));
  }
}

function changeOf({ name, callingInstruction, callingInstructionEs, ...rest }: ChangeProgrammeDto): ChangeProgrammeDto {
  const said = { ...rest, name: name?.trim(), callingInstruction: callingInstruction?.trim() };
  const known = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined && value !== null));
  return callingInstructionEs === undefined ? known : { ...known, callingInstructionEs: callingInstructionEs?.trim() ?? null };
}

function detailView({ members, ...programme }: ProgrammeWithMembers): ProgrammeDetailView {
  const { id, name, timeZone, callingInstruction, callingInstructionEs, peersFirst, inPersonRule, status, version } = programme;
  return {
    id, name, timeZone, callingInstruction, callingInstructionEs, peersFirst, inPersonRule, status, version,
    members: members.map(({ personId, name: memberName, roles }) => ({ personId, name: memberName, roles: [...roles] })),
  };
}

function onCallView({ items, version }: OnCallList): OnCallListView {
  return { items: items.map(({ accountId, personId, name, active }) => ({ accountId, personId, name, active })), version };
}
