import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsBoolean, IsDefined, IsIn, IsInt, IsOptional, IsUUID, Matches, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { IsMoment, IsPlainText } from '../platform/http/validators.js';
import { CONTACT_KINDS, type ContactKind } from '../programmes/domain/contact-kind.js';
import { AGREEMENT_KINDS, type AgreementKind } from './domain/agreement.js';
import { CASE_STATES, ORIGINS, type CaseState, type Origin } from './domain/flag-case.js';

const SOMETHING = /\S/;
const ANSWERS = ['agreed', 'declined'] as const;
const SUPPORT_ANSWERS = ['accepted', 'declined'] as const;
const NOTE_KINDS = ['own', 'shared'] as const;
const OUTCOMES = ['stays', 'granted'] as const;
const TARGETS = ['returning', 'closed'] as const;

export class SteppedBackView {
  @ApiProperty({ format: 'date-time' }) from: string;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'Null: until you return' }) until: string | null;
}

export class TermsDto {
  @ApiPropertyOptional({ enum: CONTACT_KINDS, isArray: true, nullable: true }) @IsOptional() @IsArray() @ArrayMinSize(1) @ArrayMaxSize(CONTACT_KINDS.length) @ArrayUnique()
  @IsIn(CONTACT_KINDS, { each: true }) contactKinds?: ContactKind[] | null;
  @ApiPropertyOptional({ minimum: 1, maximum: 4, nullable: true, type: Number }) @IsOptional() @IsInt() @Min(1) @Max(4) maxAcuity?: 1 | 2 | 3 | 4 | null;
  @ApiPropertyOptional({ default: false }) @IsOptional() @IsBoolean() buddyOnly?: boolean;
  @ApiPropertyOptional({ default: false }) @IsOptional() @IsBoolean() noNights?: boolean;
  @ApiPropertyOptional({ minimum: 1, maximum: 80, nullable: true, type: Number }) @IsOptional() @IsInt() @Min(1) @Max(80) hoursAWeek?: number | null;
}

export class ProposedStepDto {
  @ApiPropertyOptional({ type: TermsDto, description: 'Limits; left out for time off' }) @IsOptional() @ValidateNested() @Type(() => TermsDto) terms?: TermsDto;
  @ApiProperty({ minimum: 1, maximum: 366, description: 'After so many days it is looked at again' }) @IsInt() @Min(1) @Max(366) days: number;
}

/** Body of `POST /wellness/cases/{id}/proposals`. */
export class ProposalDto {
  @ApiProperty({ enum: AGREEMENT_KINDS }) @IsIn(AGREEMENT_KINDS) kind: AgreementKind;
  @ApiProperty({ type: [ProposedStepDto], description: 'One; for a return as many as it takes' })
  @IsDefined() @IsArray() @ArrayMinSize(1) @ArrayMaxSize(8) @ValidateNested({ each: true }) @Type(() => ProposedStepDto) steps: ProposedStepDto[];
}

/** Body of `POST /wellness/cases`. */
export class RaiseDto {
  @ApiProperty({ format: 'uuid' }) @IsUUID() personId: string;
}

/** Body of `POST /wellness/cases/{id}/supports`. */
export class OfferSupportsDto {
  @ApiProperty({ type: [String] }) @IsArray() @ArrayMinSize(1) @ArrayMaxSize(20) @ArrayUnique() @IsPlainText({ each: true }) @MaxLength(40, { each: true }) codes: string[];
}

/** Body of `POST /wellness/cases/{id}/review`. */
export class ReviewDto {
  @ApiProperty({ format: 'date-time' }) @IsDefined() @IsMoment() reviewAt: string;
}

/** Body of `POST /wellness/cases/{id}/close`. */
export class CloseDto {
  @ApiPropertyOptional({ format: 'date-time', nullable: true, type: String }) @IsOptional() @IsMoment() reviewAt?: string | null;
}

/** Body of `POST /wellness/cases/{id}/exit`. */
export class ExitDto {
  @ApiProperty({ enum: TARGETS }) @IsIn(TARGETS) to: (typeof TARGETS)[number];
}

/** Body of `POST /wellness/cases/{id}/appeal`. */
export class HearAppealDto {
  @ApiProperty({ enum: OUTCOMES }) @IsIn(OUTCOMES) outcome: (typeof OUTCOMES)[number];
}

/** Body of `POST /me/wellness/agreements/{id}/answer`. */
export class AnswerDto {
  @ApiProperty({ enum: ANSWERS }) @IsIn(ANSWERS) answer: (typeof ANSWERS)[number];
}

