import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, NeverReplayed, personOf, Refuses, ShutAfterReset, Subject, type Principal } from '../access/principal.js';
import type { LimitTerms } from '../peers/domain/limits.js';
import { invalidField } from '../platform/errors.js';
import { AgreementsService } from './agreements.service.js';
import { AppealsService } from './appeals.service.js';
import { CaseViews } from './case-views.service.js';
import { CasesService } from './cases.service.js';
import {
  CaseList, CaseView, CloseDto, ExitDto, HearAppealDto, OfferSupportsDto, OverdueAppeals, OverdueContacts, OverdueReviews, OverdueWords, ProposalDto, RaiseDto, ReviewDto, WaitingView, type ProposedStepDto, type TermsDto,
} from './contract.js';
import type { AgreementKind } from './domain/agreement.js';

/** For the peer's supervisor and deputy. To everybody else none of this is there. */
@ApiTags('wellness')
@Controller('wellness')
@ShutAfterReset()
export class CasesController {
  constructor(
    private readonly views: CaseViews,
    private readonly cases: CasesService,
    private readonly agreements: AgreementsService,
    private readonly appeals: AppealsService,
  ) {}

  /** Whether a message waits behind the door of the cases. */
  @Get('waiting')
  @Action('wellness.waiting')
  @ApiOkResponse({ type: WaitingView })
  waiting(@Me() me: Principal): Promise<WaitingView> {
    return this.views.waiting(personOf(me).personId);
  }

  @Get('cases')
  @Action('wellness.cases')
  @ApiOkResponse({ type: CaseList })
  async list(@Me() me: Principal): Promise<CaseList> {
    return { items: await this.views.list(personOf(me).personId) };
  }

  /** The peer hears of it first, with the appeal on the same screen. */
  @Post('cases')
  @HttpCode(200)
  @Action('wellness.cases')
  @NeverReplayed()
  @Refuses('not-found', 'case-open-already')
  @ApiOkResponse({ type: CaseView })
  async raise(@Me() me: Principal, @Body() { personId }: RaiseDto): Promise<CaseView> {
    const by = personOf(me).personId;
    return this.views.case(by, await this.cases.raise(by, personId));
  }

  @Get('cases/:id')
  @Action('wellness.cases')
  @Subject('wellness-case')
  @ApiOkResponse({ type: CaseView })
  read(@Me() me: Principal, @Param('id') id: string): Promise<CaseView> {
    return this.views.case(personOf(me).personId, id);
  }

  /** You told the peer yourself. */
  @Post('cases/:id/told')
  @HttpCode(200)
  @Action('wellness.cases')
  @Subject('wellness-case')
  @NeverReplayed()
  @ApiOkResponse({ type: CaseView })
  told(@Me() me: Principal, @Param('id') id: string): Promise<CaseView> {
    return this.after(me, id, (by) => this.cases.tell(id, by));
  }

  /** The supportive contact was made. */
  @Post('cases/:id/contact')
  @HttpCode(200)
  @Action('wellness.cases')
  @Subject('wellness-case')
  @NeverReplayed()
  @Refuses('tell-first', 'case-moved-on')
  @ApiOkResponse({ type: CaseView })
  contact(@Me() me: Principal, @Param('id') id: string): Promise<CaseView> {
    return this.after(me, id, (by) => this.cases.contact(id, by));
  }

  @Post('cases/:id/supports')
  @HttpCode(200)
  @Action('wellness.cases')
  @Subject('wellness-case')
  @NeverReplayed()
  @Refuses('tell-first', 'case-moved-on')
  @ApiOkResponse({ type: CaseView })
  offer(@Me() me: Principal, @Param('id') id: string, @Body() { codes }: OfferSupportsDto): Promise<CaseView> {
    return this.after(me, id, (by) => this.cases.offer(id, by, codes));
  }

  /** Holds only once the peer has agreed. */
  @Post('cases/:id/proposals')
  @HttpCode(200)
  @Action('wellness.cases')
  @Subject('wellness-case')
  @NeverReplayed()
  @Refuses('tell-first', 'case-moved-on')
  @ApiOkResponse({ type: CaseView })
  propose(@Me() me: Principal, @Param('id') id: string, @Body() { kind, steps }: ProposalDto): Promise<CaseView> {
    const wanted = stepsOf(kind, steps);
    return this.after(me, id, (by) => this.agreements.propose(id, by, kind, wanted));
  }

  /** Leaving a restriction or a leave: the first says so, the second carries it out. */
  @Post('cases/:id/exit')
  @HttpCode(200)
  @Action('wellness.cases')
  @Subject('wellness-case')
  @NeverReplayed()
  @Refuses('case-moved-on')
  @ApiOkResponse({ type: CaseView })
  exit(@Me() me: Principal, @Param('id') id: string, @Body() { to }: ExitDto): Promise<CaseView> {
    return this.after(me, id, (by) => this.agreements.approveExit(id, by, to));
  }

  /** One step of a graded return went well. */
  @Post('cases/:id/sign-off')
  @HttpCode(200)
  @Action('wellness.cases')
  @Subject('wellness-case')
  @NeverReplayed()
  @Refuses('not-due-yet', 'case-moved-on')
  @ApiOkResponse({ type: CaseView })
  signOff(@Me() me: Principal, @Param('id') id: string): Promise<CaseView> {
    return this.after(me, id, (by) => this.agreements.signOff(id, by));
  }

