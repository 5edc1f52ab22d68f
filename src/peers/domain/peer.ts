import type { ContactKind } from '../../programmes/domain/contact-kind.js';

export const TRAIT_KINDS = ['population', 'experience', 'skill'] as const;
export type TraitKind = (typeof TRAIT_KINDS)[number];

/** Experience tags are health data: each carries what its peer agreed to. `match-only` never leaves the peer's own page. */
export const CONSENTS = ['match-only', 'may-be-told', 'supervisor'] as const;
export type Consent = (typeof CONSENTS)[number];

export const ENGAGEMENTS = ['full-time', 'part-time', 'ad-hoc', 'stipend', 'volunteer'] as const;
export type Engagement = (typeof ENGAGEMENTS)[number];

/** Whether a peer can be asked now, never why not. */
type Availability = 'on-duty' | 'off-duty' | 'busy';

export interface Trait {
  readonly kind: TraitKind;
  readonly code: string;
  readonly consent: Consent;
}

export interface PeerProfile {
  readonly personId: string;
  readonly languages: readonly string[];
  readonly contactKinds: readonly ContactKind[];
  readonly gender: string | null;
  readonly areaId: string | null;
  /** Null: nobody has said; counts as no. */
  readonly youthCleared: boolean | null;
  readonly engagement: Engagement;
  readonly status: 'active' | 'inactive';
}

export interface PresenceFacts {
  /** A duty that has not run out and takes new people. */
  readonly onDuty: boolean;
  readonly liveAssignments: number;
  readonly pendingOffers: number;
}

/** Somebody who is with a person is busy, also after checking out; a pending offer keeps only a peer on duty busy. */
export function availabilityOf(facts: PresenceFacts): Availability {
  if (facts.liveAssignments > 0) return 'busy';
  if (!facts.onDuty) return 'off-duty';
  return facts.pendingOffers > 0 ? 'busy' : 'on-duty';
}
