import type { Acuity, ContactKind } from '../../requests/domain/request.js';

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
  readonly liveAssignments: number;
  readonly hasPendingOffer: boolean;
  readonly askedThisRound: boolean;
  readonly contacts24h: number;
  readonly lastContactAt: Date | null;
}

/** The part of a request that matching looks at. Payer and ability to pay are not among it. */
export interface Demand {
  readonly programmeId: string;
  readonly contactKind: ContactKind;
  readonly language: string;
  readonly countyFips: string | null;
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
