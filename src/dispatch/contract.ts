import { ApiProperty } from '@nestjs/swagger';
import { IN_PERSON_RULES, type InPersonRule } from '../programmes/domain/programme.js';
import { PreferenceDto } from '../requests/contract.js';
import { ThinCoverView } from '../shifts/contract.js';
import { ALARM_KINDS } from '../requests/domain/alarm.js';
import { CONFIRMED_BY, type ConfirmedBy } from '../requests/domain/escalation.js';

const BOARD_ALARM_KINDS = ['escalation-unacknowledged', ...ALARM_KINDS] as const;

/** Shapes that leave the dispatch routes. All times RFC 3339 UTC, all ids uuid v7. */
class NextActionView {
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
  @ApiProperty({ type: [String], description: 'Gates somebody lifted to ask this peer; told to the peer, empty for everybody else' }) lifted: string[];
  @ApiProperty() version: number;
}

/** What the peer who is asked sees. */
export class MyOfferView extends OfferView {
  @ApiProperty({ enum: IN_PERSON_RULES, nullable: true, description: 'In person: with whom the programme sends peers; null for every other contact and for advice' })
  inPersonRule: InPersonRule | null;
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
  @ApiProperty({ description: 'Asked by hand, and nobody else meanwhile' }) directed: boolean;
  @ApiProperty({ description: 'Number of the policy version whose weights made the terms' }) policyVersion: number;
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
  @ApiProperty({ format: 'date-time' }) contactDueAt: string;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) enRouteAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'In the field: when they are asked whether they are safe' })
  safetyCheckAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'Stays with the person until somebody else has accepted' })
  handingOverSince: string | null;
}

/** Advice a lead asked a supervisor for. The contact goes on meanwhile. */
export class ConsultView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid' }) requestId: string;
  @ApiProperty({ format: 'uuid' }) assignmentId: string;
  @ApiProperty({ enum: ['open', 'taken', 'ended'] }) state: 'open' | 'taken' | 'ended';
  @ApiProperty({ description: 'Who asks' }) peerName: string;
  @ApiProperty({ minimum: 1, maximum: 4 }) urgency: number;
  @ApiProperty() contactKind: string;
  @ApiProperty() language: string;
  @ApiProperty({ format: 'date-time' }) askedAt: string;
  @ApiProperty({ nullable: true, type: String, description: 'The supervisor who advises' }) takenByName: string | null;
  @ApiProperty({ format: 'uuid', nullable: true, type: String }) takenByAccountId: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) takenAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) endedAt: string | null;
  @ApiProperty() pagesSent: number;
  @ApiProperty() version: number;
}

export class ConsultPage {
  @ApiProperty({ type: [ConsultView] }) items: ConsultView[];
  @ApiProperty({ nullable: true, type: String }) nextCursor: string | null;
}

export class ScriptView {
  @ApiProperty() en: string;
  @ApiProperty() es: string;
}

/** What the lead sees of their own assignment; contact details come from `GET /requests/{id}/contact`. */
export class MyAssignmentView extends AssignmentView {
  @ApiProperty({ type: [String], description: 'Gates somebody lifted to ask you' }) lifted: string[];
  @ApiProperty({ minimum: 1, maximum: 4 }) acuity: number;
  @ApiProperty() contactKind: string;
  @ApiProperty() language: string;
  @ApiProperty({ nullable: true, type: String }) area: string | null;
  @ApiProperty({ type: [String] }) populations: string[];
  @ApiProperty({ type: [String] }) experience: string[];
  @ApiProperty({ description: 'How to reach the person without giving away your own number' }) callingInstruction: string;
  @ApiProperty({ nullable: true, type: String, description: 'The same in Spanish, where the programme has one' }) callingInstructionEs: string | null;
  @ApiProperty({ format: 'date-time' }) contactDueAt: string;
  @ApiProperty({ description: 'The contact is over and only the close-out is missing' }) closeOutDue: boolean;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) enRouteAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'In the field: when to say again that you are safe' })
  safetyCheckAt: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'Since when you are asked whether you are still with the person' })
  checkAskedAt: string | null;
  @ApiProperty({ enum: ['not-needed', 'wanted', 'there'], description: 'Contact in person begins with a buddy there, where the programme asks for one' })
  buddy: 'not-needed' | 'wanted' | 'there';
  @ApiProperty({ enum: IN_PERSON_RULES, nullable: true, description: 'In person: with whom the programme sends peers; null for every other contact' })
  inPersonRule: InPersonRule | null;
  @ApiProperty({ type: ConsultView, nullable: true, description: 'The last advice asked for' }) consult: ConsultView | null;
  @ApiProperty({ description: 'Number of the request, to say aloud' }) requestNumber: number;
  @ApiProperty({ type: ScriptView, nullable: true, description: 'What to say and do while more than a peer is needed' }) script: ScriptView | null;
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
  @ApiProperty({ nullable: true, type: String, description: 'Who has it; not told to intake partners' }) acknowledgedByName: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'When a supervisor took it on; until then supervisors are paged' })
  supervisorAt: string | null;
  @ApiProperty({ description: 'Whether “I have this” of whoever reads this changes something: nobody has it, or no supervisor does and they may answer as one' })
  mayTake: boolean;
  @ApiProperty({ format: 'date-time', nullable: true, type: String }) contactConfirmedAt: string | null;
  @ApiProperty({ enum: CONFIRMED_BY, nullable: true, description: 'Who confirmed that help is there; null as well where a peer made contact' })
  contactConfirmedBy: ConfirmedBy | null;
  @ApiProperty({ nullable: true, type: String, description: 'What the desk calls somebody else who did; not told to intake partners' }) contactConfirmedName: string | null;
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
  @ApiProperty({ description: 'Short number to say aloud; counts up over the whole deployment' }) number: number;
  @ApiProperty({ format: 'uuid', nullable: true, type: String, description: 'Account of the coordinator who took it in; null: a partner sent it' }) takenInBy: string | null;
  @ApiProperty({ type: [StaffOfferView] }) declare offers: StaffOfferView[];
  @ApiProperty({ type: StaffAssignmentView, nullable: true }) declare assignment: StaffAssignmentView | null;
  @ApiProperty({ type: [StaffAssignmentView], description: 'Everybody who is there now, in any seat' }) seats: StaffAssignmentView[];
  @ApiProperty({ type: ConsultView, nullable: true, description: 'Advice that is asked for or being given' }) consult: ConsultView | null;
  @ApiProperty({ type: [PreferenceDto] }) preferences: PreferenceDto[];
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'Until when a cancel can be taken back' }) undoUntil: string | null;
  @ApiProperty({ description: 'Safety questions that nobody has answered yet', type: [String] }) ask: string[];
  @ApiProperty({ format: 'uuid', nullable: true, type: String, description: 'An older open request of the same requester; a hint, never a merge' })
  possibleDuplicateOf: string | null;
  @ApiProperty({ description: 'Whoever reads this may open callback, story and place: `GET /requests/{id}/contact`' }) mayOpenContact: boolean;
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
  @ApiProperty({ nullable: true, type: String, description: 'The peer it is about' }) personName: string | null;
  @ApiProperty() summary: string;
  @ApiProperty({ type: Object, description: 'Codes and numbers of the event, for a sentence in another language', example: { round: 2 } })
  detail: Record<string, string | number>;
  @ApiProperty({ description: 'Milliseconds since the line before' }) sinceLastMs: number;
}

