import { Body, Controller, Get, Inject, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { linkOf } from '../access/domain/one-time-link.js';
import { Action, Me, NeverReplayed, personOf, Refuses, Subject, type Principal } from '../access/principal.js';
import { CONFIG, type Config } from '../platform/config.js';
import { VersionHeld } from '../platform/http/if-match.js';
import { ownAddress } from '../platform/http/own-address.js';
import { decodeCursor, encodeCursor, pageOf } from '../platform/http/paging.js';
import { AccountList, AccountQuery, ChangeAccountDto, InviteDto, InvitedView, StaffView } from './staff.contract.js';
import { StaffService, type StaffSeen } from './staff.service.js';

@ApiTags('accounts')
@Controller('accounts')
export class StaffController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly staff: StaffService,
  ) {}

  /** Everybody with an account, by name. */
  @Get()
  @Action('account.list')
  @ApiOkResponse({ type: AccountList })
  async list(@Query() { limit, cursor, search, state }: AccountQuery): Promise<AccountList> {
    const [afterId = null] = decodeCursor(cursor, ['uuid']) ?? [];
    const rows = await this.staff.page({ text: search?.trim() ?? '', state: state ?? null, afterId, limit: limit + 1 });
    return pageOf(rows, limit, staffView, (row) => encodeCursor([row.id]));
  }

  @Get(':id')
  @Action('account.read')
  @Subject('account')
  @ApiOkResponse({ type: StaffView })
  async read(@Param('id') id: string): Promise<StaffView> {
    return staffView(await this.staff.read(id));
  }

  /** A new person, and the link they come in by. No mail is sent: whoever invites hands the link on. */
  @Post()
  @Action('account.invite')
  @NeverReplayed()
  @Refuses('email-taken')
  @ApiCreatedResponse({ type: InvitedView })
  async invite(@Me() me: Principal, @Body() body: InviteDto, @Req() request: FastifyRequest): Promise<InvitedView> {
    const { account, link } = await this.staff.invite(personOf(me), { ...body, email: body.email.trim(), displayName: body.displayName.trim(), programmeIds: body.programmeIds ?? [] });
    return { account: staffView(account), link: linkOf(ownAddress(this.config, request), link.token), expiresAt: link.expiresAt.toISOString() };
  }

  /** Whoever is disabled is signed out, off duty, and their live contact is handed over. */
  @Patch(':id')
  @Action('account.change')
  @Subject('account')
  @Refuses('version-required', 'stale-version', 'not-yourself', 'last-admin', 'conflict')
  @ApiOkResponse({ type: StaffView })
  async change(@Me() me: Principal, @Param('id') id: string, @VersionHeld() version: number, @Body() body: ChangeAccountDto): Promise<StaffView> {
    return staffView(await this.staff.change(personOf(me), id, { ...body, displayName: body.displayName?.trim() }, version));
  }
}

function staffView(row: StaffSeen): StaffView {
  const { id, personId, email, displayName, roles, state, programmeIds, secondFactor, version } = row;
  return {
    id, personId, email, displayName, roles, state, programmeIds, secondFactor, version,
    createdAt: row.createdAt.toISOString(), linkExpiresAt: row.linkExpiresAt?.toISOString() ?? null,
  };
}
