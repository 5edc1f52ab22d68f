export const INTENSITIES = ['calm', 'hard', 'critical'] as const;
export type Intensity = (typeof INTENSITIES)[number];

/** What is left of a contact: how it ended, what it was about, how it was for the peer. */
export interface Encounter {
  readonly assignmentId: string;
  readonly outcome: string;
  readonly reasons: readonly string[];
  readonly referrals: readonly string[];
  readonly intensity: Intensity;
  readonly followUp: boolean;
  readonly closedAt: Date;
}
