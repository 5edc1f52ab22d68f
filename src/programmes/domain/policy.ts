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
  readonly byAcuity: Readonly<Record<1 | 2 | 3 | 4, AcuityPolicy>>;
  readonly weights: ScoreWeights;
}

export interface AcuityPolicy {
  /** How many are asked at once. */
  readonly waveSize: number;
  readonly offerSeconds: number;
  /** From accepting to the first words. */
  readonly contactSeconds: number;
}

/** Minutes of cost (or of benefit, for fit, would-likes and own area) that each fact weighs in a score. */
export interface ScoreWeights {
  readonly loadMinutes: number;
  readonly contact24hMinutes: number;
  readonly fitMinutes: number;
  readonly wouldLikeMinutes: number;
  readonly ownAreaMinutes: number;
  readonly shiftEndMinutes: number;
}

export interface DispatchPolicyVersion {
  readonly id: string;
  readonly number: number;
  readonly content: DispatchPolicy;
}
