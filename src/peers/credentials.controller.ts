import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, personOf, Refuses, Subject, type Principal } from '../access/principal.js';
import { decodeCursor, encodeCursor, pageOf } from '../platform/http/paging.js';
import { Sealed } from '../platform/seal.js';
import { CredentialKeeping, LISTED, NUMBERED, RECORDED, REVOKED } from './credential-keeping.service.js';
import { expiringView } from './views.js';
import { CredentialList, CredentialNumberView, CredentialView, ExpiringPage, ExpiringQuery, NewCredentialDto } from './credentials.contract.js';
import { CredentialsService, type CredentialToRecord } from './credentials.service.js';

@ApiTags('credentials')
@Controller()
export class CredentialsController {
  constructor(
    private readonly keeping: CredentialKeeping,
    private readonly credentials: CredentialsService,
  ) {}

  @Get('peers/:id/credentials')
  @Action(LISTED)
  @Subject(LISTED)
  @ApiOkResponse({ type: CredentialList })
  async list(@Me() me: Principal, @Param('id') id: string): Promise<CredentialList> {
    return { items: await this.keeping.list(personOf(me), id) };
  }

  /** Renewing is recording the next one. */
  @Post('peers/:id/credentials')
  @Action(RECORDED)
  @Subject(RECORDED)
  @Refuses('not-yourself')
  @ApiCreatedResponse({ type: CredentialView })
  record(@Me() me: Principal, @Param('id') id: string, @Body() body: NewCredentialDto): Promise<CredentialView> {
    return this.keeping.record(personOf(me), id, askOf(body));
  }

  /** For what was recorded by mistake, and what its issuer took back. It holds no more from this moment on. */
  @Post('credentials/:id/revoke')
  @HttpCode(200)
  @Action(REVOKED)
  @Subject(REVOKED)
  @Refuses('not-yourself', 'credential-revoked')
  @ApiOkResponse({ type: CredentialView })
  revoke(@Me() me: Principal, @Param('id') id: string): Promise<CredentialView> {
    return this.keeping.revoke(personOf(me), id);
  }

  /** Opens what was sealed; audited. */
  @Get('credentials/:id/number')
  @Action(NUMBERED)
  @Subject(NUMBERED)
  @ApiOkResponse({ type: CredentialNumberView })
  async number(@Me() me: Principal, @Param('id') id: string): Promise<CredentialNumberView> {
    return { number: await this.credentials.readNumber(personOf(me), id) };
  }

  /** What ends soon and nothing renews, among the peers of your programmes. */
  @Get('credentials/expiring')
  @Action('credential.list-expiring')
  @ApiOkResponse({ type: ExpiringPage })
  async expiring(@Me() me: Principal, @Query() { limit, cursor, days }: ExpiringQuery): Promise<ExpiringPage> {
    const [expiresAt, id] = decodeCursor(cursor, ['moment', 'uuid']) ?? [];
    const after = expiresAt !== undefined && id !== undefined ? { expiresAt: new Date(expiresAt), id } : null;
    return pageOf(await this.keeping.expiring(me, { days, limit: limit + 1, after }), limit, expiringView, (row) => encodeCursor([row.expiresAt, row.id]));
  }

  @Get('me/credentials')
  @Action('credential.read-own')
  @ApiOkResponse({ type: CredentialList })
  async mine(@Me() me: Principal): Promise<CredentialList> {
    const who = personOf(me);
    return { items: await this.keeping.list(who, who.personId) };
  }
}

function askOf(body: NewCredentialDto): CredentialToRecord {
  const { code, issuedOn, expiresAt, issuer, state, number, result, hours, ceHours, ceHoursNeeded, attested } = body;
  return {
    code, issuedOn, expiresAt: expiresAt ? new Date(expiresAt) : null, issuer: issuer?.trim() ?? null, state: state ?? null, result: result ?? null,
    hours: hours ?? null, ceHours: ceHours ?? null, ceHoursNeeded: ceHoursNeeded ?? null, attested: attested ?? false,
    number: number === undefined ? null : new Sealed(number),
  };
}
