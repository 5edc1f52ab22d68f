import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AccessService } from '../access/access.service.js';
import { Action, Me, type Principal } from '../access/principal.js';
import { Database } from '../platform/database/database.js';
import { ProgrammesQuery } from './admin.contract.js';
import { CatalogueService } from './catalogue.service.js';
import { CatalogueView, ProgrammeList, type CatalogueItemView, type ProgrammeView } from './contract.js';
import type { CatalogueItem, CatalogueKind, Programme } from './domain/programme.js';
import { ProgrammeKeeping } from './programme-keeping.service.js';
import { ProgrammesService } from './programmes.service.js';

@ApiTags('programmes')
@Controller()
export class ProgrammesController {
  constructor(
    private readonly db: Database,
    private readonly programmes: ProgrammesService,
    private readonly catalogue: CatalogueService,
    private readonly keeping: ProgrammeKeeping,
    private readonly access: AccessService,
  ) {}

  /** Admins and intake partners see every programme, everybody else their own. Closed ones are for admins only. */
  @Get('programmes')
  @Action('programme.list')
  @ApiOkResponse({ type: ProgrammeList })
  async list(@Me() me: Principal, @Query() { status = 'active' }: ProgrammesQuery): Promise<ProgrammeList> {
    if (status === 'closed') {
      const closed = this.access.includes(me, 'programme.change') ? await this.keeping.closed() : [];
      return { items: closed.map((programme) => programmeView(programme, me)) };
    }
    const visible = await this.db.read((tx) => this.programmes.reach(tx, me, 'programme.list'));
    return { items: visible.map((programme) => programmeView(programme, me)) };
  }

  @Get('catalogue')
  @Action('catalogue.read')
  @ApiOkResponse({ type: CatalogueView })
  async read(): Promise<CatalogueView> {
    const byKind = await this.db.read((tx) => this.catalogue.all(tx));
    const shelf = (kind: CatalogueKind): CatalogueItemView[] => byKind[kind].map(itemView);
    return {
      languages: shelf('language'), populations: shelf('population'), experience: shelf('experience'), skills: shelf('skill'),
      genders: shelf('gender'), outcomes: shelf('outcome'), reasons: shelf('reason'), referrals: shelf('referral'),
      credentials: byKind.credential.flatMap(({ code, label, credentialClass }) => (credentialClass ? [{ code, label, credentialClass }] : [])),
      supervisionTopics: shelf('supervision-topic'),
    };
  }
}

function programmeView({ id, name, timeZone, callingInstruction, callingInstructionEs, inPersonRule }: Programme, me: Principal): ProgrammeView {
  return me.kind === 'account' ? { id, name, timeZone, callingInstruction, callingInstructionEs, inPersonRule } : { id, name, timeZone };
}

function itemView({ code, label }: CatalogueItem): CatalogueItemView {
  return { code, label };
}
