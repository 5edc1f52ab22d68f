import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, personOf, type Principal } from '../access/principal.js';
import { Database } from '../platform/database/database.js';
import { EscalationAtHandList, PageToTakeList, TeamView } from './supervision.contract.js';
import { SupervisionService } from './supervision.service.js';

@ApiTags('supervision')
@Controller('me')
export class SupervisionController {
  constructor(
    private readonly db: Database,
    private readonly supervision: SupervisionService,
  ) {}

  /** Escalations and alarms that no supervisor has taken on, the gravest first. */
  @Get('pages')
  @Action('page.list')
  @ApiOkResponse({ type: PageToTakeList })
  async pages(@Me() me: Principal): Promise<PageToTakeList> {
    return { items: await this.db.read((tx) => this.supervision.pages(tx, personOf(me))) };
  }

  /** Open escalations the caller owns, the next deadline first. */
  @Get('escalations')
  @Action('escalation.list-own')
  @ApiOkResponse({ type: EscalationAtHandList })
  async escalations(@Me() me: Principal): Promise<EscalationAtHandList> {
    return { items: await this.db.read((tx) => this.supervision.escalations(tx, personOf(me))) };
  }

  /** Who is on duty in the caller's programmes, who hands over, and where the caller stands on the on-call lists. */
  @Get('team')
  @Action('team.read')
  @ApiOkResponse({ type: TeamView })
  team(@Me() me: Principal): Promise<TeamView> {
    return this.db.read((tx) => this.supervision.team(tx, personOf(me)));
  }
}
