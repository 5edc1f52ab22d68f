import type { FollowUpPolicy } from '../../programmes/domain/policy.js';
import { after, SECOND_MS } from '../../platform/time.js';

export const FOLLOW_UP_STATES = ['due', 'done', 'unreached'] as const;
export type FollowUpState = (typeof FOLLOW_UP_STATES)[number];
export const ATTEMPT_OUTCOMES = ['reached', 'no-answer', 'declined'] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

/** Somebody wanted to hear from us again: due after the contact, tried at most three times. */
export interface FollowUp {
  readonly id: string;
  readonly requestId: string;
  readonly programmeId: string;
  readonly assignmentId: string;
  /** The lead who closed out. */
  readonly personId: string;
  readonly state: FollowUpState;
  readonly dueAt: Date;
  /** When it was last brought to the lead's mind; null before each next time. */
  readonly remindedAt: Date | null;
  readonly createdAt: Date;
  readonly version: number;
}

export type AfterAttempt = { readonly state: 'due'; readonly dueAt: Date } | { readonly state: Exclude<FollowUpState, 'due'> };

/**
 * `earlier`: when it was tried before without an answer. Reached or declined, it is done; after the last try without an
 * answer nobody is bothered any more. A try before its time, such as a second tap, uses none up.
 */
export function afterAttempt(
  { createdAt, dueAt }: Pick<FollowUp, 'createdAt' | 'dueAt'>, earlier: readonly Date[], outcome: AttemptOutcome, policy: FollowUpPolicy, now: Date,
): AfterAttempt {
  if (outcome !== 'no-answer') return { state: 'done' };
  if (now < dueAt) return { state: 'due', dueAt };
  const tried = inTime(createdAt, earlier, policy) + 1;
  return tried >= policy.tries ? { state: 'unreached' } : { state: 'due', dueAt: after(now, policy.betweenSeconds * SECOND_MS) };
}

/** How many of these came when the follow-up was due. */
function inTime(createdAt: Date, tries: readonly Date[], { firstDueSeconds, betweenSeconds }: FollowUpPolicy): number {
  let [counted, dueAt] = [0, after(createdAt, firstDueSeconds * SECOND_MS)];
  for (const at of tries.toSorted((a, b) => a.getTime() - b.getTime())) {
    if (at < dueAt) continue;
    counted += 1;
    dueAt = after(at, betweenSeconds * SECOND_MS);
  }
  return counted;
}
