import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsOptional, IsUUID, MaxLength, MinLength, ValidateNested } from 'class-validator';
import { IsPlainText } from '../platform/http/validators.js';
import { AGREED, HAND_GATE_CODES, type Agreed, type HandGateCode } from './domain/by-hand.js';
import type { Seat } from './domain/offer.js';
import { ALARM_KINDS } from '../requests/domain/alarm.js';

const BOARD_ALARM_KINDS = ['escalation-unacknowledged', ...ALARM_KINDS] as const;

/** Shapes that leave the dispatch routes. All times RFC 3339 UTC, all ids uuid v7. */
export class NextActionView {
  @ApiProperty({ description: 'triage, match, offer-closes, wait, retry, acknowledge, confirm-contact, make-contact, check-in-on-contact, close-out, begin' })
  kind: string;
  @ApiProperty({ format: 'date-time' }) dueAt: string;
}

export class OfferView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: ['contact', 'consult', 'position'] }) purpose: 'contact' | 'consult' | 'position';
  @ApiProperty({ enum: ['pending', 'accepted', 'declined', 'expired', 'withdrawn', 'superseded'] })
  status: 'pending' | 'accepted' | 'declined' | 'expired' | 'withdrawn' | 'superseded';
  @ApiProperty({ format: 'date-time' }) expiresAt: string;
  @ApiProperty({ minimum: 1, maximum: 4 }) acuity: number;
  @ApiProperty() contactKind: string;
  @ApiProperty() language: string;
  @ApiProperty({ nullable: true, type: String, description: 'Name of the area; never an address' }) area: string | null;
  @ApiProperty({ enum: ['lead', 'buddy', 'shadow', 'consult'], description: 'Seat that is offered; `consult`: advice to the lead' })
  format: 'lead' | 'buddy' | 'shadow' | 'consult';
  @ApiProperty() version: number;
}

export class ScoreTermView {
  @ApiProperty() term: string;
  @ApiProperty({ description: 'Minutes of cost; lower is better' }) minutes: number;
}

/** What coordinators and supervisors see of an offer, with the stored explanation. */
export class StaffOfferView extends OfferView {
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty() peerName: string;
  @ApiProperty() round: number;
  @ApiProperty({ format: 'date-time' }) madeAt: string;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) closedAt: string | null;
  @ApiProperty({ type: [ScoreTermView] }) why: ScoreTermView[];
}

export class AssignmentView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid' }) requestId: string;
  @ApiProperty({ enum: ['lead', 'buddy', 'shadow'] }) seat: 'lead' | 'buddy' | 'shadow';
  @ApiProperty({ enum: ['accepted', 'en-route', 'in-contact', 'handing-over', 'ended'] })
  state: 'accepted' | 'en-route' | 'in-contact' | 'handing-over' | 'ended';
  @ApiProperty({ format: 'date-time' }) acceptedAt: string;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) contactMadeAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) endedAt: string | null;
  @ApiProperty() version: number;
}

export class StaffAssignmentView extends AssignmentView {
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty() peerName: string;
}

/** Advice a lead asked a supervisor for. The contact goes on meanwhile. */
export class ConsultView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid' }) requestId: string;
  @ApiProperty({ format: 'uuid' }) assignmentId: string;
  @ApiProperty({ enum: ['open', 'taken', 'ended'] }) state: 'open' | 'taken' | 'ended';
  @ApiProperty({ description: 'Who asks' }) peerName: string;
  @ApiProperty({ format: 'date-time' }) askedAt: string;
  @ApiProperty({ nullable: true, type: String, description: 'The supervisor who advises' }) takenByName: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) takenAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) endedAt: string | null;
  @ApiProperty() pagesSent: number;
  @ApiProperty() version: number;
}

export class ConsultPage {
  @ApiProperty({ type: [ConsultView] }) items: ConsultView[];
  @ApiProperty({ nullable: true, type: String }) nextCursor: string | null;
}

/** What the lead sees of their own assignment; contact details come from `GET /requests/{id}/contact`. */
export class MyAssignmentView extends AssignmentView {
  @ApiProperty({ minimum: 1, maximum: 4 }) acuity: number;
  @ApiProperty() contactKind: string;
  @ApiProperty() language: string;
  @ApiProperty({ nullable: true, type: String }) area: string | null;
  @ApiProperty({ type: [String] }) populations: string[];
  @ApiProperty({ type: [String] }) experience: string[];
  @ApiProperty({ description: 'How to reach the person without giving away your own number' }) callingInstruction: string;
  @ApiProperty({ format: 'date-time' }) contactDueAt: string;
  @ApiProperty({ description: 'The contact is over and only the close-out is missing' }) closeOutDue: boolean;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) enRouteAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'In the field: when to say again that you are safe' })
  safetyCheckAt: string | null;
  @ApiProperty({ enum: ['not-needed', 'wanted', 'there'], description: 'Contact in person begins with a buddy there, where the programme asks for one' })
  buddy: 'not-needed' | 'wanted' | 'there';
  @ApiProperty({ type: ConsultView, nullable: true, description: 'The last advice asked for' }) consult: ConsultView | null;
}

