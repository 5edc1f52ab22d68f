import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, personOf, Refuses, Subject, type Principal } from '../access/principal.js';
import { decodeCursor, encodeCursor, pageOf } from '../platform/http/paging.js';
import { NewPolicyDto, PoliciesQuery, PoliciesInUseQuery, PolicyDiffView, PolicyPage, PolicyUseList, PolicyView, PreviewPolicyDto, type PolicyVersionView } from './policy.contract.js';
import { PolicyKeeping } from './policy-keeping.service.js';
import type { PolicyVersionRow } from './policy.store.js';

@ApiTags('policies')
@Controller('policies')
export class PoliciesController {
  constructor(private readonly policies: PolicyKeeping) {}

  @Get()
  @Action('policy.list')
  @ApiOkResponse({ type: PolicyPage })
  async list(@Query() { kind = 'dispatch', programmeId, limit, cursor }: PoliciesQuery): Promise<PolicyPage> {
    const [below = null] = decodeCursor(cursor, ['number']) ?? [];
    const rows = await this.policies.page({ kind, programmeId: programmeId ?? null, belowNumber: below === null ? null : Number(below), limit: limit + 1 });
    return pageOf(rows, limit, versionView, (row) => encodeCursor([row.number]));
  }

  /** Which version each programme goes by. */
  @Get('in-use')
  @Action('policy.list')
  @ApiOkResponse({ type: PolicyUseList })
  async inUse(@Query() { kind = 'dispatch' }: PoliciesInUseQuery): Promise<PolicyUseList> {
    return { items: (await this.policies.inUse(kind)).map((use) => ({ ...use })) };
  }

  @Get(':id')
  @Action('policy.read')
  @Subject('policy')
  @ApiOkResponse({ type: PolicyView })
  async read(@Param('id') id: string): Promise<PolicyView> {
    const { content, ...version } = await this.policies.read(id);
    return { ...versionView(version), content };
  }

  /** What changed from `otherId` to `id`. */
  @Get(':id/diff/:otherId')
  @Action('policy.read')
  @Subject('policy')
  @ApiOkResponse({ type: PolicyDiffView })
  async diff(@Param('id') id: string, @Param('otherId') otherId: string): Promise<PolicyDiffView> {
    const { from, changes } = await this.policies.diff(otherId, id);
    return { from: versionView(from), changes };
  }

  /** What saving this would change, checked like saving; nothing is written. */
  @Post('preview')
  @HttpCode(200)
  @Action('policy.add')
  @ApiOkResponse({ type: PolicyDiffView })
  async preview(@Body() { basedOn, content }: PreviewPolicyDto): Promise<PolicyDiffView> {
    const { from, changes } = await this.policies.preview(basedOn, content);
    return { from: versionView(from), changes };
  }

  /** The next version, in use at once or from `effectiveFrom` on: of `dispatch` for new requests, of `care` for everybody. Versions are never changed. */
  @Post()
  @Action('policy.add')
  @Refuses('conflict')
  @ApiCreatedResponse({ type: PolicyView })
  async add(@Me() me: Principal, @Body() { kind = 'dispatch', programmeId = null, basedOn, content: asked, effectiveFrom }: NewPolicyDto): Promise<PolicyView> {
    const { content, ...version } = await this.policies.add(personOf(me), {
      kind, programmeId, basedOn, content: asked, effectiveFrom: effectiveFrom ? new Date(effectiveFrom) : null,
    });
    return { ...versionView(version), content };
  }
}

function versionView({ id, kind, programmeId, number, effectiveFrom, createdAt, createdBy, authorName }: PolicyVersionRow): PolicyVersionView {
  return {
    id, kind, programmeId, number, effectiveFrom: effectiveFrom.toISOString(), createdAt: createdAt.toISOString(),
    createdBy: createdBy === null ? null : { accountId: createdBy, name: authorName ?? '' },
  };
}
