import { assignmentAfter, type AssignmentState, type EndReason } from '../../dispatch/domain/assignment.js';
import type { Seat } from '../../dispatch/domain/offer.js';
import type { ErrorCode } from '../../platform/errors.js';
import { HOUR_MS } from '../../platform/time.js';
import type { RequestState } from '../../requests/domain/request.js';
import type { Verdict } from './field-work.js';

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
  return assignmentAfter(of.state, 'close-out') === null && !owed(of.endReason) ? 'assignment-ended' : null;
}

/**
 * Whether a close-out that was just written brings its request to an end. Written after the contact was over it says how that
 * was and nothing about a request that goes on without its writer, or waits for the close-out of who led it since.
 */
export function closesRequest(of: { readonly ended: boolean; readonly state: RequestState; readonly someoneElseOwes: boolean }): boolean {
  return !of.ended || (of.state === 'ended' && !of.someoneElseOwes);
}

/** Ended by a close-out that was taken back, or confirmed from outside. */
function owed(reason: EndReason | null): boolean {
  return reason === 'closed' || reason === 'contact-confirmed';
}

/** Later than this nobody is rested or seen to for it any more. */
export const SAID_WITHIN_MS = 24 * HOUR_MS;

/**
 * Whether a peer who gave a contact on may say how it was for them: once, for a day, of one they led. Whoever owes a
 * close-out says it there.
 */
export function maySayHowItWas(
  of: { readonly seat: Seat; readonly contactMadeAt: Date | null; readonly endedAt: Date | null; readonly endReason: EndReason | null; readonly said: Intensity | null },
  intensity: Intensity, now: Date,
): Verdict {
  if (of.seat !== 'lead') return { kind: 'refuse', code: 'not-the-lead' };
  if (!of.endedAt || !of.contactMadeAt || owed(of.endReason)) return { kind: 'refuse', code: 'not-asked-how-it-was' };
  if (of.said !== null) return of.said === intensity ? { kind: 'done' } : { kind: 'refuse', code: 'said-how-it-was' };
  return now.getTime() - of.endedAt.getTime() <= SAID_WITHIN_MS ? { kind: 'do' } : { kind: 'refuse', code: 'not-asked-how-it-was' };
}

/** Whether what was closed out may be written anew. `closedAt`: null when nothing is written. */
export function mayTakeBack(
  of: { readonly seat: Seat; readonly state: AssignmentState; readonly endReason: EndReason | null; readonly closedAt: Date | null }, withinMs: number, now: Date,
): Verdict {
  if (of.seat !== 'lead') return { kind: 'refuse', code: 'not-the-lead' };
  // Not closed out yet, or taken back already: there is nothing to take back.
  if (of.closedAt === null) return of.state !== 'ended' || owed(of.endReason) ? { kind: 'done' } : { kind: 'refuse', code: 'assignment-ended' };
  return now.getTime() - of.closedAt.getTime() <= withinMs ? { kind: 'do' } : { kind: 'refuse', code: 'already-closed-out' };
}