export class ScriptView {
  @ApiProperty() en: string;
  @ApiProperty() es: string;
}

export class EscalationView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid' }) requestId: string;
  @ApiProperty() cause: string;
  @ApiProperty({ enum: ['partner', 'clinician', 'supervisor'] }) tier: 'partner' | 'clinician' | 'supervisor';
  @ApiProperty({ format: 'uuid', nullable: true, type: String }) ownerAccountId: string | null;
  @ApiProperty({ type: ScriptView, nullable: true }) script: ScriptView | null;
  @ApiProperty({ format: 'date-time' }) openedAt: string;
  @ApiProperty() pagesSent: number;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) acknowledgedAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'When a supervisor took it on; until then supervisors are paged' })
  supervisorAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) contactConfirmedAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) closedAt: string | null;
  @ApiProperty() version: number;
}

/** What an intake partner sees of its own request, and the ground of what staff see. */
export class RequestView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid' }) programmeId: string;
  @ApiProperty({ enum: ['received', 'triaged', 'searching', 'assigned', 'ended', 'closed', 'escalated', 'cancelled'] }) state: string;
  @ApiProperty({ nullable: true, type: Number, minimum: 1, maximum: 4 }) acuity: number | null;
  @ApiProperty({ minimum: 1, maximum: 4 }) effectiveUrgency: number;
  @ApiProperty() channel: string;
  @ApiProperty() contactKind: string;
  @ApiProperty() language: string;
  @ApiProperty({ nullable: true, type: String }) area: string | null;
  @ApiProperty({ enum: ['self', 'other'] }) forWhom: 'self' | 'other';
  @ApiProperty({ type: Object }) needs: { populations: string[]; experience: string[]; skills: string[] };
  @ApiProperty({ type: Object }) safety: { imminentDanger: string; violence: string; medicalEmergency: string; minor: string };
  @ApiProperty() needsClinician: boolean;
  @ApiProperty({ nullable: true, type: String }) externalRef: string | null;
  @ApiProperty({ format: 'date-time' }) receivedAt: string;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) requestedAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) notBefore: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) endedAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) closedAt: string | null;
  @ApiProperty({ type: NextActionView, nullable: true }) nextAction: NextActionView | null;
  @ApiProperty({ type: [OfferView] }) offers: OfferView[];
  @ApiProperty({ type: AssignmentView, nullable: true }) assignment: AssignmentView | null;
  @ApiProperty({ type: EscalationView, nullable: true }) escalation: EscalationView | null;
  @ApiProperty() version: number;
}

export class StaffRequestView extends RequestView {
  @ApiProperty({ type: [StaffOfferView] }) declare offers: StaffOfferView[];
  @ApiProperty({ type: StaffAssignmentView, nullable: true }) declare assignment: StaffAssignmentView | null;
  @ApiProperty({ description: 'Safety questions that nobody has answered yet', type: [String] }) ask: string[];
  @ApiProperty({ format: 'uuid', nullable: true, type: String, description: 'An older open request of the same requester; a hint, never a merge' })
  possibleDuplicateOf: string | null;
}

export class RequestPage {
  @ApiProperty({ type: [StaffRequestView] }) items: StaffRequestView[];
  @ApiProperty({ nullable: true, type: String }) nextCursor: string | null;
}

export class TimelineItemView {
  @ApiProperty({ format: 'date-time' }) at: string;
  @ApiProperty({ example: 'offer.made' }) type: string;
  @ApiProperty({ enum: ['account', 'api-key', 'system'] }) actorKind: 'account' | 'api-key' | 'system';
  @ApiProperty({ nullable: true, type: String }) actorName: string | null;
  @ApiProperty() summary: string;
  @ApiProperty({ description: 'Milliseconds since the line before' }) sinceLastMs: number;
}

export class TimelineView {
  @ApiProperty({ type: [TimelineItemView] }) items: TimelineItemView[];
}

export class ContactView {
  @ApiProperty({ nullable: true, type: String }) callback: string | null;
  @ApiProperty({ nullable: true, type: String }) story: string | null;
}

export class BoardPersonView {
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty() name: string;
  @ApiProperty({ enum: ['peer', 'supervisor'] }) as: 'peer' | 'supervisor';
  @ApiProperty({ enum: ['active', 'on-call'] }) mode: 'active' | 'on-call';
  @ApiProperty({ enum: ['free', 'asked', 'with-someone', 'leaving'] }) state: 'free' | 'asked' | 'with-someone' | 'leaving';
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'Since when the state holds' }) stateSince: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'null: on an on-call list' }) until: string | null;
  @ApiProperty({ type: [String] }) languages: string[];
  @ApiProperty({ type: [String], format: 'uuid' }) programmeIds: string[];
}