/** Body of `POST /me/wellness/support-answers`. */
export class SupportAnswerDto {
  @ApiProperty({ maxLength: 40 }) @IsPlainText() @MaxLength(40) code: string;
  @ApiProperty({ enum: SUPPORT_ANSWERS }) @IsIn(SUPPORT_ANSWERS) answer: (typeof SUPPORT_ANSWERS)[number];
}

/** Body of `POST /me/wellness/notes`. */
export class NoteDto {
  @ApiProperty({ enum: NOTE_KINDS, description: 'own: yours alone; shared: your supervisor and deputy read it' }) @IsIn(NOTE_KINDS) kind: (typeof NOTE_KINDS)[number];
  @ApiProperty({ maxLength: 4000 }) @IsPlainText() @Matches(SOMETHING) @MaxLength(4000) text: string;
}

class WordsView {
  @ApiProperty() en: string;
  @ApiProperty() es: string;
}

export class SupportView {
  @ApiProperty() code: string;
  @ApiProperty({ type: WordsView }) label: WordsView;
  @ApiProperty({ enum: SUPPORT_ANSWERS, nullable: true, type: String }) answer: 'accepted' | 'declined' | null;
}

class SupportOnOffer {
  @ApiProperty() code: string;
  @ApiProperty({ type: WordsView }) label: WordsView;
}

export class TermsView {
  @ApiProperty({ enum: CONTACT_KINDS, isArray: true, nullable: true, type: String }) contactKinds: ContactKind[] | null;
  @ApiProperty({ nullable: true, type: Number }) maxAcuity: number | null;
  @ApiProperty() buddyOnly: boolean;
  @ApiProperty() noNights: boolean;
  @ApiProperty({ nullable: true, type: Number }) hoursAWeek: number | null;
}

export class AgreementView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: AGREEMENT_KINDS }) kind: AgreementKind;
  @ApiProperty() position: number;
  @ApiProperty({ enum: ['proposed', 'agreed', 'in-effect', 'declined', 'over'] }) standing: 'proposed' | 'agreed' | 'in-effect' | 'declined' | 'over';
  @ApiProperty({ nullable: true, type: TermsView, description: 'Null: time off' }) terms: TermsView | null;
  @ApiProperty() days: number;
  @ApiProperty({ description: 'Who set it' }) setBy: string;
  @ApiProperty({ description: 'You set it' }) setByMe: boolean;
  @ApiProperty({ format: 'date-time' }) setAt: string;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) beganAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'When it is looked at again' }) dueAt: string | null;
  @ApiProperty({ nullable: true, type: String }) signedOffBy: string | null;
}

class CaseStepView {
  @ApiProperty({ format: 'date-time' }) at: string;
  @ApiProperty({ nullable: true, type: String, description: 'Null: by time, or by somebody who is not named' }) by: string | null;
  @ApiProperty() act: string;
}

export class NoteView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: NOTE_KINDS }) kind: 'own' | 'shared';
  @ApiProperty({ format: 'date-time' }) at: string;
  @ApiProperty() text: string;
}

export class CaseSummaryView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty() name: string;
  @ApiProperty({ enum: ['supervisor', 'deputy'], description: 'As whom you see it' }) as: 'supervisor' | 'deputy';
  @ApiProperty({ enum: CASE_STATES }) state: CaseState;
  @ApiProperty({ enum: ORIGINS }) origin: Origin;
  @ApiProperty({ format: 'date-time' }) openedAt: string;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'When the peer heard of it' }) toldAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'Null: the peer has not heard of it' }) contactDueAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) contactMadeAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) reviewAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'The peer asked for somebody else to look at it: by then; null: no appeal waits' }) appealDueAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'One of the two it takes has said that it may end, the other says so by then; null: nobody waits for another' }) wordDueAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) closedAt: string | null;
}

export class CaseList {
  @ApiProperty({ type: [CaseSummaryView], description: 'Open ones first, newest first' }) items: CaseSummaryView[];
}

class ApprovalView {
  @ApiProperty() by: string;
  @ApiProperty() byMe: boolean;
  @ApiProperty({ enum: TARGETS }) to: (typeof TARGETS)[number];
  @ApiProperty({ format: 'date-time' }) at: string;
}

