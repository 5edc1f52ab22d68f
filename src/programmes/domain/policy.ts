import { SECOND_MS } from '../../platform/time.js';

/** How long things may take and what they cost, by acuity. Stored as immutable versions; a request keeps the one it began with. */
export interface DispatchPolicy {
  readonly triageSeconds: number;
  /** An accept counts this long after the offer expired. */
  readonly acceptGraceSeconds: number;
  readonly waitSeconds: number;
  /** Wait before looking again at a candidate whose duty row somebody else had locked. */
  readonly lockedWaitMs: number;
  readonly newRoundSeconds: number;
  readonly pageRepeatSeconds: number;
  readonly confirmContactSeconds: number;
  readonly contactCheckSeconds: number;
  readonly closeOutSeconds: number;
  /** Every so long a waiting request counts one level more urgent, up to urgent; emergent is never reached by waiting. */
  readonly ageingSeconds: number;
  /** An urgent request may take over a peer who is being asked for something this many levels milder. */
  readonly preemptLevels: number;
  /** That many offers in a row without an answer, and the peer is asked whether they are still there. */
  readonly stillHereAfter: number;
  /** Silence for so long after that question ends the duty. */
  readonly stillHereSeconds: number;
  /** How long a programme goes on offering after its last supervisor is gone. */
  readonly supervisorGraceSeconds: number;
  /** How long a cancel can be taken back. */
  readonly undoSeconds: number;
  /** A peer in the field is asked every so often whether they are safe. */
  readonly safetyCheckSeconds: number;
  readonly followUp: FollowUpPolicy;
  readonly byAcuity: Readonly<Record<1 | 2 | 3 | 4, AcuityPolicy>>;
  readonly weights: ScoreWeights;
}

export interface AcuityPolicy {
  /** The ladder, from the first second of the search on: the last rung that has begun counts. */
  readonly rungs: readonly Rung[];
  readonly offerSeconds: number;
  /** A search this long without a lead is told to a supervisor, and goes on. */
  readonly supervisorAfterSeconds: number;
  /** From accepting to the first words. */
  readonly contactSeconds: number;
}

export interface Rung {
  readonly afterSeconds: number;
  /** How many are asked at once. */
  readonly waveSize: number;
  /** For contacts in person: how far away a peer may be. */
  readonly radiusKm: number;
}

export interface FollowUpPolicy {
  readonly firstDueSeconds: number;
  readonly betweenSeconds: number;
  /** Tries, at most three. */
  readonly tries: number;
}

/** Minutes of cost (or of benefit, for continuity) that each fact weighs in a score. */
interface ScoreWeights {
  readonly loadMinutes: number;
  readonly contact24hMinutes: number;
  readonly fitMinutes: number;
  readonly ownAreaMinutes: number;
  readonly shiftEndMinutes: number;
  /** Speed that turns distance into minutes of travel. */
  readonly travelKmPerHour: number;
  readonly nightWakeMinutes: number;
  readonly continuityMinutes: number;
  readonly preferredLanguageMinutes: number;
}

export interface DispatchPolicyVersion {
  readonly id: string;
  readonly number: number;
  readonly content: DispatchPolicy;
}

/** How long an act can be taken back: as long as the page offers it, and the grace a slow line needs, the same for every undo. */
export function undoMs({ undoSeconds, acceptGraceSeconds }: Pick<DispatchPolicy, 'undoSeconds' | 'acceptGraceSeconds'>): number {
  return (undoSeconds + acceptGraceSeconds) * SECOND_MS;
}