export class BoardAlarmView {
  @ApiProperty({ format: 'uuid', description: 'Acknowledge it here: POST /escalations/{id}/acknowledge for an escalation, POST /alarms/{id}/acknowledge otherwise' })
  id: string;
  @ApiProperty({ enum: BOARD_ALARM_KINDS }) kind: (typeof BOARD_ALARM_KINDS)[number];
  @ApiProperty({ format: 'uuid' }) programmeId: string;
  @ApiProperty({ format: 'uuid', description: 'Request or programme it is about' }) subjectId: string;
  @ApiProperty({ nullable: true, type: EscalationView }) escalation: EscalationView | null;
  @ApiProperty({ format: 'date-time' }) since: string;
  @ApiProperty() pagesSent: number;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) acknowledgedAt: string | null;
}

export class CoverView {
  @ApiProperty({ format: 'uuid' }) programmeId: string;
  @ApiProperty() peersOnDuty: number;
  @ApiProperty() peersFree: number;
  @ApiProperty() supervisors: number;
}

export class BoardView {
  @ApiProperty({ format: 'date-time' }) at: string;
  @ApiProperty({ type: [StaffRequestView], description: 'Open requests, most urgent first' }) requests: StaffRequestView[];
  @ApiProperty() openTotal: number;
  @ApiProperty({ type: [BoardPersonView] }) people: BoardPersonView[];
  @ApiProperty({ type: [CoverView] }) cover: CoverView[];
  @ApiProperty({ type: [BoardAlarmView] }) alarms: BoardAlarmView[];
  @ApiProperty({ type: [String], description: 'Parts that are not working; dispatch goes on' }) degraded: string[];
}

export class OfferList {
  @ApiProperty({ type: [OfferView] }) items: OfferView[];
}

export class MyAssignmentList {
  @ApiProperty({ type: [MyAssignmentView] }) items: MyAssignmentView[];
}

export class MatchCandidateView {
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty() name: string;
  @ApiProperty({ description: 'Minutes of cost; the lowest is asked first' }) minutes: number;
  @ApiProperty({ type: [ScoreTermView] }) terms: ScoreTermView[];
  @ApiProperty({ description: 'With somebody, or being asked' }) busy: boolean;
  @ApiProperty() askedThisRound: boolean;
}

export class ExcludedView {
  @ApiProperty({ description: 'Code of a gate; `peer-unavailable` is every reason of the peer\'s own' }) code: string;
  @ApiProperty() count: number;
}

export class OneGateOffView {
  @ApiProperty() gate: string;
  @ApiProperty({ description: 'How many more would fit if this one gate were open' }) wouldFit: number;
}

export class WaitingForView {
  @ApiProperty({ description: 'Fitting peers who are busy and have not been asked' }) busy: number;
}

/** Who would be asked for a request and why, and why nobody else. */
export class MatchView {
  @ApiProperty({ enum: ['lead', 'buddy'], description: 'Seat a peer is looked for' }) seat: 'lead' | 'buddy';
  @ApiProperty({ description: 'Without a supervisor nobody is offered anything' }) supervisorCover: boolean;
  @ApiProperty({ type: [MatchCandidateView], description: 'Peers who fit, cheapest first' }) ranked: MatchCandidateView[];
  @ApiProperty({ type: [ExcludedView] }) excluded: ExcludedView[];
  @ApiProperty({ type: [OneGateOffView] }) oneGateOff: OneGateOffView[];
  @ApiProperty({ type: WaitingForView }) waitingFor: WaitingForView;
}

const SEATS = ['lead', 'buddy', 'shadow'] as const satisfies readonly Seat[];

export class OverrideDto {
  @ApiProperty({ enum: HAND_GATE_CODES }) @IsIn(HAND_GATE_CODES) gate: HandGateCode;
  @ApiProperty({ maxLength: 500, description: 'Why; sealed' })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsPlainText() @MinLength(1) @MaxLength(500) reason: string;
}

/** Body of `POST /requests/{id}/assign`. */
export class AssignByHandDto {
  @ApiProperty({ format: 'uuid' }) @IsUUID() personId: string;
  @ApiProperty({ enum: AGREED, description: 'How the peer agreed; `no` asks them, and nobody else meanwhile' }) @IsIn(AGREED) agreed: Agreed;
  @ApiPropertyOptional({ enum: SEATS, default: 'lead' }) @IsOptional() @IsIn(SEATS) seat?: Seat;
  @ApiPropertyOptional({ type: [OverrideDto], description: 'Each closed gate that is lifted, with the reason' })
  @IsOptional() @IsArray() @ArrayMaxSize(12) @ArrayUnique((override: OverrideDto) => override.gate) @ValidateNested({ each: true }) @Type(() => OverrideDto)
  overrides?: OverrideDto[];
}
