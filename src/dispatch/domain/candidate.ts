import type { CarePolicy } from '../../programmes/domain/care-policy.js';
import type { LatLon } from '../../programmes/domain/place.js';
import type { CallOut, Contact, Stint } from '../../supervision/domain/strain.js';
import type { DutyMode } from '../../shifts/domain/duty.js';
import type { Acuity, ContactKind } from '../../requests/domain/request.js';
import type { Seat } from './offer.js';

/** Limits anyone may set for themself; nobody is told why, or that they are there. */
export interface PeerLimits {
  readonly contactKinds: readonly ContactKind[] | null;
  /** The most urgent they take: 2 leaves out emergent ones. */
  readonly maxAcuity: Acuity | null;
  readonly buddyOnly: boolean;
  readonly noNights: boolean;
  readonly hoursAWeek: number | null;
}

/** What the matcher knows of a peer on duty. Wellness is not among it. */
export interface Candidate {
  readonly personId: string;
  readonly programmeIds: readonly string[];
  readonly languages: readonly string[];
  /** Kinds of contact both the profile and today's duty include. */
  readonly contactKinds: readonly ContactKind[];
  readonly profileActive: boolean;
  readonly channelLive: boolean;
  readonly draining: boolean;
  readonly until: Date;
  readonly capacity: number;
  readonly maxAcuity: Acuity | null;
  readonly buddyOnly: boolean;
  readonly youthCleared: boolean | null;
  readonly gender: string | null;
  /** Counties of the peer's area, and of the place they gave at check-in. */
  readonly countyFips: readonly string[];
  /** `kind:code`, whatever the consent: these weigh, and none of what follows from them is shown. */
  readonly traits: readonly string[];
  /** Those of them people may be told of: all that a shown figure may rest on (docs/decisions/0014). */
  readonly toldTraits: readonly string[];
  /** Either side said: not these two. */
  readonly excluded: boolean;
  /** When their away began or is to begin; null: none is planned. */
  readonly awayFrom: Date | null;
  readonly limits: PeerLimits | null;
  /** Asked whether they are still there, and silent so far. */
  readonly stillHereAsked: boolean;
  /** Hours on duty in the last seven days, this duty included. */
  readonly hours7d: number;
  /** Had this very request and gave it back, or could not stay. */
  readonly hadThisRequest: boolean;
  /** Where the peer is: the place given at check-in. */
  readonly place: LatLon | null;
  readonly liveAssignments: number;
  readonly nightWakes24h: number;
  readonly spokeBefore: boolean;
  readonly hasPendingOffer: boolean;
  /** The request they are being asked for. */
  readonly pendingFor: { readonly requestId: string; readonly urgency: number } | null;
  readonly askedThisRound: boolean;
  readonly contacts24h: number;
  readonly lastContactAt: Date | null;
  /** On this duty since. */
  readonly since: Date;
  readonly mode: DutyMode;
  /** In this mode since: that of this duty, or later where it was another before. */
  readonly modeSince: Date;
  /** Times on duty of the last two days, before this one and in its other modes. */
  readonly earlierStints: readonly Stint[];
  /** With whom they were of late, from accept to end, whether or not a contact was made. */
  readonly callOuts: readonly CallOut[];
  /** Contacts of the last two days, in any seat; one that is not made yet counts from its accept. */
  readonly contacts: readonly Contact[];
  /** Of those the programme asks for, what the peer holds. */
  readonly credentials: readonly HeldCredential[];
  /** `kind:code` the peer leaves out; nobody is told that there are any. */
  readonly topicOptOuts: readonly string[];
  /** Receives services of this very programme. */
  readonly inOwnCare: boolean;
  /** Had a critical contact, and no supervisor has spoken with them since. */
  readonly afterCriticalContact: boolean;
  /** When the first of the five tracks of their own supervision is due; null: of one of them nothing is known. */
  readonly supervisionDueAt: Date | null;
  /** Has acknowledged the programme's relapse policy, or there is none to acknowledge. */
  readonly policyAcknowledged: boolean;
}

/** What the gates that keep peers well go by. */
export type CareFacts = Pick<Candidate, 'contacts' | 'callOuts' | 'earlierStints' | 'credentials' | 'topicOptOuts' | 'inOwnCare' | 'afterCriticalContact'>;

interface HeldCredential {
  readonly code: string;
  /** The first moment it does not hold any more; null: it does not expire. */
  readonly expiresAt: Date | null;
}

/** The part of a request that matching looks at. Payer and ability to pay are not among it. */
export interface Demand {
  readonly programmeId: string;
  readonly contactKind: ContactKind;
  readonly language: string;
  readonly seat: Seat;
  readonly countyFips: string | null;
  /** Coordinates, or the centroid of the ZIP code; null when neither is known. */
  readonly at: LatLon | null;
  /** How far away a peer may be for a contact in person, by the rung of the ladder. */
  readonly radiusKm: number;
  /** It is night in the programme's time zone. */
  readonly night: boolean;
  readonly populations: readonly string[];
  readonly experience: readonly string[];
  readonly skills: readonly string[];
  readonly minor: boolean;
  readonly youth: boolean;
  readonly genderMust: string | null;
  readonly genderWish: string | null;
  readonly samePeerMust: string | null;
  readonly samePeerWish: string | null;
  /** Any of them would be liked besides the one that must be. */
  readonly languageWishes: readonly string[];
  readonly urgency: Acuity;
  /** Danger or violence has not been asked yet. */
  readonly safetyUnknown: boolean;
  /** How long the peer must still be here, before the shift ends or an away begins: the offer's time and the time to first contact. */
  readonly neededMs: number;
  /** How grave it is as it stands; not known to be milder counts as urgent. Waiting alone raises `urgency`, never this. */
  readonly acuity: Acuity;
  /** What the programme asks for the sake of its peers, as of now. */
  readonly care: CarePolicy;
  /** Codes a peer must hold for a request of this acuity. */
  readonly training: readonly string[];
  /** The one supervisor there is, who may not be their own; null: there are several, or it does not matter here. */
  readonly onlySupervisorId: string | null;
  /** One more peer with somebody would be more than the supervisors there can stand behind; never so where the programme does not ask. */
  readonly ratioReached: boolean;
  /** Codes of which a peer must hold one; null where no certification is asked for, as is usual. */
  readonly certifications: readonly string[] | null;
}
