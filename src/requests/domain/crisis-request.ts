import type { Acuity, Channel, ContactKind, Needs, Preference, RequestState, Safety } from './request.js';

const NEXT_ACTIONS = [
  'triage', 'begin', 'match', 'offer-closes', 'wait', 'retry', 'acknowledge', 'confirm-contact', 'make-contact', 'check-in-on-contact', 'safety-check', 'close-out',
] as const;
export type NextActionKind = (typeof NEXT_ACTIONS)[number];

export interface NextAction {
  readonly kind: NextActionKind;
  readonly dueAt: Date;
}

export interface Place {
  readonly countyFips: string | null;
  readonly zip: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
}

/** A crisis request as the engine knows it. Who asks and what they told is sealed elsewhere. */
export interface CrisisRequest {
  readonly id: string;
  readonly programmeId: string;
  readonly channel: Channel;
  readonly contactKind: ContactKind;
  readonly language: string;
  readonly place: Place;
  readonly forWhom: 'self' | 'other';
  readonly needs: Needs;
  readonly preferences: readonly Preference[];
  readonly safety: Safety;
  readonly needsClinician: boolean;
  readonly acuity: Acuity | null;
  /** Effective urgency as of the last look. */
  readonly urgency: Acuity;
  readonly state: RequestState;
  readonly round: number;
  readonly policyVersionId: string;
  /** null when closed or cancelled. */
  readonly nextAction: NextAction | null;
  /** When peers are looked for again; null while nobody is looked for. */
  readonly searchAt: Date | null;
  /**
   * When somebody who only rests comes free: the sweep looks then, and nobody reads it, because how long a rest lasts tells
   * how hard a contact was. null: nobody does, or their round comes anyway.
   */
  readonly peerFreeAt: Date | null;
  /** From then on everybody may be asked again, while an escalation is open and the search goes on. */
  readonly newRoundAt: Date | null;
  /** When this search began; null before the first. The rungs of the ladder count from it. */
  readonly searchBeganAt: Date | null;
  readonly lostPeers: number;
  /** While one named person is asked and nobody else. */
  readonly directedTo: string | null;
  readonly cancelledAt: Date | null;
  readonly cancelledFrom: RequestState | null;
  readonly failures: number;
  readonly takenInBy: string | null;
  readonly apiKeyId: string | null;
  readonly externalRef: string | null;
  readonly notBefore: Date | null;
  readonly requestedAt: Date | null;
  readonly receivedAt: Date;
  readonly triagedAt: Date | null;
  readonly endedAt: Date | null;
  readonly closedAt: Date | null;
  readonly version: number;
}

/** What is open in a programme. `waitingSince`: when the one who waits longest was received; null when nobody waits. */
export interface OpenCount {
  readonly open: number;
  readonly waitingSince: Date | null;
}
