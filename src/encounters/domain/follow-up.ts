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

/** `number`: 1 for the first try. Reached or declined, it is done; after the last try without an answer nobody is bothered any more. */
export function afterAttempt(number: number, outcome: AttemptOutcome, policy: FollowUpPolicy, now: Date): AfterAttempt {
  if (outcome !== 'no-answer') return { state: 'done' };
  return number >= policy.tries ? { state: 'unreached' } : { state: 'due', dueAt: after(now, policy.betweenSeconds * SECOND_MS) };
}
