import type { FollowUpPolicy } from '../../programmes/domain/policy.js';
import { after, MINUTE_MS, SECOND_MS } from '../../platform/time.js';

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
  /** When to look next whether it may be brought to the lead's mind; null: it was, or it is closed. */
  readonly remindAt: Date | null;
  readonly createdAt: Date;
  readonly version: number;
}

/** For its events. */
export function aboutFollowUp({ id, programmeId, personId, version }: Pick<FollowUp, 'id' | 'programmeId' | 'personId' | 'version'>) {
  return { subjectType: 'follow-up', subjectId: id, programmeId, personId, version: version + 1 } as const;
}

/** Nobody has looked since it fell due. */
export function isNewlyDue({ dueAt, remindAt }: Pick<FollowUp, 'dueAt' | 'remindAt'>): boolean {
  return remindAt !== null && remindAt <= dueAt;
}

const LOOK_AGAIN_MS = 15 * MINUTE_MS;

/** `until`: when the reminder is of no use any more. */
type ReminderStep = { readonly kind: 'remind'; readonly until: Date } | { readonly kind: 'look-again'; readonly at: Date };

/** By day and while the peer is here; the reminder ends with the day, so that no device wakes up to it at night. */
export function reminderStep({ night, until }: { readonly night: boolean; readonly until: Date }, isHere: boolean, now: Date): ReminderStep {
  if (night) return { kind: 'look-again', at: until };
  return isHere ? { kind: 'remind', until } : { kind: 'look-again', at: after(now, LOOK_AGAIN_MS) };
}

type AfterAttempt = { readonly state: 'due'; readonly dueAt: Date } | { readonly state: Exclude<FollowUpState, 'due'> };

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
