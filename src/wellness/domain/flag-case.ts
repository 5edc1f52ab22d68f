import { after, HOUR_MS } from '../../platform/time.js';

export const CASE_STATES = ['open', 'supported', 'restricted', 'on-leave', 'returning', 'closed'] as const;
export type CaseState = (typeof CASE_STATES)[number];
export const CASE_ACTS = ['support', 'restrict', 'grant-leave', 'return', 'finish', 'close', 'dismiss'] as const;
export type CaseAct = (typeof CASE_ACTS)[number];
export const ORIGINS = ['self', 'supervisor', 'scheduled-review'] as const;
export type Origin = (typeof ORIGINS)[number];

/** Product §9. What makes work lighter may follow from anywhere; what makes it heavier again comes by a graded return or two people. */
export const CASE_MOVES: Readonly<Record<CaseState, Partial<Record<CaseAct, CaseState>>>> = {
  open: { support: 'supported', dismiss: 'closed' },
  supported: { restrict: 'restricted', 'grant-leave': 'on-leave', close: 'closed', dismiss: 'closed' },
  restricted: { 'grant-leave': 'on-leave', return: 'returning', close: 'closed' },
  'on-leave': { return: 'returning', close: 'closed' },
  returning: { restrict: 'restricted', 'grant-leave': 'on-leave', finish: 'closed' },
  closed: {},
};

/** Null: not from here. */
export function moved(state: CaseState, act: CaseAct): CaseState | null {
  return CASE_MOVES[state][act] ?? null;
}

/** Leaving a restriction or a leave takes two people, neither of them the peer. */
export function needsTwo(state: CaseState): boolean {
  return state === 'restricted' || state === 'on-leave';
}

/** Whose turn it is to make the supportive contact. */
export type AskedOf = 'nobody' | 'supervisor' | 'deputy' | 'supervisor-lead';

/** Who is to hear an appeal: supervisor or deputy, whoever did not set what it is about; else a lead. */
export type AppealAskedOf = 'readers' | 'supervisor-lead';

/** A relapse-policy flag. There is no place for a reason, and none for what anybody thinks of it. */
export interface FlagCase {
  readonly id: string;
  readonly personId: string;
  readonly state: CaseState;
  readonly origin: Origin;
  readonly raisedBy: string | null;
  readonly openedAt: Date;
  /** When the peer heard of it; nothing else is done before. */
  readonly toldAt: Date | null;
  /** The hours of the policy run from when the peer was told; null before. */
  readonly contactDueAt: Date | null;
  readonly contactMadeAt: Date | null;
  readonly contactMadeBy: string | null;
  readonly askedOf: AskedOf;
  readonly reviewAt: Date | null;
  readonly remindedAt: Date | null;
  readonly appealedAt: Date | null;
  readonly appealOutcome: 'stays' | 'granted' | null;
  readonly appealHeardBy: string | null;
  readonly appealHeardAt: Date | null;
  /** Of an appeal that waits; null when none does. */
  readonly appealDueAt: Date | null;
  readonly appealAskedOf: AppealAskedOf | null;
  /** When they were asked last. */
  readonly appealAskedAt: Date | null;
  readonly closedAt: Date | null;
  readonly nextDueAt: Date | null;
  readonly version: number;
}

/** The deputy has so long before the lead hears that a supportive contact is missing. */
export const DEPUTY_HAS_MS = 4 * HOUR_MS;
const AGAIN_MS = 24 * HOUR_MS;
/** Where nobody says when a supported case is looked at again. */
const REVIEWED_IN_MS = 7 * 24 * HOUR_MS;

/** A peer who has not been told after so long: whoever may tell them is reminded, and then daily. */
const TOLD_WITHIN_MS = 24 * HOUR_MS;
/** Somebody else has looked at it within so long. */
const APPEAL_HEARD_IN_MS = 72 * HOUR_MS;

/** Who is to be in touch, and within how many hours. */
export interface ContactAsked {
  readonly contactHours: number;
  /** The first who is there to ask. */
  readonly askedOf: Exclude<AskedOf, 'nobody'>;
}

export type Opening = Pick<FlagCase, 'id' | 'personId' | 'origin' | 'raisedBy'>;

/** Nothing is owed yet but that the peer is told. */
export function opened(opening: Opening, now: Date): FlagCase {
  return timed({
    ...opening, state: 'open', openedAt: now, toldAt: null, contactDueAt: null, contactMadeAt: null, contactMadeBy: null, askedOf: 'nobody', reviewAt: null, remindedAt: null,
    appealedAt: null, appealOutcome: null, appealHeardBy: null, appealHeardAt: null, appealDueAt: null, appealAskedOf: null, appealAskedAt: null, closedAt: null, nextDueAt: null,
    version: 1,
  });
}

/** The peer knows: from now on somebody owes them a supportive contact. */
export function told(before: FlagCase, { contactHours, askedOf }: ContactAsked, now: Date): FlagCase {
  return changed(before, { toldAt: before.toldAt ?? now, remindedAt: before.toldAt ? before.remindedAt : null, contactDueAt: after(now, contactHours * HOUR_MS), askedOf });
}

