import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, NeverReplayed, personOf, Refuses, ShutAfterReset, Subject, type Principal } from '../access/principal.js';
import { Sealed } from '../platform/seal.js';
import { AgreementsService } from './agreements.service.js';
import { AppealsService } from './appeals.service.js';
import { CaseViews } from './case-views.service.js';
import { CasesService } from './cases.service.js';
import { AnswerDto, MyMarksView, MyWellnessView, NoteDto, SupportAnswerDto } from './contract.js';
import { WellnessNotes } from './wellness-notes.service.js';

/** The peer's own side of it. No answer of these is ever kept for a repeat. */
@ApiTags('my wellness')
@Controller('me/wellness')
@ShutAfterReset()
export class MyWellnessController {
  constructor(
    private readonly views: CaseViews,
    private readonly cases: CasesService,
    private readonly agreements: AgreementsService,
    private readonly appeals: AppealsService,
    private readonly notes: WellnessNotes,
  ) {}

  @Get()
  @Action('wellness.own')
  @ApiOkResponse({ type: MyWellnessView })
  mine(@Me() me: Principal): Promise<MyWellnessView> {
    return this.views.mine(personOf(me).personId);
  }

  /** What your other pages show of it: whether a message waits, and what of your limits or time off is agreed. */
  @Get('marks')
  @Action('wellness.own')
  @ApiOkResponse({ type: MyMarksView })
  marks(@Me() me: Principal): Promise<MyMarksView> {
    return this.views.marks(personOf(me).personId);
  }

  /** I have it before me: from now on it goes on. */
  @Post('seen')
  @HttpCode(200)
  @Action('wellness.own')
  @NeverReplayed()
  @ApiOkResponse({ type: MyWellnessView })
  seen(@Me() me: Principal): Promise<MyWellnessView> {
    return this.after(me, (personId) => this.cases.seen(personId));
  }

  /** Somebody else shall look at it. No grounds are asked for. */
  @Post('appeal')
  @HttpCode(200)
  @Action('wellness.own')
  @NeverReplayed()
  @Refuses('not-found')
  @ApiOkResponse({ type: MyWellnessView })
  appeal(@Me() me: Principal): Promise<MyWellnessView> {
    return this.after(me, (personId) => this.appeals.ask(personId));
  }

  @Post('support-answers')
  @HttpCode(200)
  @Action('wellness.own')
  @NeverReplayed()
  @Refuses('not-found')
  @ApiOkResponse({ type: MyWellnessView })
  answerSupport(@Me() me: Principal, @Body() { code, answer }: SupportAnswerDto): Promise<MyWellnessView> {
    return this.after(me, (personId) => this.cases.answerSupport(personId, code, answer));
  }

  /** Nothing is changed about anybody's work before they agree. Declining has no consequence. */
  @Post('agreements/:id/answer')
  @HttpCode(200)
  @Action('wellness.own')
  @Subject('own-agreement')
  @NeverReplayed()
  @Refuses('case-moved-on')
  @ApiOkResponse({ type: MyWellnessView })
  answer(@Me() me: Principal, @Param('id') id: string, @Body() { answer }: AnswerDto): Promise<MyWellnessView> {
    return this.after(me, (personId) => this.agreements.answer(personId, id, answer));
  }

  @Post('notes')
  @HttpCode(200)
  @Action('wellness.own')
  @NeverReplayed()
  @ApiOkResponse({ type: MyWellnessView })
  note(@Me() me: Principal, @Body() { kind, text }: NoteDto): Promise<MyWellnessView> {
    return this.after(me, (personId) => this.notes.add(personId, kind, new Sealed(text)));
  }

  @Delete('notes/:id')
  @HttpCode(204)
  @Action('wellness.own')
  @ApiNoContentResponse({ description: 'Nobody opens it any more' })
  async forget(@Me() me: Principal, @Param('id') id: string): Promise<void> {
    await this.notes.forget(personOf(me).personId, id);
  }

  private async after(me: Principal, act: (personId: string) => Promise<void>): Promise<MyWellnessView> {
    const { personId } = personOf(me);
    await act(personId);
    return this.views.mine(personId);
  }
}
