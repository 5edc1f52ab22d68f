import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, personOf, Refuses, Subject, type Principal } from '../access/principal.js';
import { MyAssignmentView } from '../dispatch/contract.js';
import { MyWork } from '../dispatch/my-work.service.js';
import { CloseOutDto, HowItWasDto } from './contract.js';
import { EncountersService } from './encounters.service.js';
import { HowItWas } from './how-it-was.service.js';
import { UndoCloseOut } from './undo-close-out.service.js';

@ApiTags('peer')
@Controller('assignments')
export class EncountersController {
  constructor(
    private readonly encounters: EncountersService,
    private readonly undoing: UndoCloseOut,
    private readonly saying: HowItWas,
    private readonly work: MyWork,
  ) {}

  /** On the way to a contact in person; from now on the peer is asked whether they are safe. */
  @Post(':id/en-route')
  @HttpCode(200)
  @Action('assignment.en-route')
  @Subject('assignment')
  @Refuses('not-in-person', 'assignment-ended')
  @ApiOkResponse({ type: MyAssignmentView })
  async enRoute(@Me() me: Principal, @Param('id') id: string): Promise<MyAssignmentView> {
    await this.encounters.enRoute(personOf(me), id);
    return this.work.assignment(id);
  }

  /** The peer says they are safe. Never refused for being late. */
  @Post(':id/safety-check')
  @HttpCode(200)
  @Action('assignment.safety-check')
  @Subject('assignment')
  @Refuses('not-in-person')
  @ApiOkResponse({ type: MyAssignmentView })
  async safe(@Me() me: Principal, @Param('id') id: string): Promise<MyAssignmentView> {
    await this.encounters.safe(personOf(me), id);
    return this.work.assignment(id);
  }

  /** The lead says they are still with the person, as they were asked. */
  @Post(':id/still-with')
  @HttpCode(200)
  @Action('assignment.still-with')
  @Subject('assignment')
  @Refuses('assignment-ended')
  @ApiOkResponse({ type: MyAssignmentView })
  async stillWith(@Me() me: Principal, @Param('id') id: string): Promise<MyAssignmentView> {
    await this.encounters.stillWith(personOf(me), id);
    return this.work.assignment(id);
  }

  @Post(':id/contact-made')
  @HttpCode(200)
  @Action('assignment.contact-made')
  @Subject('assignment')
  @Refuses('assignment-ended', 'not-the-lead', 'buddy-missing')
  @ApiOkResponse({ type: MyAssignmentView })
  async contactMade(@Me() me: Principal, @Param('id') id: string): Promise<MyAssignmentView> {
    await this.encounters.contactMade(personOf(me), id);
    return this.work.assignment(id);
  }

  @Post(':id/close')
  @HttpCode(200)
  @Action('assignment.close')
  @Subject('assignment')
  @Refuses('assignment-ended', 'already-closed-out', 'not-the-lead')
  @ApiOkResponse({ type: MyAssignmentView })
  async close(@Me() me: Principal, @Param('id') id: string, @Body() body: CloseOutDto): Promise<MyAssignmentView> {
    await this.encounters.closeOut(personOf(me), id, body);
    return this.work.assignment(id);
  }

  /** How it was for a peer who gave the contact on, once and for a day; it counts as in a close-out. Nobody has to. */
  @Post(':id/how-it-was')
  @HttpCode(200)
  @Action('assignment.say-how-it-was')
  @Subject('assignment')
  @Refuses('not-the-lead', 'not-asked-how-it-was', 'said-how-it-was')
  @ApiOkResponse({ type: MyAssignmentView })
  async howItWas(@Me() me: Principal, @Param('id') id: string, @Body() body: HowItWasDto): Promise<MyAssignmentView> {
    await this.saying.say(personOf(me), id, body.intensity);
    return this.work.assignment(id);
  }

  /** For ten seconds: what was written is taken back and owed anew. The contact stays over. */
  @Post(':id/undo-close')
  @HttpCode(200)
  @Action('assignment.undo-close')
  @Subject('assignment')
  @Refuses('assignment-ended', 'already-closed-out', 'not-the-lead')
  @ApiOkResponse({ type: MyAssignmentView })
  async undoClose(@Me() me: Principal, @Param('id') id: string): Promise<MyAssignmentView> {
    await this.undoing.undo(personOf(me), id);
    return this.work.assignment(id);
  }
}