/** Stepping back while a case is open: the same case, and somebody gets in touch once more. */
export function steppedBackAgain(before: FlagCase, asked: ContactAsked, now: Date): FlagCase {
  return told({ ...before, contactMadeAt: null, contactMadeBy: null }, asked, now);
}

/** Somebody else shall look at it. */
export function appealed(before: FlagCase, askedOf: AppealAskedOf, now: Date): FlagCase {
  return changed(before, {
    appealedAt: now, appealOutcome: null, appealHeardBy: null, appealHeardAt: null, appealDueAt: after(now, APPEAL_HEARD_IN_MS), appealAskedOf: askedOf, appealAskedAt: now,
  });
}

export function appealHeard(before: FlagCase, by: string, outcome: 'stays' | 'granted', now: Date): FlagCase {
  return changed(before, { appealOutcome: outcome, appealHeardBy: by, appealHeardAt: now, ...NO_APPEAL_WAITS });
}

const NO_APPEAL_WAITS = { appealDueAt: null, appealAskedOf: null, appealAskedAt: null } as const;

/** The next version, with the time at which something is owed again. */
export function changed(before: FlagCase, change: Partial<FlagCase>): FlagCase {
  return timed({ ...before, ...change, version: before.version + 1 });
}

/** Null: it does not go this way from here. */
export function step(before: FlagCase, act: CaseAct, now: Date, change: Partial<FlagCase> = {}): FlagCase | null {
  const state = moved(before.state, act);
  if (!state) return null;
  return changed(before, { ...change, state, ...(state === 'closed' ? { closedAt: now, askedOf: 'nobody' as const, ...NO_APPEAL_WAITS } : {}) });
}

/** Somebody was in touch: that is what makes an open case a supported one. */
export function contacted(before: FlagCase, by: string, now: Date): FlagCase {
  const made = { contactMadeAt: now, contactMadeBy: by, askedOf: 'nobody' as const };
  return step(before, 'support', now, { ...made, reviewAt: before.reviewAt ?? after(now, REVIEWED_IN_MS) }) ?? changed(before, made);
}

export type Timer =
  | { readonly kind: 'nothing' }
  /** The peer has not been told: who may tell them is reminded, and nobody else hears of it. */
  | { readonly kind: 'untold' }
  /** Nobody was in touch in time: the next one is asked. */
  | { readonly kind: 'contact-missed'; readonly ask: Exclude<AskedOf, 'nobody' | 'supervisor'> }
  /** Nobody heard the appeal in time. */
  | { readonly kind: 'appeal-missed' }
  | { readonly kind: 'review' }
  /** Looked at again after it was closed, as was said then. */
  | { readonly kind: 'reopen' };

/** What is due about a case now. */
export function dueOf(held: FlagCase, now: Date): Timer {
  if (isPast(untoldTimer(held), now)) return { kind: 'untold' };
  if (isPast(contactTimer(held), now)) return { kind: 'contact-missed', ask: held.askedOf === 'supervisor' ? 'deputy' : 'supervisor-lead' };
  if (isPast(appealTimer(held), now)) return { kind: 'appeal-missed' };
  if (!isPast(reviewTimer(held), now)) return { kind: 'nothing' };
  return { kind: held.state === 'closed' ? 'reopen' : 'review' };
}

function isPast(time: Date | null, now: Date): boolean {
  return time !== null && time <= now;
}

function timed(held: FlagCase): FlagCase {
  const times = [untoldTimer(held), contactTimer(held), appealTimer(held), reviewTimer(held)].filter((time) => time !== null).map((time) => time.getTime());
  return { ...held, nextDueAt: times.length > 0 ? new Date(Math.min(...times)) : null };
}

function untoldTimer({ state, toldAt, openedAt, remindedAt }: FlagCase): Date | null {
  if (state === 'closed' || toldAt) return null;
  return after(remindedAt ?? openedAt, remindedAt ? AGAIN_MS : TOLD_WITHIN_MS);
}

function appealTimer({ appealDueAt, appealAskedAt }: FlagCase): Date | null {
  if (!appealDueAt || !appealAskedAt) return null;
  return appealAskedAt >= appealDueAt ? after(appealAskedAt, AGAIN_MS) : appealDueAt;
}

function contactTimer({ state, askedOf, contactMadeAt, contactDueAt, remindedAt }: FlagCase): Date | null {
  if (state === 'closed' || contactMadeAt || !contactDueAt) return null;
  switch (askedOf) {
    case 'nobody':
      return null;
    case 'supervisor':
      return contactDueAt;
    case 'deputy':
      return after(contactDueAt, DEPUTY_HAS_MS);
    case 'supervisor-lead':
      // Theirs from the start, they are reminded first when it is due.
      return remindedAt && remindedAt >= contactDueAt ? after(remindedAt, AGAIN_MS) : contactDueAt;
  }
}

/** Once a day from the date on, until the date is moved. */
function reviewTimer({ reviewAt, remindedAt }: FlagCase): Date | null {
  if (!reviewAt) return null;
  return remindedAt && remindedAt >= reviewAt ? after(remindedAt, AGAIN_MS) : reviewAt;
}
