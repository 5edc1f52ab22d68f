import { ApiProperty } from '@nestjs/swagger';
import { BoardAlarmView, BoardPersonView, EscalationView } from './contract.js';

/** An escalation with what its owner decides by: what kind of request it is, and who is with the person meanwhile. */
export class EscalationAtHandView extends EscalationView {
  @ApiProperty({ description: 'Short number to say aloud' }) requestNumber: number;
  @ApiProperty({ format: 'uuid' }) programmeId: string;
  @ApiProperty({ minimum: 1, maximum: 4 }) urgency: number;
  @ApiProperty() contactKind: string;
  @ApiProperty() language: string;
  @ApiProperty({ nullable: true, type: String, description: 'Name of the area; never an address' }) area: string | null;
  @ApiProperty({ description: 'Peers are still searched for while it is open' }) searchContinues: boolean;
  @ApiProperty({ nullable: true, type: String, description: 'The peer who leads meanwhile' }) leadName: string | null;
  @ApiProperty({ enum: ['accepted', 'en-route', 'in-contact', 'handing-over'], nullable: true, type: String })
  leadState: 'accepted' | 'en-route' | 'in-contact' | 'handing-over' | null;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'The next page; once a supervisor has it, when contact is to be confirmed' })
  nextDueAt: string | null;
  @ApiProperty({ description: 'Whoever reads this may open callback, story and place: `GET /requests/{id}/contact`' }) mayOpenContact: boolean;
}

export class EscalationAtHandList {
  @ApiProperty({ type: [EscalationAtHandView] }) items: EscalationAtHandView[];
}

/** Something no supervisor has taken yet: one of the two is there. */
export class PageToTakeView {
  @ApiProperty({ enum: ['escalation', 'alarm'] }) kind: 'escalation' | 'alarm';
  @ApiProperty({ format: 'uuid', description: 'Of the escalation or the alarm' }) id: string;
  @ApiProperty({ format: 'date-time' }) since: string;
  @ApiProperty({ description: 'How many pages have gone out' }) pagesSent: number;
  @ApiProperty({ type: EscalationAtHandView, nullable: true }) escalation: EscalationAtHandView | null;
  @ApiProperty({ type: BoardAlarmView, nullable: true }) alarm: BoardAlarmView | null;
}

export class PageToTakeList {
  @ApiProperty({ type: [PageToTakeView], description: 'The gravest first' }) items: PageToTakeView[];
}

export class OnCallPlaceView {
  @ApiProperty({ format: 'uuid' }) programmeId: string;
  @ApiProperty({ minimum: 1, description: 'Place in the order in which the list is called' }) position: number;
  @ApiProperty({ description: 'How many stand on the list' }) of: number;
}

/** A caller a peer stays with until somebody else has accepted. */
export class HandingOverView {
  @ApiProperty({ description: 'Short number to say aloud' }) requestNumber: number;
  @ApiProperty({ format: 'uuid' }) requestId: string;
  @ApiProperty({ format: 'uuid' }) assignmentId: string;
  @ApiProperty() peerName: string;
  @ApiProperty({ format: 'date-time' }) since: string;
  @ApiProperty({ minimum: 1, maximum: 4 }) urgency: number;
  @ApiProperty() contactKind: string;
  @ApiProperty() language: string;
  @ApiProperty({ nullable: true, type: String }) area: string | null;
}

/** Who serves in the supervisor's programmes now. Whoever is not on duty is not here, and nothing says why. */
export class TeamView {
  @ApiProperty({ format: 'date-time' }) at: string;
  @ApiProperty({ type: [BoardPersonView] }) people: BoardPersonView[];
  @ApiProperty({ type: [HandingOverView], description: 'Longest waiting first' }) handingOver: HandingOverView[];
  @ApiProperty({ type: [OnCallPlaceView], description: 'Where the caller stands on on-call lists' }) onCall: OnCallPlaceView[];
  @ApiProperty({ type: [String], description: 'Parts that are not working; dispatch goes on' }) degraded: string[];
}