export class TimelineView {
  @ApiProperty({ type: [TimelineItemView], description: 'Oldest first' }) items: TimelineItemView[];
  @ApiProperty({ nullable: true, type: String, description: 'For the lines before these; null with the first' }) nextCursor: string | null;
}

export class BoardPersonView {
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty() name: string;
  @ApiProperty({ enum: ['peer', 'supervisor'] }) as: 'peer' | 'supervisor';
  @ApiProperty({ enum: ['active', 'on-call'] }) mode: 'active' | 'on-call';
  @ApiProperty({ enum: ['free', 'asked', 'with-someone', 'leaving'] }) state: 'free' | 'asked' | 'with-someone' | 'leaving';
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'Since when the state holds' }) stateSince: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'null: on an on-call list' }) until: string | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'While asked: when the offer runs out' }) answerBy: string | null;
  @ApiProperty({ description: 'People they are with now' }) load: number;
  @ApiProperty({ description: 'How many at a time they take' }) capacity: number;
  @ApiProperty({ type: [String], description: 'Contact kinds they take on this duty' }) contactKinds: string[];
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
  @ApiProperty({ nullable: true, type: String }) acknowledgedByName: string | null;
}

const POLICY_STANDINGS = ['in-force', 'grace', 'unconfirmed', 'missing'] as const;

class PolicyCoverView {
  @ApiProperty({ enum: POLICY_STANDINGS, description: 'grace: run out, served while a supervisor confirms daily; unconfirmed and missing: new requests go to the supervisors' })
  kind: (typeof POLICY_STANDINGS)[number];
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'In its grace: until when it is confirmed' }) confirmBy: string | null;
}

export class CoverView {
  @ApiProperty({ format: 'uuid' }) programmeId: string;
  @ApiProperty({ description: 'Requests that are open, listed or not' }) open: number;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'When the one who waits longest without a lead was received; null: nobody waits' }) waitingSince: string | null;
  @ApiProperty() peersOnDuty: number;
  @ApiProperty() peersFree: number;
  @ApiProperty() supervisors: number;
  @ApiProperty({ type: [ThinCoverView], description: 'Missing now or within four hours' }) thin: ThinCoverView[];
  @ApiProperty({ type: PolicyCoverView, description: 'Whether the programme serves by its relapse policy' }) relapsePolicy: PolicyCoverView;
}

export class BoardView {
  @ApiProperty({ format: 'date-time' }) at: string;
  @ApiProperty({ type: [StaffRequestView], description: 'Open requests, most urgent first; the script of an escalation nobody has is in `alarms` alone' }) requests: StaffRequestView[];
  @ApiProperty() openTotal: number;
  @ApiProperty({ type: [BoardPersonView] }) people: BoardPersonView[];
  @ApiProperty({ type: [CoverView] }) cover: CoverView[];
  @ApiProperty({ type: [BoardAlarmView] }) alarms: BoardAlarmView[];
  @ApiProperty({ type: [String], description: 'Parts that are not working; dispatch goes on' }) degraded: string[];
}

export class OfferList {
  @ApiProperty({ type: [MyOfferView] }) items: MyOfferView[];
}

export class MyAssignmentList {
  @ApiProperty({ type: [MyAssignmentView] }) items: MyAssignmentView[];
  @ApiProperty({ nullable: true, type: String, format: 'date-time', description: 'You rest after a contact: nobody is to ask you before. Null as well for a day after somebody reset your sign-in' }) restingUntil: string | null;
}
