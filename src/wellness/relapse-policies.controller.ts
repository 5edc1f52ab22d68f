import { Body, Controller, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, NeverReplayed, personOf, Refuses, Subject, Versioned, type AccountPrincipal, type Principal } from '../access/principal.js';
import { VersionHeld } from '../platform/http/if-match.js';
import type { PolicyStanding } from './domain/relapse-policy.js';
import {
  ApproveRelapsePolicyDto, ChangeRelapsePolicyDto, ConfirmRelapsePolicyDto, MyRelapsePolicies, NewRelapsePolicyDto, ProgrammeRelapsePoliciesView, RelapsePolicyList,
  RelapsePolicyView, type PolicyStandingView,
} from './relapse-policy.contract.js';
import { RelapsePolicies } from './relapse-policies.service.js';
import { RelapsePolicyKeeping, type KeptPolicies } from './relapse-policy-keeping.service.js';
import type { PolicyForPerson, RelapsePolicyRow } from './relapse-policy.store.js';

@ApiTags('relapse policies')
@Controller()
export class RelapsePoliciesController {
  constructor(
    private readonly keeping: RelapsePolicyKeeping,
    private readonly policies: RelapsePolicies,
  ) {}

  @Get('wellness/relapse-policies')
  @Action('relapse-policy.list')
  @ApiOkResponse({ type: RelapsePolicyList })
  async list(@Me() me: Principal): Promise<RelapsePolicyList> {
    const who = personOf(me);
    return { items: (await this.keeping.list(who)).map((kept) => keptView(kept, who)) };
  }

  @Post('wellness/relapse-policies')
  @Action('relapse-policy.write')
  @Refuses('conflict')
  @ApiCreatedResponse({ type: RelapsePolicyView })
  async draft(@Me() me: Principal, @Body() { programmeId, ...words }: NewRelapsePolicyDto): Promise<RelapsePolicyView> {
    const who = personOf(me);
    return policyView(await this.keeping.draft(who, programmeId, said(words)), who);
  }

  @Patch('wellness/relapse-policies/:id')
  @Action('relapse-policy.write')
  @Subject('relapse-policy')
  @Refuses('relapse-policy-approved')
  @ApiOkResponse({ type: RelapsePolicyView })
  async change(@Me() me: Principal, @Param('id') id: string, @VersionHeld() held: number, @Body() words: ChangeRelapsePolicyDto): Promise<RelapsePolicyView> {
    const who = personOf(me);
    return policyView(await this.keeping.change(who, id, held, said(words)), who);
  }

  /** By somebody who did not write it. */
  @Post('wellness/relapse-policies/:id/approve')
  @HttpCode(200)
  @Action('relapse-policy.approve')
  @Subject('relapse-policy')
  @Versioned()
  @Refuses('relapse-policy-approved', 'not-yourself')
  @ApiOkResponse({ type: RelapsePolicyView })
  async approve(@Me() me: Principal, @Param('id') id: string, @VersionHeld() held: number, @Body() body: ApproveRelapsePolicyDto): Promise<RelapsePolicyView> {
    const who = personOf(me);
    const dates = { effectiveAt: new Date(body.effectiveAt), reviewAt: new Date(body.reviewAt), expiresAt: new Date(body.expiresAt) };
    return policyView(await this.keeping.approve(who, id, held, dates), who);
  }

  /** For the days of grace after a policy has expired: a supervisor answers for the next 24 hours. */
  @Post('wellness/relapse-policy-confirmations')
  @HttpCode(200)
  @Action('relapse-policy.confirm')
  @Refuses('not-found', 'nothing-to-confirm')
  @ApiOkResponse({ type: ProgrammeRelapsePoliciesView })
  async confirm(@Me() me: Principal, @Body() { programmeId }: ConfirmRelapsePolicyDto): Promise<ProgrammeRelapsePoliciesView> {
    const who = personOf(me);
    return keptView(await this.keeping.confirm(who, programmeId), who);
  }

  @Get('me/relapse-policies')
  @Action('relapse-policy.read-own')
  @ApiOkResponse({ type: MyRelapsePolicies })
  async mine(@Me() me: Principal): Promise<MyRelapsePolicies> {
    return { items: (await this.policies.mine(personOf(me).personId)).map(mineView) };
  }

  @Post('me/relapse-policies/:id/acknowledge')
  @HttpCode(200)
  @Action('relapse-policy.acknowledge')
  @NeverReplayed()
  @ApiOkResponse({ type: MyRelapsePolicies })
  async acknowledge(@Me() me: Principal, @Param('id') id: string): Promise<MyRelapsePolicies> {
    return { items: (await this.policies.acknowledge(personOf(me).personId, id)).map(mineView) };
  }
}

/** Only what was said: a field that was left out must not wipe what is there. */
function said<T extends object>(words: T): Partial<T> {
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function keptView({ programmeId, programmeName, standing, reviewDueSince, versions, acknowledgements }: KeptPolicies, who: AccountPrincipal): ProgrammeRelapsePoliciesView {
  const counted = new Map(acknowledgements.map((count) => [count.policyId, count]));
  return {
    programmeId, programmeName, standing: standingView(standing), reviewDueSince: reviewDueSince?.toISOString() ?? null,
    versions: versions.map((row) => ({ ...policyView(row, who), acknowledged: counted.get(row.id)?.acknowledged ?? null, peers: counted.get(row.id)?.peers ?? null })),
  };
}

function standingView(standing: PolicyStanding): PolicyStandingView {
  switch (standing.kind) {
    case 'in-force':
      return { kind: standing.kind, endsAt: standing.expiresAt.toISOString(), confirmBy: null };
    case 'grace':
      return { kind: standing.kind, endsAt: standing.endsAt.toISOString(), confirmBy: standing.confirmBy.toISOString() };
    case 'unconfirmed':
      return { kind: standing.kind, endsAt: standing.endsAt.toISOString(), confirmBy: standing.since.toISOString() };
    case 'missing':
      return { kind: standing.kind, endsAt: standing.since?.toISOString() ?? null, confirmBy: null };
  }
}

function policyView(row: RelapsePolicyRow, who: AccountPrincipal): RelapsePolicyView {
  const { id, programmeId, number, state, label, text, contactHours, writtenByName, writtenBy, approvedByName, approvedAt, effectiveAt, reviewAt, expiresAt, version } = row;
  return {
    id, programmeId, number, state, label, text, contactHours, writtenBy: writtenByName, writtenByMe: writtenBy === who.accountId, approvedBy: approvedByName,
    approvedAt: approvedAt?.toISOString() ?? null, effectiveAt: effectiveAt?.toISOString() ?? null, reviewAt: reviewAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null, acknowledged: null, peers: null, version,
  };
}

function mineView({ id, programmeId, label, text, contactHours, effectiveAt, expiresAt, acknowledgedAt }: PolicyForPerson) {
  return {
    id, programmeId, label, text, contactHours, effectiveAt: effectiveAt.toISOString(), expiresAt: expiresAt.toISOString(),
    acknowledgedAt: acknowledgedAt?.toISOString() ?? null,
  };
}
