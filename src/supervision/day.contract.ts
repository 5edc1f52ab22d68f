import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, MaxLength } from 'class-validator';
import { IsPlainText } from '../platform/http/validators.js';
import { SUPERVISION_TRACKS, type SupervisionTrack } from '../programmes/domain/care-policy.js';
import { CHECK_IN_OUTCOMES, DEBRIEF_ANSWERS, type CheckInOutcome, type DebriefAnswer } from './domain/critical-contact.js';
import { DUE_STANDINGS, type DueStanding } from './domain/due.js';
import { RelationView } from './relations.contract.js';
import { SupervisionSessionView } from './sessions.contract.js';

const MOMENT = { format: 'date-time' };
const NOTE = { maxLength: 8_000 };

/** A peer who came out of a critical contact and whom no supervisor has spoken to yet. */
export class CriticalContactView {
  @ApiProperty({ format: 'uuid', description: 'Of the assignment' }) id: string;
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty() name: string;
  @ApiProperty(MOMENT) openedAt: string;
  @ApiProperty({ ...MOMENT, type: String, nullable: true, description: 'Null until a supervisor made contact' }) contactedAt: string | null;
  @ApiProperty() version: number;
}

export class CheckInView {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty() name: string;
  @ApiProperty() number: number;
  @ApiProperty() of: number;
  @ApiProperty(MOMENT) dueAt: string;
  @ApiProperty({ enum: ['due', 'done', 'not-reached'] }) state: 'due' | 'done' | 'not-reached';
  @ApiProperty() tries: number;
  @ApiProperty() version: number;
}

export class CheckInDto {
  @ApiProperty({ enum: CHECK_IN_OUTCOMES, description: '`not-reached` is tried again in four hours, three times' }) @IsIn(CHECK_IN_OUTCOMES) outcome: CheckInOutcome;
}

export class DebriefWishedView {
  @ApiProperty({ format: 'uuid', description: 'Of the assignment' }) id: string;
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty() name: string;
  @ApiProperty(MOMENT) offeredAt: string;
  @ApiProperty({ ...MOMENT, description: 'By then it is to be held; late, the deputy hears of it, and then the leads' }) dueAt: string;
}

export class DebriefHeldDto {
  @ApiPropertyOptional({ ...NOTE, description: 'Sealed; for the peer and whoever held it' }) @IsOptional() @IsPlainText() @MaxLength(8_000) notes?: string;
}

export class DebriefAnswerDto {
  @ApiProperty({ enum: DEBRIEF_ANSWERS, description: 'Nothing follows from `no` or `later`, and nobody sees them' }) @IsIn(DEBRIEF_ANSWERS) answer: DebriefAnswer;
}

export class DueView {
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty({ enum: SUPERVISION_TRACKS }) track: SupervisionTrack;
  @ApiProperty(MOMENT) dueAt: string;
  @ApiProperty({ enum: DUE_STANDINGS, description: '`overdue`: past the grace; the peer is offered nothing until it was held' }) standing: DueStanding;
  @ApiProperty({ ...MOMENT, description: 'From then on it is `overdue`, unless it was held' }) restrictsAt: string;
}

/** How much somebody has had: since they checked in, or in the last 24 hours when they are off duty. */
export class ExposureView {
  @ApiProperty({ ...MOMENT, description: 'Counted from here' }) since: string;
  @ApiProperty() contacts: number;
  @ApiProperty() minutes: number;
  @ApiProperty({ description: 'As the caps count them: of acuity 1 and 2 or of none known, and those that were hard or critical for the peer or of which nobody has said' }) heavy: number;
  @ApiProperty({ ...MOMENT, type: String, nullable: true }) lastEndedAt: string | null;
}

export class SupervisedPeerView {
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty() name: string;
  @ApiProperty({ enum: ['supervisor', 'deputy'] }) as: 'supervisor' | 'deputy';
  @ApiProperty({ ...MOMENT, type: String, nullable: true, description: 'Null: off duty' }) onDutySince: string | null;
  @ApiProperty({ description: 'On duty for as long as the policy warns of, time off too short to rest left out, standing by counted only while called out' }) longOnDuty: boolean;
  @ApiProperty({ type: ExposureView }) exposure: ExposureView;
  @ApiProperty({ type: [DueView], description: 'The soonest first' }) dues: DueView[];
}

class CoveringView {
  @ApiProperty() name: string;
  @ApiProperty({ enum: ['on-duty', 'on-call'] }) source: 'on-duty' | 'on-call';
}

export class ProgrammeCoverView {
  @ApiProperty({ format: 'uuid' }) programmeId: string;
  @ApiProperty() name: string;
  @ApiProperty({ type: [CoveringView] }) supervisors: CoveringView[];
  @ApiProperty({ description: 'As how many they count: those on duty, or without any a whole on-call list as one' }) supervisorsThere: number;
  @ApiProperty({ description: 'Peers with a request of the programme now, in any seat' }) peersWithSomebody: number;
  @ApiProperty({ description: 'Peers for each supervisor the policy has in mind' }) peersPerSupervisor: number;
  @ApiProperty({ description: 'As many peers are with somebody as these supervisors are meant to stand behind' }) ratioReached: boolean;
  @ApiProperty({ description: 'Nobody more is asked while it is reached' }) ratioEnforced: boolean;
  @ApiProperty({ description: 'The last cover ends within half an hour' }) endsSoon: boolean;
}

export class SupervisorDayView {
  @ApiProperty(MOMENT) at: string;
  @ApiProperty({ type: [CriticalContactView], description: 'Longest waiting first' }) criticalContacts: CriticalContactView[];
  @ApiProperty({ type: [CheckInView], description: 'Due within a day, the first due first' }) checkIns: CheckInView[];
  @ApiProperty({ type: [DebriefWishedView], description: 'The first due first' }) debriefs: DebriefWishedView[];
  @ApiProperty({ type: [SupervisionSessionView], description: 'Planned, the next first' }) sessions: SupervisionSessionView[];
  @ApiProperty({ type: [SupervisedPeerView], description: 'By name' }) peers: SupervisedPeerView[];
  @ApiProperty({ type: [ProgrammeCoverView] }) cover: ProgrammeCoverView[];
}

export class MyDebriefView {
  @ApiProperty({ format: 'uuid', description: 'Of the assignment' }) id: string;
  @ApiProperty(MOMENT) offeredAt: string;
  @ApiProperty({ enum: DEBRIEF_ANSWERS, nullable: true, type: String }) answer: DebriefAnswer | null;
}

/** What a peer sees of their own supervision. */
export class MySupervisionView {
  @ApiProperty({ type: [RelationView] }) supervisors: RelationView[];
  @ApiProperty({ type: [SupervisionSessionView], description: 'Planned, the next first' }) upcoming: SupervisionSessionView[];
  @ApiProperty({ type: [DueView], description: 'The soonest first' }) dues: DueView[];
  @ApiProperty({ type: ExposureView }) exposure: ExposureView;
  @ApiProperty({ description: 'After a critical contact: somebody will be in touch, and nobody asks for anything before' }) waitsForContact: boolean;
  @ApiProperty({ type: [MyDebriefView] }) debriefs: MyDebriefView[];
}