export class CaseView extends CaseSummaryView {
  @ApiProperty({ enum: OUTCOMES, nullable: true, type: String }) appealOutcome: 'stays' | 'granted' | null;
  @ApiProperty({ description: 'You set what the appeal is about, so somebody else hears it' }) appealIsForAnother: boolean;
  @ApiProperty({ type: [SupportView] }) supports: SupportView[];
  @ApiProperty({ type: [SupportOnOffer], description: 'What may be offered' }) supportsThereAre: SupportOnOffer[];
  @ApiProperty({ type: [AgreementView] }) agreements: AgreementView[];
  @ApiProperty({ type: [ApprovalView], description: 'Two people sign somebody back in' }) approvals: ApprovalView[];
  @ApiProperty({ type: [NoteView], description: 'What the peer chose to share' }) shared: NoteView[];
  @ApiProperty({ type: [CaseStepView] }) steps: CaseStepView[];
}

export class OverdueContactView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() name: string;
  @ApiProperty({ format: 'date-time' }) contactDueAt: string;
  @ApiProperty({ nullable: true, type: String }) supervisor: string | null;
  @ApiProperty({ nullable: true, type: String }) deputy: string | null;
}

export class OverdueContacts {
  @ApiProperty({ type: [OverdueContactView], description: 'Who waits for a supportive contact neither supervisor nor deputy has made' }) items: OverdueContactView[];
}

export class OverdueAppealView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() name: string;
  @ApiProperty({ format: 'date-time' }) appealDueAt: string;
  @ApiProperty({ nullable: true, type: String }) supervisor: string | null;
  @ApiProperty({ nullable: true, type: String }) deputy: string | null;
}

export class OverdueAppeals {
  @ApiProperty({ type: [OverdueAppealView], description: 'Whose appeal neither supervisor nor deputy may hear, or has heard in time' }) items: OverdueAppealView[];
}

export class OverdueWordView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() name: string;
  @ApiProperty({ format: 'date-time' }) wordDueAt: string;
  @ApiProperty({ nullable: true, type: String }) supervisor: string | null;
  @ApiProperty({ nullable: true, type: String }) deputy: string | null;
}

export class OverdueWords {
  @ApiProperty({ type: [OverdueWordView], description: 'Where one of supervisor and deputy waits for the word of the other' }) items: OverdueWordView[];
}

export class OverdueReviewView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() name: string;
  @ApiProperty({ format: 'date-time' }) reviewAt: string;
  @ApiProperty({ nullable: true, type: String }) supervisor: string | null;
  @ApiProperty({ nullable: true, type: String }) deputy: string | null;
}

export class OverdueReviews {
  @ApiProperty({ type: [OverdueReviewView], description: 'Whose case is to be looked at again while neither supervisor nor deputy is there' }) items: OverdueReviewView[];
}

export class WaitingView {
  @ApiProperty({ description: 'A message waits that you have not come to read' }) waiting: boolean;
}

export class MyMarksView extends WaitingView {
  @ApiProperty({ nullable: true, type: TermsView, description: 'What of your limits is agreed, and not yours alone to lift; null: nothing' }) agreedLimits: TermsView | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'When what is agreed is looked at again; null: nothing is' }) lookedAtAgain: string | null;
  @ApiProperty({ description: 'Your time off is agreed, and not yours alone to end' }) agreedLeave: boolean;
}

export class LookView {
  @ApiProperty() name: string;
  @ApiProperty() as: string;
  @ApiProperty() what: string;
  @ApiProperty({ format: 'date-time' }) at: string;
}

class MyCaseView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: CASE_STATES }) state: CaseState;
  @ApiProperty({ enum: ORIGINS }) origin: Origin;
  @ApiProperty({ format: 'date-time' }) openedAt: string;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) toldAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'Somebody is in touch by then; null: there is nobody who could be' }) contactDueAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) contactMadeAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) reviewAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) appealedAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'Somebody has looked at it by then; null: none waits, or there is nobody who may' }) appealDueAt: string | null;
  @ApiProperty({ enum: OUTCOMES, nullable: true, type: String }) appealOutcome: 'stays' | 'granted' | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'One person has said that it may end, a second is asked to by then; null: none is, or there is nobody who could' }) wordDueAt: string | null;
  @ApiProperty({ type: [SupportView] }) supports: SupportView[];
  @ApiProperty({ type: [AgreementView] }) agreements: AgreementView[];
}

export class MyWellnessView {
  @ApiProperty({ nullable: true, type: MyCaseView, description: 'Null: nothing is open' }) case: MyCaseView | null;
  @ApiProperty({ nullable: true, type: String, description: 'Who sees it: your supervisor' }) supervisor: string | null;
  @ApiProperty({ nullable: true, type: String, description: 'and their deputy' }) deputy: string | null;
  @ApiProperty({ type: [NoteView], description: 'Yours alone, and those you share' }) notes: NoteView[];
  @ApiProperty({ type: [LookView], description: 'Who looked, newest first' }) looks: LookView[];
}
