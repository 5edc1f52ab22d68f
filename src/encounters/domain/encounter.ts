import type { AssignmentState, EndReason } from '../../dispatch/domain/assignment.js';
import type { Seat } from '../../dispatch/domain/offer.js';
import type { ErrorCode } from '../../platform/errors.js';

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

/** Why this close-out is refused; null when it may be written. Whoever was confirmed from outside still owes theirs. */
export function mayCloseOut(of: {
  readonly closedOut: boolean; readonly seat: Seat; readonly state: AssignmentState; readonly endReason: EndReason | null;
}): ErrorCode | null {
  if (of.closedOut) return 'already-closed-out';
  if (of.seat !== 'lead') return 'not-the-lead';
  return of.state === 'ended' && of.endReason !== 'contact-confirmed' ? 'assignment-ended' : null;
}