  @Post('cases/:id/review')
  @HttpCode(200)
  @Action('wellness.cases')
  @Subject('wellness-case')
  @NeverReplayed()
  @Refuses('tell-first', 'case-moved-on')
  @ApiOkResponse({ type: CaseView })
  review(@Me() me: Principal, @Param('id') id: string, @Body() { reviewAt }: ReviewDto): Promise<CaseView> {
    return this.after(me, id, (by) => this.cases.review(id, by, new Date(reviewAt)));
  }

  @Post('cases/:id/close')
  @HttpCode(200)
  @Action('wellness.cases')
  @Subject('wellness-case')
  @NeverReplayed()
  @Refuses('case-moved-on')
  @ApiOkResponse({ type: CaseView })
  close(@Me() me: Principal, @Param('id') id: string, @Body() { reviewAt }: CloseDto): Promise<CaseView> {
    return this.after(me, id, (by) => this.cases.close(id, by, reviewAt ? new Date(reviewAt) : null));
  }

  /** Heard by whoever did not set what it is about. */
  @Post('cases/:id/appeal')
  @HttpCode(200)
  @Action('wellness.cases')
  @Subject('wellness-case')
  @NeverReplayed()
  @Refuses('not-yourself', 'case-moved-on')
  @ApiOkResponse({ type: CaseView })
  hear(@Me() me: Principal, @Param('id') id: string, @Body() { outcome }: HearAppealDto): Promise<CaseView> {
    return this.after(me, id, (by) => this.appeals.hear(id, by, outcome));
  }

  /** Who waits for a contact that neither supervisor nor deputy has made: a name and a time, and nothing else. */
  @Get('overdue-contacts')
  @Action('wellness.overdue')
  @ApiOkResponse({ type: OverdueContacts })
  async overdue(@Me() me: Principal): Promise<OverdueContacts> {
    return { items: await this.views.overdue(personOf(me).personId) };
  }

  @Post('overdue-contacts/:id/made')
  @HttpCode(200)
  @Action('wellness.overdue')
  @Subject('overdue-contact')
  @NeverReplayed()
  @Refuses('tell-first')
  @ApiOkResponse({ type: OverdueContacts })
  async overdueMade(@Me() me: Principal, @Param('id') id: string): Promise<OverdueContacts> {
    await this.cases.contact(id, personOf(me).personId);
    return this.overdue(me);
  }

  /** Whose appeal neither supervisor nor deputy may hear, or has heard in time: a name and a time, and nothing else. */
  @Get('overdue-appeals')
  @Action('wellness.overdue')
  @ApiOkResponse({ type: OverdueAppeals })
  async overdueAppeals(@Me() me: Principal): Promise<OverdueAppeals> {
    return { items: await this.views.appeals(personOf(me).personId) };
  }

  /** Having talked with the peer and with whoever set it. */
  @Post('overdue-appeals/:id/hear')
  @HttpCode(200)
  @Action('wellness.overdue')
  @Subject('overdue-appeal')
  @NeverReplayed()
  @Refuses('not-yourself', 'case-moved-on')
  @ApiOkResponse({ type: OverdueAppeals })
  async hearOverdue(@Me() me: Principal, @Param('id') id: string, @Body() { outcome }: HearAppealDto): Promise<OverdueAppeals> {
    await this.appeals.hear(id, personOf(me).personId, outcome);
    return this.overdueAppeals(me);
  }

  /** Where one of supervisor and deputy waits for the word of the other to end something: a name and a time, and nothing else. */
  @Get('overdue-words')
  @Action('wellness.overdue')
  @ApiOkResponse({ type: OverdueWords })
  async overdueWords(@Me() me: Principal): Promise<OverdueWords> {
    return { items: await this.views.words(personOf(me).personId) };
  }

  /** Whose case is to be looked at again while neither supervisor nor deputy is there: a name and a time, and nothing else. */
  @Get('overdue-reviews')
  @Action('wellness.overdue')
  @ApiOkResponse({ type: OverdueReviews })
  async overdueReviews(@Me() me: Principal): Promise<OverdueReviews> {
    return { items: await this.views.reviews(personOf(me).personId) };
  }

  /** Having talked with the peer: it is looked at once more in seven days. */
  @Post('overdue-reviews/:id/held')
  @HttpCode(200)
  @Action('wellness.overdue')
  @Subject('overdue-review')
  @NeverReplayed()
  @Refuses('case-moved-on')
  @ApiOkResponse({ type: OverdueReviews })
  async reviewHeld(@Me() me: Principal, @Param('id') id: string): Promise<OverdueReviews> {
    await this.cases.lookedAt(id, personOf(me).personId);
    return this.overdueReviews(me);
  }

  private async after(me: Principal, id: string, act: (by: string) => Promise<void>): Promise<CaseView> {
    const by = personOf(me).personId;
    await act(by);
    return this.views.case(by, id);
  }
}

function stepsOf(kind: AgreementKind, steps: readonly ProposedStepDto[]): { terms: LimitTerms | null; days: number }[] {
  if (kind !== 'return' && steps.length > 1) throw invalidField('steps', 'This is one step.', 'too-many');
  return steps.map(({ terms, days }, at) => {
    if ((kind === 'leave') !== (terms === undefined)) throw invalidField(`steps.${at}.terms`, kind === 'leave' ? 'Time off has no terms.' : 'Say what is limited.', 'terms');
    return { terms: terms === undefined ? null : termsOf(terms), days };
  });
}

function termsOf({ contactKinds, maxAcuity, buddyOnly, noNights, hoursAWeek }: TermsDto): LimitTerms {
  return { contactKinds: contactKinds?.toSorted() ?? null, maxAcuity: maxAcuity ?? null, buddyOnly: buddyOnly ?? false, noNights: noNights ?? false, hoursAWeek: hoursAWeek ?? null };
}
