import type { Acuity, ContactKind } from '../../requests/domain/request.js';
import type { Seat } from './offer.js';

export interface LatLon {
  readonly lat: number;
  readonly lon: number;
}

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
  /** `kind:code`, match-only ones included: they are folded into one figure and never shown. */
  readonly traits: readonly string[];
  /** Either side said: not these two. */
  readonly excluded: boolean;
  /** Away by now, or away begins before the contact could be made. */
  readonly away: boolean;
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
  readonly urgency: Acuity;
  /** Danger or violence has not been asked yet. */
  readonly safetyUnknown: boolean;
  /** How long the peer must still be here: the offer's time and the time to first contact. */
  readonly neededMs: number;
}
